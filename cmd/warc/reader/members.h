/*
 * The decompressed bytes of an archive, with the places where a member begins a
 * record.
 *
 * Most archives have one member per record. Others are one large member, or
 * have members that end anywhere. So a member begins a record if its bytes
 * begin with "WARC/"; any other member continues the one before it.
 *
 * After damage, the reader searches for the next member that begins a record.
 * The search begins inside the damaged member, because the decompressor of a
 * member that is cut off reads on into the next member before it notices the
 * damage. The number of bytes that are read twice is limited in proportion to
 * the archive, so that no archive takes quadratic time.
 */
#ifndef CMD_WARC_READER_MEMBERS_H
#define CMD_WARC_READER_MEMBERS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "cmd/warc/reader/raw.h"
#include "cmd/warc/reader/unpack.h"

enum member_state {
	MEMBER_FIRST,		/* before the first member */
	MEMBER_AFTER,		/* after a member, or within a damaged part */
	MEMBER_SEARCH,		/* searching for the next member */
	MEMBER_START,		/* decompressing the first bytes of a member */
	MEMBER_INSIDE,
};

enum { MEMBER_PEEK = 5 };	/* strlen("WARC/") */

/* Initialise with members_open(). All members are private except packing, raw,
 * damage and why. */
struct members {
	struct raw raw;
	enum packing packing;
	struct unpack *unpack;
	enum member_state state;
	bool searching;		/* this member was found by a search */
	bool has_record;	/* at least one member has begun a record */
	bool has_many;		/* more than one member has begun a record */
	uint64_t begin;		/* offset of the current member */
	uint64_t record_begin;	/* offset of the last member that began a
				 * record */
	uint64_t again;		/* bytes that were read twice */
	uint64_t search_end;	/* offset at which the search for a member
				 * ends */
	uint64_t in, out;	/* compressed and decompressed bytes since the
				 * start of the member or
				 * members_count_anew() */
	uint64_t damage;	/* offset of the last damaged member */
	bool was_inside;	/* some bytes of the damaged member were
				 * returned */
	const char *why;
	/* The first bytes of the member, which are decompressed to find out
	 * whether it begins a record; and the number of them that
	 * members_read() has returned. */
	char peek[MEMBER_PEEK];
	size_t peeked, returned;
};

enum member_event {
	MEMBER_BYTES,	/* bytes were added */
	MEMBER_RECORD,	/* the next bytes are those of a member that begins a
			 * record; also reported before the first bytes */
	MEMBER_JOINT,	/* the next bytes are those of another member, which
			 * continues a record */
	MEMBER_DAMAGED,	/* bytes are missing here; see damage and why */
	MEMBER_END,	/* end of the archive */
};

/* Prepares to read from raw, and takes it over. raw may have the first bytes of
 * the archive in memory already. usual: the packing to assume if the beginning
 * of the archive is damaged. Returns -1 if there is no memory. */
int members_open(struct members *m, const struct raw *raw, enum packing usual);

/* Prepares to read from the first member that begins a record, from the offset
 * of raw on; there is none if it does not begin before `end`. Only for an
 * archive of gzip members. Returns -1 if there is no memory. */
int members_open_within(struct members *m, const struct raw *raw,
			uint64_t end);
void members_release(struct members *m);

/* Appends up to room bytes to a buffer, or returns another event. */
enum member_event members_read(struct members *m, struct buf *to, size_t room);

/* Returns the offset of the last member that began a record. */
uint64_t members_offset(const struct members *m);

/* Sets the counts of members_is_bomb() to zero, because another record
 * begins. */
void members_count_anew(struct members *m);

/* Returns true if so few bytes have decompressed to so many that the rest of
 * the member should be left out. */
bool members_is_bomb(const struct members *m);

/* Leaves out the rest of the member, and searches for the next one. */
void members_skip(struct members *m);

#endif
