/*
 * Which texts were there before, and when: the URLs or cursors of pages. Zero
 * is an empty one. It keeps 24 bytes and some room a text, whatever its length
 * (base/digest.h), so a million pages take some 50 MB.
 */
#ifndef BASE_DIGEST_SET_H
#define BASE_DIGEST_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

struct seen {
	struct seen_slot *slots;
	size_t size;		/* a power of two, or 0 */
	size_t count;
};

/* Whether the text was there before, at *number; if not, it is from now on,
 * at *number. */
bool seen_before(struct seen *s, struct slice text, unsigned long *number);

void seen_release(struct seen *s);

#endif
