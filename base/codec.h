/*
 * Values to bytes, and back: for what two processes of this program say to
 * each other. One list of calls serves the writer and the reader:
 *
 *	static void code_point(struct codec *c, struct point *p)
 *	{
 *		CODE(c, p->x);
 *		CODE(c, p->y);
 *	}
 *
 * Numbers go as they are in memory: both ends are the same program. A reader
 * never reads past its end; what is wrong in any way makes the codec broken,
 * and values read from then on are empty.
 */
#ifndef BASE_CODEC_H
#define BASE_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct codec {
	struct buf *out;	/* NULL: reading */
	const char *p;		/* reading: what is left */
	size_t left;
	bool broken;
};

void code_bytes(struct codec *c, void *value, size_t len);

#define CODE(c, value) code_bytes(c, &(value), sizeof(value))

/* Any byte but 0 and 1 is broken. */
void code_bool(struct codec *c, bool *value);

/* NULL is a value. Reading: *s is replaced, and the caller's to free. Broken
 * with a NUL in it. */
void code_string(struct codec *c, char **s);

/* Reading: appended to b. */
void code_buf(struct codec *c, struct buf *b);

/* Reading: something was wrong, or is left over. */
static inline bool codec_failed(const struct codec *c)
{
	return c->broken || c->left;
}

#endif
