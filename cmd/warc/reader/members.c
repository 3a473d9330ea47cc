/*
 * A state machine with five states (enum member_state). A step either returns
 * an event or changes the state. Each step consumes bytes of the archive, or
 * follows one that did, so that the machine cannot run in circles.
 */
#include "cmd/warc/reader/members.h"

#include <string.h>

enum {
	/* Limit of the bytes that are read twice in any archive; in larger
	 * ones, half of the bytes read so far may be read again. */
	AGAIN_FREE = 8 << 20,
	/* A member is a bomb if its output is longer than BOMB_BYTES and
	 * BOMB_RATIO times as long as its input. */
	BOMB_BYTES = 256 << 20,
	BOMB_RATIO = 100,
	SKIPPABLE_HEAD = 8,
	DICTIONARY_MAX = 16 << 20,
};

/* Returns true if the bytes begin a record. */
static bool is_version(struct slice bytes)
{
	return bytes.len >= MEMBER_PEEK &&
	       !memcmp(bytes.p, "WARC/", MEMBER_PEEK);
}

int members_open(struct members *m, const struct raw *raw, enum packing usual)
{
	*m = (struct members){.raw = *raw, .search_end = UINT64_MAX};
	raw_fill(&m->raw, MEMBER_PEEK);
	m->packing = packing_of(raw_bytes(&m->raw));
	if (m->packing == PACKING_NONE && !is_version(raw_bytes(&m->raw)))
		m->packing = usual;
	m->unpack = unpack_open(m->packing);
	return m->unpack ? 0 : -1;
}

int members_open_within(struct members *m, const struct raw *raw, uint64_t end)
{
	*m = (struct members){
		.raw = *raw,
		.search_end = end,
		.packing = PACKING_GZIP,
		.state = MEMBER_SEARCH,
		/* Continue as if the members before this one had been read. */
		.has_record = true,
		.unpack = unpack_open(PACKING_GZIP),
	};
	return m->unpack ? 0 : -1;
}

void members_release(struct members *m)
{
	unpack_close(m->unpack);
	raw_release(&m->raw);
}

uint64_t members_offset(const struct members *m)
{
	return m->record_begin;
}

void members_skip(struct members *m)
{
	m->returned = m->peeked;
	m->state = MEMBER_SEARCH;
}

static enum member_event report_damage(struct members *m, const char *why)
{
	m->damage = m->begin;
	m->why = why;
	m->was_inside = m->returned > 0;
	members_skip(m);
	return MEMBER_DAMAGED;
}

static void skip_bytes(struct members *m, uint64_t len)
{
	while (len && raw_fill(&m->raw, 1)) {
		const size_t some = raw_bytes(&m->raw).len;
		const size_t part = some < len ? some : (size_t)len;

		raw_consume(&m->raw, part);
		len -= part;
	}
}

/* Goes back to the byte behind the start of the member, but less than RAW_KEPT
 * bytes, and searches from there. More bytes may be in memory, but their number
 * depends on where the reader has begun. Does not go back if too many bytes
 * were read twice already. */
static void search_again(struct members *m)
{
	const uint64_t now = raw_offset(&m->raw);
	const uint64_t back = now - m->begin < RAW_KEPT ? now - m->begin
							: RAW_KEPT;

	members_skip(m);
	/* Skip a byte if the decompressor has rejected the member without
	 * consuming any. */
	if (now == m->begin) {
		skip_bytes(m, 1);
		return;
	}
	if (m->again + back > AGAIN_FREE + now / 2)
		return;
	m->again += back;
	raw_rewind(&m->raw, now - back + 1);
}

static void begin_member(struct members *m, bool searching)
{
	m->begin = raw_offset(&m->raw);
	raw_mark(&m->raw);
	m->searching = searching;
	m->in = m->out = 0;
	m->peeked = m->returned = 0;
	m->state = MEMBER_START;
	/* Ignore a failure: the decompressor reports it when it runs. */
	(void)unpack_begin(m->unpack);
}

