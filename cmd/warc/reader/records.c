/*
 * A window holds the decompressed bytes from the beginning of the current
 * record on. The window ends where a member begins a record, so that the bytes
 * behind a damaged record are never taken for a part of it.
 */
#include "cmd/warc/reader/records.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/job/headers.h"
#include "cmd/warc/reader/record_head.h"

enum {
	FILL = 64 << 10,
	FILL_MAX = 1 << 20,
	LARGE_PART = 64 << 10,	/* bytes of a large block that are reported */
	END_BYTES = 16,
};

static struct slice rest(const struct records *r)
{
	return (struct slice){bytes_end(r->window.data, r->at),
			      r->window.len - r->at};
}

static void drop_used(struct records *r)
{
	struct buf *w = &r->window;

	if (!r->at || (r->at < FILL && r->at < w->len) ||
	    r->at < w->len - r->at)
		return;
	memmove(w->data, w->data + r->at, w->len - r->at);
	w->len -= r->at;
	r->joint = r->joint > r->at ? r->joint - r->at : 0;
	r->at = 0;
}

/* Reads until the window has len bytes that are not consumed. Returns false if
 * another event comes first; r->event has it. */
static bool need(struct records *r, uint64_t len)
{
	while (rest(r).len < len && r->event == MEMBER_BYTES) {
		const uint64_t missing = len - rest(r).len;
		const size_t fill = missing < FILL ? FILL
				    : missing > FILL_MAX ? FILL_MAX
							 : (size_t)missing;

		drop_used(r);
		r->event = members_read(&r->members, &r->window, fill);
		if (r->event == MEMBER_JOINT) {
			r->event = MEMBER_BYTES;
			r->joint = r->window.len;
		}
	}
	return rest(r).len >= len;
}

static void drop_window(struct records *r)
{
	buf_clear(&r->window);
	r->at = 0;
	r->joint = 0;
}

/* Returns the offset of the next byte of the window that is not consumed. */
static uint64_t offset_of_next(const struct records *r)
{
	return r->members.packing == PACKING_NONE
		       ? raw_offset(&r->members.raw) - rest(r).len
		       : r->begin;
}

/* Reports the record as damaged, and searches for the next one. */
static enum record_event lose(struct records *r, const char *why)
{
	r->reads_on = true;
	r->damage = r->reported = r->record.offset;
	snprintf(r->why, sizeof(r->why), "%s", why);
	r->left = 0;
	r->must_end = false;
	r->lost = true;
	return RECORD_DAMAGED;
}

/* Handles a record that r->event has cut off. */
static enum record_event cut_off(struct records *r)
{
	/* The next step reports the damage of the member. */
	if (r->event == MEMBER_DAMAGED) {
		drop_window(r);
		r->left = 0;
		r->must_end = false;
		return RECORD_END;
	}
	return lose(r, "the record is cut off, or its Content-Length is too "
		       "large");
}

/* Consumes up to len bytes of the window. Returns the number of bytes that are
 * still to be consumed. */
static uint64_t consume(struct records *r, uint64_t len)
{
	const size_t there = rest(r).len;

	r->at += there < len ? there : (size_t)len;
	return there < len ? len - there : 0;
}

/* If the member is a decompression bomb, skips the rest of it and returns
 * true. */
static bool skip_bomb(struct records *r)
{
	if (!members_is_bomb(&r->members))
		return false;
	r->reads_on = true;
	members_skip(&r->members);
	drop_window(r);
	r->left = 0;
	r->must_end = false;
	return true;
}

static bool begins_record(struct slice s)
{
	return s.len >= MEMBER_PEEK && !memcmp(s.p, "WARC/", MEMBER_PEEK);
}

/* Returns true if a block may end len bytes from here: two line ends follow, or
 * any number of them and then a record, another member or the end. */
static bool ends_at(struct records *r, uint64_t len)
{
	struct slice after;
	size_t ends;

	need(r, len + RECORD_LINE_ENDS_MAX + MEMBER_PEEK);
	after = rest(r);
	after.p += len;
	after.len -= (size_t)len;
	ends = record_line_ends(after);
	if (record_has_two_lines((struct slice){after.p, ends}))
		return true;
	after.p += ends;
	after.len -= ends;
	return !after.len || begins_record(after) ||
	       after.p == r->window.data + r->joint;
}

