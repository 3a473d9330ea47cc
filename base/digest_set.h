/*
 * A set of texts, kept as digests (base/digest.h), with a number for each: used
 * for the URLs or cursors of pages already seen. Zero is an empty set. A text
 * takes 24 bytes plus free slots, whatever its length, so a million pages take
 * about 50 MB.
 */
#ifndef BASE_DIGEST_SET_H
#define BASE_DIGEST_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

struct digest_set {
	struct digest_slot *slots;
	size_t size;		/* number of slots: a power of two, or 0 */
	size_t count;
};

/* Returns true if the text is in the set, and sets *number to its number. If
 * not, adds the text with *number and returns false. */
bool digest_set_add(struct digest_set *s, struct slice text,
		    unsigned long *number);

/* Returns true if the text is in the set. */
bool digest_set_has(const struct digest_set *s, struct slice text);

void digest_set_release(struct digest_set *s);

#endif
