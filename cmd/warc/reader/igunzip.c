/*
 * The library inflates up to 64 KB more than it is asked for, into its own
 * buffer. So it may find damage before it has returned all bytes that precede
 * the damage: these bytes are returned first.
 */
#include "cmd/warc/reader/igunzip.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/library/isal.h"
#include "base/mem.h"

#if HAS_ISAL

enum {
	/* Bytes of input that are given in addition to the number of bytes of
	 * output that are wanted: enough for the header of any block. With
	 * more, bytes would be inflated in vain if only the first bytes of a
	 * member are wanted. */
	AHEAD = 512,
	ROOM_MAX = 1 << 30,	/* the library counts in 32 bits */
};

struct igunzip {
	struct inflate_state state;
	enum igunzipped damage;	/* IGUNZIP_MORE: no damage */
};

struct igunzip *igunzip_new(void)
{
	return isal_is_available() ? xcalloc(1, sizeof(struct igunzip)) : NULL;
}

void igunzip_free(struct igunzip *g)
{
	free(g);
}

void igunzip_begin(struct igunzip *g)
{
	isal_inflate_init(&g->state);
	g->state.crc_flag = ISAL_GZIP_NO_HDR_VER;
	g->damage = IGUNZIP_MORE;
}

/* Returns the bytes of a damaged member that are in the library's buffer, and
 * when they are used up, the kind of damage. */
static enum igunzipped return_rest(struct igunzip *g, char *out, size_t *room)
{
	struct inflate_state *s = &g->state;
	size_t len = (size_t)(s->tmp_out_valid - s->tmp_out_processed);

	if (len > *room)
		len = *room;
	memcpy(out, s->tmp_out_buffer + s->tmp_out_processed, len);
	s->tmp_out_processed += (int32_t)len;
	*room -= len;
	return s->tmp_out_processed < s->tmp_out_valid ? IGUNZIP_MORE
						       : g->damage;
}

/* Inflates some input. Returns false if nothing was consumed or written. */
static bool inflate_some(struct igunzip *g, struct slice *in, char *out,
			 size_t *room)
{
	struct inflate_state *s = &g->state;
	const uint32_t to = *room < ROOM_MAX ? (uint32_t)*room : ROOM_MAX;
	const uint32_t from = in->len < to + AHEAD ? (uint32_t)in->len
						   : to + AHEAD;
	int result;

	s->next_in = (uint8_t *)(uintptr_t)in->p;	/* is not written to */
	s->avail_in = from;
	s->next_out = (uint8_t *)out;
	s->avail_out = to;
	result = isal_inflate(s);
	in->p += from - s->avail_in;
	in->len -= from - s->avail_in;
	*room -= to - s->avail_out;
	if (result < 0)
		g->damage = result == ISAL_INCORRECT_CHECKSUM
				    ? IGUNZIP_BAD_CHECKSUM
				    : IGUNZIP_BAD_DATA;
	return s->avail_in < from || s->avail_out < to;
}

enum igunzipped igunzip_run(struct igunzip *g, struct slice *in, char *out,
			    size_t *room)
{
	const size_t before = *room;
	const bool has_input = in->len > 0;
	bool progress;

	if (g->damage == IGUNZIP_MORE) {
		progress = inflate_some(g, in, out, room);
		if (g->damage == IGUNZIP_MORE &&
		    g->state.block_state == ISAL_BLOCK_FINISH)
			return IGUNZIP_END;
		/* Prevents an endless loop in the caller. */
		if (!progress && has_input && before)
			g->damage = IGUNZIP_BAD_DATA;
	}
	if (g->damage == IGUNZIP_MORE)
		return IGUNZIP_MORE;
	return return_rest(g, out + (before - *room), room);
}

#else

struct igunzip *igunzip_new(void)
{
	return NULL;
}

void igunzip_free(struct igunzip *g)
{
	(void)g;
}

void igunzip_begin(struct igunzip *g)
{
	(void)g;
}

enum igunzipped igunzip_run(struct igunzip *g, struct slice *in, char *out,
			    size_t *room)
{
	(void)g;
	(void)in;
	(void)out;
	(void)room;
	return IGUNZIP_BAD_DATA;
}

#endif