/* Reads the content of a dictionary frame into memory. Returns NULL, or the
 * reason why the content cannot be used: it is cut off, or it is not a
 * dictionary. */
static const char *read_dictionary(struct members *m, uint64_t len)
{
	struct buf content = {0};
	const char *why = NULL;

	while (content.len < len && raw_fill(&m->raw, 1)) {
		const struct slice bytes = raw_bytes(&m->raw);
		const size_t part = bytes.len < len - content.len
					    ? bytes.len
					    : (size_t)(len - content.len);

		buf_add(&content, bytes.p, part);
		raw_consume(&m->raw, part);
	}
	if (content.len < len)
		why = "the dictionary is cut off";
	else if (!unpack_set_dictionary(m->unpack, slice_of(&content)))
		why = "the dictionary is damaged";
	buf_release(&content);
	return why;
}

/* Skips a skippable frame. Returns false if no such frame begins here. */
static bool skip_frame(struct members *m, const char **why)
{
	bool is_dictionary;
	long long len;

	*why = NULL;
	if (m->packing != PACKING_ZSTD || !raw_fill(&m->raw, SKIPPABLE_HEAD))
		return false;
	len = unpack_skippable(m->unpack, raw_bytes(&m->raw), &is_dictionary);
	if (len < 0)
		return false;
	m->begin = raw_offset(&m->raw);
	raw_consume(&m->raw, SKIPPABLE_HEAD);
	/* A dictionary is at the beginning of the archive, and is not larger
	 * than the dictionaries that zstd makes. */
	if (is_dictionary && m->state == MEMBER_FIRST && len <= DICTIONARY_MAX)
		*why = read_dictionary(m, (uint64_t)len);
	else
		skip_bytes(m, (uint64_t)len);
	return true;
}

static enum member_event after_member(struct members *m)
{
	const char *why;
	struct slice bytes;

	while (skip_frame(m, &why)) {
		m->state = MEMBER_AFTER;
		if (why)
			return report_damage(m, why);
	}
	if (!raw_fill(&m->raw, 1))
		return MEMBER_END;
	raw_fill(&m->raw, UNPACK_MAGIC);
	bytes = raw_bytes(&m->raw);
	if (m->packing != PACKING_NONE &&
	    unpack_find(m->unpack, bytes) != bytes.p) {
		m->begin = raw_offset(&m->raw);
		m->returned = m->peeked = 0;
		return report_damage(m, "no member begins here");
	}
	begin_member(m, false);
	return MEMBER_BYTES;
}

/* Consumes bytes up to the next place where a member may begin. */
static enum member_event search_member(struct members *m)
{
	const char *found;

	while (raw_offset(&m->raw) < m->search_end &&
	       raw_fill(&m->raw, UNPACK_MAGIC)) {
		const struct slice bytes = raw_bytes(&m->raw);

		found = unpack_find(m->unpack, bytes);
		raw_consume(&m->raw, found ? (size_t)(found - bytes.p)
					   : bytes.len);
		if (found && raw_fill(&m->raw, UNPACK_MAGIC) &&
		    unpack_find(m->unpack, raw_bytes(&m->raw)) ==
			    raw_bytes(&m->raw).p) {
			begin_member(m, true);
			return MEMBER_BYTES;
		}
		if (found)
			raw_consume(&m->raw, 1);
	}
	raw_consume(&m->raw, raw_bytes(&m->raw).len);
	return MEMBER_END;
}

/* Decompresses at least min and at most room bytes to out. Sets *len to their
 * number, which is less than min at the end of the member or of the archive. */
static enum unpacked unpack_some(struct members *m, char *out, size_t min,
				 size_t room, size_t *len)
{
	enum unpacked result = UNPACK_MORE;
	size_t left = room;

	/* Run the decompressor even at the end of the input: it may have output
	 * left. */
	raw_fill(&m->raw, 1);
	do {
		const struct slice bytes = raw_bytes(&m->raw);
		struct slice in = bytes;

		result = unpack_run(m->unpack, &in, out + (room - left), &left);
		raw_consume(&m->raw, bytes.len - in.len);
		m->in += bytes.len - in.len;
	} while (result == UNPACK_MORE && room - left < min &&
		 raw_fill(&m->raw, 1));
	*len = room - left;
	m->out += *len;
	return result;
}

