/*
 * The records of the first file, found by their keys. Of a record, about 100
 * bytes are in memory: digests of its key and of the members that are
 * compared, and its place in the file, from which it is read again if it
 * differs. A pipe cannot be read again, so the records of a pipe are in memory
 * as a whole.
 *
 * Records with the same key are taken in their order.
 */
#ifndef CMD_DIFF_OLD_RECORDS_H
#define CMD_DIFF_OLD_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/digest_set.h"
#include "cmd/table/source.h"

struct old_record {
	struct digest fields;	/* digest of the members that are compared */
	uint64_t at;		/* offset in the file, or in the buffer of a
				 * pipe's records */
	size_t len;
	size_t next;		/* index of the next record of the same key */
	size_t turn;		/* of the first record of a key: index of the
				 * last one; when records are taken, of the one
				 * to be taken next */
	bool is_taken;
};

/* Zero, except for source, is empty. */
struct old_records {
	struct source *source;		/* borrowed */
	struct old_record *list;
	size_t len;
	struct digest_set keys;		/* number: index of the key's first
					 * record */
	struct buf texts;		/* records of a pipe */
	struct buf line;		/* a line that is read again */
};

/* Adds a record. at and len are its line's place in the file. */
void old_records_add(struct old_records *o, struct digest key,
		     struct digest fields, struct slice record, uint64_t at,
		     size_t len);

/* To be called once, after the last record was added. */
void old_records_end(struct old_records *o);

/* Returns the next record with that key, which no call has returned yet; NULL
 * if there is none. */
struct old_record *old_records_take(struct old_records *o, struct digest key);

/* Stores the record's text in *text, as compact JSON. Returns false if the file
 * cannot be read, or does not have that record any more. */
bool old_records_read(struct old_records *o, const struct old_record *r,
		      struct buf *text);

void old_records_release(struct old_records *o);

#endif
