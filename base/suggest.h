/* "Did you mean": finds similar words by edit distance, and words in lists. */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

/* Returns the number of letters that must be inserted, deleted, replaced or
 * swapped with their neighbour to change a into b. If a word is longer than
 * SUGGEST_MAX letters, returns the length of the longer word. */
enum { SUGGEST_MAX = 40 };
size_t suggest_distance(const char *a, const char *b);

/* Returns true if known is so similar to word, at this distance, that word is
 * probably a misspelling of it: one mistake in up to 5 letters, two in up to 8,
 * otherwise three. If there are several, the first letter is right. */
bool suggest_is_near(const char *word, const char *known, size_t distance);

/* Returns true if a list of words, each with a space before and after it, has
 * the word, in any case. */
bool suggest_has_word(const char *words, const char *word);

#endif
