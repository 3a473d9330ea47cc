/* What somebody may have meant by a word that does not exist. */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

/* How many letters must be inserted, deleted, replaced or swapped with their
 * neighbour to make b of a. Words over SUGGEST_MAX letters are as far from
 * anything as they are long. */
enum { SUGGEST_MAX = 40 };
size_t suggest_distance(const char *a, const char *b);

/* Whether that is close enough to say "did you mean". */
bool suggest_is_near(const char *word, size_t distance);

#endif