/* Without compression, checks the end of a block before the block is skipped:
 * with a wrong Content-Length, other records would be skipped, too. */
static bool may_skip(const struct records *r, uint64_t len)
{
	const uint64_t end = offset_of_next(r) + r->head_len + len;
	char bytes[END_BYTES];
	struct slice after = {bytes, 0};
	ssize_t got;
	size_t ends;

	if (!r->file_size)
		return true;
	if (end > r->file_size)
		return false;
	got = pread(r->members.raw.fd, bytes, sizeof(bytes), (off_t)end);
	if (got < 0)
		return true;
	after.len = (size_t)got;
	ends = record_line_ends(after);
	after.p += ends;
	after.len -= ends;
	return !after.len || begins_record(after);
}

/* Skips the rest of a block that is not wanted. Returns RECORD_FOUND if the
 * next record may be read. */
static enum record_event finish_block(struct records *r)
{
	while ((r->left = consume(r, r->left)) > 0) {
		drop_window(r);
		if (skip_bomb(r))
			return RECORD_FOUND;
		if (!need(r, 1))
			return cut_off(r);
	}
	if (r->must_end && !ends_at(r, 0))
		return lose(r, "its Content-Length is wrong");
	r->must_end = false;
	return RECORD_FOUND;
}

/* Moves to the beginning of a record in the window, which may be in the middle
 * of a line, because the line before may be cut off. Returns false if there is
 * none; then only bytes that may be the start of a record remain. */
static bool find_beginning(struct records *r)
{
	const char *p = rest(r).p, *end = p + rest(r).len;
	bool is_short, found;

	while ((p = memmem(p, (size_t)(end - p), "WARC/", MEMBER_PEEK))) {
		found = record_begins((struct slice){p, (size_t)(end - p)},
				     &is_short);
		if (found || is_short) {
			r->at = (size_t)(p - r->window.data);
			return found;
		}
		p++;
	}
	if (rest(r).len > MEMBER_PEEK)
		r->at = r->window.len - MEMBER_PEEK;
	return false;
}

/* Searches for the next record until one is found or another event comes. */
static void find_record(struct records *r)
{
	/* If members are records, do not search within a member: the block of a
	 * record may contain the lines that begin a record. */
	const bool skip = r->members.has_many && r->first_in_member;

	r->lost = false;
	while (!skip && need(r, RECORD_BEGINNING)) {
		if (find_beginning(r))
			return;
		if (skip_bomb(r) || !need(r, rest(r).len + 1))
			break;
	}
	do
		drop_window(r);
	while (!skip_bomb(r) && need(r, 1));
}

/* Handles the event at the end of the window, which is empty. Returns
 * RECORD_FOUND if a record may follow. */
static enum record_event cross(struct records *r)
{
	const enum member_event event = r->event;

	drop_window(r);
	if (event == MEMBER_END)
		return RECORD_END;
	r->event = MEMBER_BYTES;
	r->first_in_member = true;
	r->begin = members_offset(&r->members);
	if (event == MEMBER_RECORD && r->begin >= r->stop && !r->reads_on)
		return RECORD_STOP;
	/* Do not report a member whose record was reported as damaged. */
	if (event == MEMBER_RECORD || r->members.damage == r->reported)
		return RECORD_FOUND;
	r->reads_on = true;
	r->damage = r->members.damage;
	snprintf(r->why, sizeof(r->why), "%s", r->members.why);
	return RECORD_DAMAGED;
}

/* Reads the head of the record into r->record. */
static enum record_event read_head(struct records *r)
{
	struct record *record = &r->record;
	size_t searched = 0, len, version;
	struct slice value;

	record->offset = offset_of_next(r);
	version = record_version(rest(r));
	if (!version)
		return lose(r, "no record begins here");
	r->at += version;
	while (!(len = record_head_len(rest(r), &searched))) {
		if (rest(r).len > RECORD_HEAD_MAX)
			return lose(r, "its header is too long");
		if (!need(r, rest(r).len + 1))
			return cut_off(r);
	}
	buf_clear(&record->headers);
	record_head_fields(&record->headers, (struct slice){rest(r).p, len});
	r->head_len = len;
	record->type = headers_get(&record->headers, "warc-type", &value)
			       ? warc_type_of(value) : WARC_UNKNOWN;
	if (record_is_doubled(&record->headers))
		return lose(r, "its header is cut off");
	if (!record_length(&record->headers, &record->length))
		return lose(r, "it has no valid Content-Length");
	members_count_anew(&r->members);
	return RECORD_FOUND;
}

