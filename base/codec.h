/*
 * Serialises values, for messages between two processes of this program. One
 * list of calls serves the writer and the reader:
 *
 *	static void code_point(struct codec *c, struct point *p)
 *	{
 *		CODE(c, p->x);
 *		CODE(c, p->y);
 *	}
 *
 * Numbers are sent as they are in memory, because both ends are the same
 * program. A reader never reads past its end; any error sets `broken`, and
 * values read from then on are empty.
 */
#ifndef BASE_CODEC_H
#define BASE_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct codec {
	struct buf *out;	/* NULL: reading */
	const char *p;		/* reading: the next byte */
	size_t left;		/* reading: bytes left */
	bool broken;
};

void code_bytes(struct codec *c, void *value, size_t len);

#define CODE(c, value) code_bytes(c, &(value), sizeof(value))

/* Reading: a byte other than 0 and 1 sets `broken`. */
void code_bool(struct codec *c, bool *value);

/* NULL is a valid value. Reading: *s is overwritten, and the caller frees it. A
 * string with a NUL in it sets `broken`. */
void code_string(struct codec *c, char **s);

/* Reading: appends to b. */
void code_buf(struct codec *c, struct buf *b);

/* Reading: returns true if there was an error or bytes are left over. */
static inline bool codec_failed(const struct codec *c)
{
	return c->broken || c->left;
}

#endif
