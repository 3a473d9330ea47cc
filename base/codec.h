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
	struct buf *out;	/* NULL when reading */
	const char *p;		/* when reading: the next byte */
	size_t left;		/* when reading: number of bytes left */
	bool broken;
};

void code_bytes(struct codec *c, void *value, size_t len);

#define CODE(c, value) code_bytes(c, &(value), sizeof(value))

/* Codes a bool. When reading, a byte other than 0 and 1 sets `broken`. */
void code_bool(struct codec *c, bool *value);

/* Codes a C string, which may be NULL. When reading, *s is overwritten, and the
 * caller frees it. A string that contains a NUL sets `broken`. */
void code_string(struct codec *c, char **s);

/* Codes the contents of a buffer. When reading, appends them to b. */
void code_buf(struct codec *c, struct buf *b);

/* When reading: returns true if there was an error or bytes are left over. */
static inline bool codec_failed(const struct codec *c)
{
	return c->broken || c->left;
}

#endif