/* Reads the whole block of a record that is wanted and not too large. */
static enum record_event read_block(struct records *r)
{
	struct record *record = &r->record;
	const uint64_t len = r->head_len + record->length;

	if (len < record->length || !need(r, len))
		return cut_off(r);
	if (!ends_at(r, len))
		return lose(r, "its Content-Length is wrong");
	/* Only the end of a member proves that its bytes are not damaged. */
	if (r->event == MEMBER_DAMAGED && r->members.was_inside &&
	    r->joint < r->at + len)
		return cut_off(r);
	record->block = (struct slice){rest(r).p + r->head_len,
				       (size_t)record->length};
	r->at += (size_t)len;
	return RECORD_FOUND;
}

/* Returns true if blocks of that type are reported. The block of a request has
 * the method; that of a revisit has the head of a response whose body is in
 * another record. */
static bool has_block(enum warc_type type)
{
	return type == WARC_REQUEST || type == WARC_RESPONSE ||
	       type == WARC_REVISIT;
}

/* Prepares to skip a block that is not wanted, or is too large. */
static enum record_event pass_block(struct records *r)
{
	struct record *record = &r->record;

	if (!may_skip(r, record->length))
		return lose(r, "its Content-Length is wrong");
	r->at += r->head_len;
	if (has_block(record->type)) {
		const size_t most = record->length < LARGE_PART
					    ? (size_t)record->length
					    : LARGE_PART;

		need(r, most);
		record->is_large = true;
		record->block = rest(r);
		if (record->block.len > most)
			record->block.len = most;
	}
	r->left = record->length;
	r->must_end = true;
	return RECORD_FOUND;
}

static enum record_event read_record(struct records *r)
{
	struct record *record = &r->record;
	const enum record_event event = read_head(r);
	enum record_event found;

	if (event != RECORD_FOUND)
		return event;
	record->block = (struct slice){"", 0};
	record->is_large = false;
	if (has_block(record->type) && record->length <= r->limit)
		found = read_block(r);
	else
		found = pass_block(r);
	if (found == RECORD_FOUND) {
		r->first_in_member = false;
		r->reported = UINT64_MAX;
	}
	return found;
}

/* Takes one step of records_next(). Returns RECORD_END if there is nothing to
 * report yet, or if the archive has ended. */
static enum record_event step(struct records *r)
{
	enum record_event event = finish_block(r);

	if (event != RECORD_FOUND)
		return event;
	if (r->lost)
		find_record(r);
	r->at += record_line_ends(rest(r));
	if (need(r, RECORD_VERSION_MAX) || rest(r).len) {
		const size_t ends = record_line_ends(rest(r));

		if (!ends)
			return read_record(r);
		r->at += ends;
		return RECORD_END;
	}
	event = cross(r);
	return event == RECORD_FOUND ? RECORD_END : event;
}

static uint64_t find_file_size(const struct records *r)
{
	struct stat is;

	if (r->members.packing != PACKING_NONE ||
	    fstat(r->members.raw.fd, &is) || !S_ISREG(is.st_mode) ||
	    is.st_size < 0)
		return 0;
	return (uint64_t)is.st_size;
}

static void init_records(struct records *r, uint64_t limit)
{
	*r = (struct records){
		.limit = limit,
		.first_in_member = true,
		.reported = UINT64_MAX,
		.stop = UINT64_MAX,
	};
}

int records_open(struct records *r, const struct raw *raw, enum packing usual,
		 uint64_t limit)
{
	init_records(r, limit);
	if (members_open(&r->members, raw, usual))
		return -1;
	r->file_size = find_file_size(r);
	return 0;
}

int records_open_within(struct records *r, const struct raw *raw, uint64_t end,
			uint64_t limit)
{
	init_records(r, limit);
	r->stop = end;
	return members_open_within(&r->members, raw, end);
}

void records_release(struct records *r)
{
	members_release(&r->members);
	buf_release(&r->window);
	buf_release(&r->record.headers);
}

enum record_event records_next(struct records *r)
{
	enum record_event event;

	do
		event = step(r);
	while (event == RECORD_END &&
	       (r->event != MEMBER_END || rest(r).len || r->lost));
	return event;
}
