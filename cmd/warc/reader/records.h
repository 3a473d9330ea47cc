/*
 * The records of an archive: their headers, and the blocks of requests, responses
 * and revisits.
 *
 * Reads what programs write, not only what the standard allows: any version
 * from 0.16 on, lines that end with LF, too few or too many line ends between
 * records. A record is reported only if its block is complete and is followed
 * by another record or by the end. A record that is not is damage, after which
 * the next one is searched for: with compression in the next member, otherwise
 * a line that begins with "WARC/".
 *
 * Memory is bounded by the largest block that is wanted. Every byte is searched
 * once, whatever the lengths that records declare.
 */
#ifndef CMD_WARC_READER_RECORDS_H
#define CMD_WARC_READER_RECORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/warc/format.h"
#include "cmd/warc/reader/members.h"

/* A record; valid until the next call of records_next(). */
struct record {
	enum warc_type type;
	struct buf headers;	/* in the form of base/job/headers.h */
	uint64_t offset;	/* of the record, or of the member that has it:
				 * reading may begin there */
	uint64_t length;	/* of the block, in bytes */
	struct slice block;	/* of a request, response or revisit: the
				 * block; otherwise empty */
	bool is_large;		/* the block is larger than the limit, and only
				 * its beginning is in block */
};

enum record_event {
	RECORD_FOUND,
	RECORD_DAMAGED,		/* bytes are lost: damage and why say where */
	RECORD_END,
};

/* Initialise with records_open(). Members other than record, damage and why are
 * private. */
struct records {
	struct members members;
	struct buf window;
	size_t at;		/* start of the bytes that are not used up */
	enum member_event event;	/* what comes after the window */
	size_t joint;		/* where in the window a member ends that is
				 * followed by one without a record; 0: none */
	size_t head_len;	/* bytes of the record's head that are at `at` */
	uint64_t begin;		/* offset of the member that began the records
				 * in the window */
	uint64_t limit;
	uint64_t left;		/* bytes of a block to be skipped */
	bool must_end;		/* the end of a block is to be checked */
	bool lost;		/* search for the next record */
	bool first_in_member;	/* no record of the member was found yet */
	uint64_t file_size;	/* of an archive without compression; 0: not
				 * known */
	struct record record;
	uint64_t reported;	/* offset of the record that was reported as
				 * damaged, with none after it; UINT64_MAX:
				 * none */
	uint64_t damage;
	char why[128];
};

/* Prepares to read from raw, and takes it over. usual: as for members_open().
 * limit: the largest block of a response that is wanted. Returns -1 if there is
 * no memory. */
int records_open(struct records *r, const struct raw *raw, enum packing usual,
		 uint64_t limit);
void records_release(struct records *r);

/* Reads the next record into r->record. */
enum record_event records_next(struct records *r);

#endif
