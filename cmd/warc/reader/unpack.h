/*
 * Decompresses one member of an archive after another: a gzip member (RFC
 * 1952), or a zstd frame (RFC 8878). An archive without compression has one
 * member without an end.
 *
 * A zstd archive may begin with a dictionary for all frames, in a skippable
 * frame of its own
 * (https://iipc.github.io/warc-specifications/specifications/warc-zstd/).
 */
#ifndef CMD_WARC_READER_UNPACK_H
#define CMD_WARC_READER_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

struct unpack;

enum packing { PACKING_NONE, PACKING_GZIP, PACKING_ZSTD };

enum { UNPACK_MAGIC = 4 };	/* maximum number of bytes by which a member is
				 * recognised */

/* Returns the packing of an archive that begins with these bytes. */
enum packing packing_of(struct slice start);

enum unpacked {
	UNPACK_MORE,		/* call again, with room for output or with more
				 * input */
	UNPACK_END,		/* the member is complete */
	UNPACK_BROKEN,		/* unpack_why() says why */
};

/* Returns NULL if there is no memory. */
struct unpack *unpack_open(enum packing packing);
void unpack_close(struct unpack *u);	/* NULL is fine */

/* Returns the first place in the bytes where a member may begin, also if the
 * bytes end after the first bytes of a member; NULL if there is none. */
const char *unpack_find(const struct unpack *u, struct slice bytes);

/* Begins a member. Returns false if there is no memory. */
bool unpack_begin(struct unpack *u);

/* Consumes input from the front of in, and writes to out. On return, *room is
 * the number of bytes of out that are free. */
enum unpacked unpack_run(struct unpack *u, struct slice *in, char *out,
			 size_t *room);

const char *unpack_why(const struct unpack *u);	/* static */

/* Returns the length of the content of a skippable zstd frame whose head these
 * 8 bytes are; -1: they are not such a head. Sets *is_dictionary if the content
 * is a dictionary. */
long long unpack_skippable(const struct unpack *u, struct slice head,
			   bool *is_dictionary);

/* Uses the content of a dictionary frame for all frames that follow. Returns
 * false if the content is not a dictionary. */
bool unpack_set_dictionary(struct unpack *u, struct slice content);

#endif