/* Handles an error inside a member, or the end of the archive. */
static enum member_event fail_member(struct members *m, enum unpacked result)
{
	const char *why = result == UNPACK_BROKEN ? unpack_why(m->unpack)
						  : "it is cut off";
	enum member_event event = MEMBER_BYTES;

	/* Bytes that a search has found may not be a member, so an error in
	 * them is not damage. */
	if (!m->searching)
		event = report_damage(m, why);
	search_again(m);
	return event;
}

/* Notes that the member begins a record. */
static enum member_event begin_record(struct members *m)
{
	m->has_many |= m->has_record;
	m->has_record = true;
	m->searching = false;
	if (m->search_end != UINT64_MAX)
		m->again = 0;
	m->search_end = UINT64_MAX;
	m->record_begin = m->begin;
	return MEMBER_RECORD;
}

/* Decompresses the first bytes of a member, and decides whether it begins a
 * record. */
static enum member_event start_member(struct members *m)
{
	const enum unpacked result = unpack_some(
		m, m->peek, MEMBER_PEEK, MEMBER_PEEK, &m->peeked);
	const bool is_record = is_version((struct slice){m->peek, m->peeked});

	if (result == UNPACK_BROKEN ||
	    (result == UNPACK_MORE && m->peeked < MEMBER_PEEK))
		return fail_member(m, result);
	if (m->searching && !is_record) {
		search_again(m);
		return MEMBER_BYTES;
	}
	m->state = result == UNPACK_END ? MEMBER_AFTER : MEMBER_INSIDE;
	return is_record || !m->has_record ? begin_record(m) : MEMBER_JOINT;
}

static enum member_event read_inside(struct members *m, struct buf *to,
				     size_t room)
{
	enum unpacked result;
	size_t len;

	/* Without decompression, read directly into the buffer, which saves a
	 * copy. */
	if (m->packing == PACKING_NONE && !raw_bytes(&m->raw).len)
		return raw_read_past(&m->raw, to, room) ? MEMBER_BYTES
							: MEMBER_END;
	buf_reserve(to, room);
	result = unpack_some(m, to->data + to->len, 1, room, &len);
	to->len += len;
	if (result == UNPACK_END)
		m->state = MEMBER_AFTER;
	if (result == UNPACK_END || (result == UNPACK_MORE && len))
		return MEMBER_BYTES;
	return m->packing == PACKING_NONE ? MEMBER_END
					  : fail_member(m, result);
}

/* Returns those first bytes of the member that start_member() has
 * decompressed. */
static bool return_peeked(struct members *m, struct buf *to)
{
	if (m->returned == m->peeked || m->state == MEMBER_START)
		return false;
	buf_add(to, m->peek + m->returned, m->peeked - m->returned);
	m->returned = m->peeked;
	return true;
}

enum member_event members_read(struct members *m, struct buf *to, size_t room)
{
	const size_t before = to->len;
	enum member_event event = MEMBER_BYTES;

	while (event == MEMBER_BYTES && to->len == before) {
		if (return_peeked(m, to))
			break;
		switch (m->state) {
		case MEMBER_FIRST:
		case MEMBER_AFTER:
			event = after_member(m);
			break;
		case MEMBER_SEARCH:
			event = search_member(m);
			break;
		case MEMBER_START:
			event = start_member(m);
			break;
		case MEMBER_INSIDE:
			event = read_inside(m, to, room);
			break;
		}
	}
	return event;
}

void members_count_anew(struct members *m)
{
	m->in = m->out = 0;
}

bool members_is_bomb(const struct members *m)
{
	return m->packing != PACKING_NONE && m->out > BOMB_BYTES &&
	       m->out / BOMB_RATIO > m->in;
}
