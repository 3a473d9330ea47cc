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

struct digest_set {
	struct digest_slot *slots;
	size_t size;		/* a power of two, or 0 */
	size_t count;
};

/* Whether the text was there before, at *number; if not, it is from now on,
 * at *number. */
bool digest_set_add(struct digest_set *s, struct slice text,
		    unsigned long *number);

void digest_set_release(struct digest_set *s);

#endif
