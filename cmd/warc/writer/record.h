/*
 * A record of a WARC file, made of parts: the header, which is written by the
 * functions below, and a block of up to two slices, which is borrowed.
 *
 *	warc_record_begin(&r, WARC_RESPONSE, id, date);
 *	warc_record_field(&r, "WARC-Target-URI", url);
 *	warc_record_end(&r, head, body);
 */
#ifndef CMD_WARC_WRITER_RECORD_H
#define CMD_WARC_WRITER_RECORD_H

#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/warc/format.h"

/* Length of "<urn:uuid:...>", with the NUL. */
enum { WARC_ID_SIZE = 48 };

enum { WARC_RECORD_PARTS = 4 };

struct warc_record {
	struct buf header;
	struct slice parts[WARC_RECORD_PARTS];	/* header, block in two parts,
						 * two line ends */
};

/* Writes a new record id, a random UUID of version 4 (RFC 9562). */
void warc_id_new(char id[static WARC_ID_SIZE]);

/* Begins the header. date is in msec since 1970. */
void warc_record_begin(struct warc_record *r, enum warc_type type,
		       const char *id, int64_t date);

/* Adds a field. Line ends in the value become spaces. */
void warc_record_field(struct warc_record *r, const char *name,
		       const char *value);

/* Ends the header with the length of the block, whose parts are borrowed. */
void warc_record_end(struct warc_record *r, struct slice head,
		     struct slice body);

uint64_t warc_record_bytes(const struct warc_record *r);
void warc_record_release(struct warc_record *r);

#endif
