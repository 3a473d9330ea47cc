/*
 * The records of an archive: their headers, and the blocks of requests,
 * responses and revisits.
 *
 * Reads what programs write, even if the standard does not allow it: any
 * version from 0.16 on, lines that end with LF, too few or too many line ends
 * between records. A record is reported only if its block is complete and is
 * followed by another record or by the end. Otherwise the record is reported as
 * damaged, and the next one is searched for: in a compressed archive at the
 * next member, otherwise at a line that begins with "WARC/".
 *
 * Memory is limited by the largest block that is wanted. Every byte is searched
 * once, whatever lengths the records declare.
 */
#ifndef CMD_WARC_READER_RECORDS_H
#define CMD_WARC_READER_RECORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/warc/format.h"
#include "cmd/warc/reader/members.h"

/* A record. It is valid until the next call of records_next(). */
struct record {
	enum warc_type type;
	struct buf headers;	/* in the form of base/job/headers.h */
	uint64_t offset;	/* offset of the record, or of the member that
				 * contains it: reading can begin there */
	uint64_t length;	/* length of the block in bytes */
	struct slice block;	/* the block of a request, response or revisit;
				 * otherwise empty */
	bool is_large;		/* the block is larger than the limit, and
				 * `block` has only its beginning */
};

enum record_event {
	RECORD_FOUND,
	RECORD_DAMAGED,		/* bytes are missing; see damage and why */
	RECORD_END,
	RECORD_STOP,	/* the next record begins at `stop` or later, and
			 * the bytes before it were read without damage */
};

/* Initialise with records_open() or records_open_within(). All members are
 * private except record, begin, stop, reads_on, damage and why. */
struct records {
	struct members members;
	struct buf window;
	size_t at;		/* index of the first byte in the window that is
				 * not consumed */
	enum member_event event;	/* event at the end of the window;
					 * MEMBER_BYTES: more may follow */
	size_t joint;		/* index in the window where a member ends and
				 * the next one continues the record; 0: none */
	size_t head_len;	/* length of the record's head, which begins at
				 * `at` */
	uint64_t begin;		/* offset of the member that began the records
				 * of the window; after RECORD_STOP, of the one
				 * that begins the next record */
	uint64_t stop;		/* offset for RECORD_STOP, UINT64_MAX: none. To
				 * read on after it, set a greater one */
	bool reads_on;		/* there was damage, or a bomb: RECORD_STOP does
				 * not come, because what the reader finds may
				 * depend on what it has read */
	uint64_t limit;
	uint64_t left;		/* bytes of a block that are still to be
				 * skipped */
	bool must_end;		/* the end of a block is still to be checked */
	bool lost;		/* the next record must be searched for */
	bool first_in_member;	/* no record of the member was found so far */
	uint64_t file_size;	/* size of a file without compression; 0: not
				 * known */
	struct record record;
	uint64_t reported;	/* offset of the record that was last reported
				 * as damaged, if no record was found since;
				 * UINT64_MAX: none */
	uint64_t damage;
	char why[128];
};

/* Prepares to read from raw, and takes it over. usual: see members_open().
 * limit: length of the largest block of a response that is wanted. Returns -1
 * if there is no memory. */
int records_open(struct records *r, const struct raw *raw, enum packing usual,
		 uint64_t limit);

/* Prepares to read a part of an archive of gzip members. The part begins with
 * the first member, at the offset of raw or later, that begins a record. If
 * this member does not begin before `end`, the part has no records. `end` is
 * also the first stop. The member that is found may be a part of a body that is
 * an archive itself. So the records are those of the archive only if a reader
 * of the previous part stops at the place where they begin. */
int records_open_within(struct records *r, const struct raw *raw, uint64_t end,
			uint64_t limit);
void records_release(struct records *r);

/* Reads the next record into r->record. */
enum record_event records_next(struct records *r);

#endif
