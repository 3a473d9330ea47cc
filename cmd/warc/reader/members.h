/*
 * The bytes of an archive after decompression, with the places where a record
 * begins with a member.
 *
 * Most archives have one member per record; others are one large member, or
 * have members that end anywhere. So a member counts as the beginning of a
 * record if its bytes begin with "WARC/"; any other member continues the one
 * before it.
 *
 * After damage, the next member that begins a record is searched for. The
 * search begins in the damaged member, because the decompressor of a member
 * that is cut off reads on into the next one before it notices. How much is
 * read twice is limited in proportion to the archive, so that no archive takes
 * quadratic time.
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
	MEMBER_AFTER,		/* after a member, or inside of damage */
	MEMBER_SEARCH,		/* the next member is to be searched for */
	MEMBER_START,		/* its first bytes are being decompressed */
	MEMBER_INSIDE,
};

enum { MEMBER_PEEK = 5 };	/* strlen("WARC/") */

/* Initialise with members_open(). All members are private except packing,
 * raw, and what describes damage. */
struct members {
	struct raw raw;
	enum packing packing;
	struct unpack *unpack;
	enum member_state state;
	bool searching;		/* the member was found by a search */
	bool has_record;	/* a member has begun a record */
	bool has_many;		/* several members have begun a record */
	uint64_t begin;		/* offset of this member */
	uint64_t record_begin;	/* offset of the member that began a record */
	uint64_t again;		/* bytes that were read twice */
	uint64_t in, out;	/* bytes since members_count_anew() or the start
				 * of the member: compressed, and not */
	uint64_t damage;	/* offset of the last damage */
	bool was_inside;	/* bytes of the damaged member were returned */
	const char *why;
	/* The first bytes of the member, which were decompressed to see whether
	 * it begins a record, and how many of them were returned. */
	char peek[MEMBER_PEEK];
	size_t peeked, returned;
};

enum member_event {
	MEMBER_BYTES,	/* bytes were added */
	MEMBER_RECORD,	/* the next bytes begin a record with a member; comes
			 * before the first bytes, too */
	MEMBER_JOINT,	/* the next bytes are those of another member, which
			 * does not begin a record */
	MEMBER_DAMAGED,	/* bytes are lost here; damage and why say where */
	MEMBER_END,	/* the end of the archive */
};

/* Prepares to read from raw, whose bytes may have the beginning of the archive
 * already; takes it over. usual: the packing if the beginning does not show it,
 * because it is damaged. Returns -1 if there is no memory. */
int members_open(struct members *m, const struct raw *raw, enum packing usual);
void members_release(struct members *m);

/* Adds up to room bytes to a buffer, or reports what there is instead. */
enum member_event members_read(struct members *m, struct buf *to, size_t room);

/* Returns the offset of the last member that began a record. */
uint64_t members_offset(const struct members *m);

/* Begins to count the bytes for members_is_bomb(): another record begins. */
void members_count_anew(struct members *m);

/* Returns true if the member has given so many bytes for so few that the rest
 * of it should be left out. */
bool members_is_bomb(const struct members *m);

/* Leaves out the rest of the member: searches for the next one. */
void members_skip(struct members *m);

#endif
