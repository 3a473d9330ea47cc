/*
 * Parser of the first members of a record, strict in their order as this
 * program writes them. It distinguishes a record that is cut off from text that
 * is not a record.
 */
#include "cmd/session/record_head.h"

#include <string.h>

#include "base/ascii.h"
#include "base/json/compact.h"

enum { DIGITS_MAX = 15 };

/* The part of the line that is not parsed yet. ended: the line ended where more
 * was needed, so the record is incomplete. */
struct cursor {
	struct slice rest;
	bool ended;
};

static void skip_bytes(struct cursor *c, size_t len)
{
	c->rest.p += len;
	c->rest.len -= len;
}

static bool take_text(struct cursor *c, const char *text)
{
	const size_t len = strlen(text);
	const size_t there = c->rest.len < len ? c->rest.len : len;

	if (there && memcmp(c->rest.p, text, there) != 0)
		return false;
	if (there < len) {
		c->ended = true;
		return false;
	}
	skip_bytes(c, len);
	return true;
}

static bool take_number(struct cursor *c, uint64_t *number)
{
	size_t len = 0;

	*number = 0;
	for (; len < c->rest.len && len < DIGITS_MAX; len++) {
		const char digit = c->rest.p[len];

		if (!ascii_is_digit(digit))
			break;
		*number = *number * 10 + (uint64_t)(digit - '0');
	}
	c->ended = len == c->rest.len;
	skip_bytes(c, len);
	return len > 0 && !c->ended;
}

/* Reads a value, which ends before a comma or an unmatched closing bracket. At
 * the end of the line it may be incomplete. */
static bool take_value(struct cursor *c, struct slice *value)
{
	const size_t len = json_value_length(c->rest);

	*value = (struct slice){c->rest.p, len};
	c->ended = len == c->rest.len;
	skip_bytes(c, len);
	return len > 0 && !c->ended;
}

static bool take_member(struct cursor *c, const char *name,
			struct slice *value)
{
	return take_text(c, name) && take_value(c, value);
}

/* Reads the remaining members and the bracket that ends the line. */
static bool take_rest(struct cursor *c)
{
	struct slice name, value;

	while (c->rest.len && c->rest.p[0] == ',') {
		skip_bytes(c, 1);
		if (!take_value(c, &name) || !take_text(c, ":") ||
		    !take_value(c, &value))
			return false;
	}
	return take_text(c, "}") && !c->rest.len;
}

static bool read_index(struct cursor *c, struct record_head *head)
{
	const char *start;

	if (!take_text(c, "{\"index\":"))
		return false;
	start = c->rest.p;
	if (!take_number(c, &head->index))
		return false;
	head->index_text = (struct slice){start, (size_t)(c->rest.p - start)};
	return true;
}

/* Reads the members after the URL of an item's record, which has no error. */
static bool read_item(struct cursor *c, struct record_head *head)
{
	head->is_item = head->is_ok = true;
	return take_member(c, ",\"status\":", &head->status) && take_rest(c);
}

/* Reads the members after the URL of an ordinary record. */
static bool read_page(struct cursor *c, struct record_head *head)
{
	struct slice other, ok;

	if (!take_member(c, ",\"final_url\":", &other) ||
	    !take_member(c, ",\"status\":", &head->status) ||
	    !take_member(c, ",\"ok\":", &ok) ||
	    !take_member(c, ",\"error\":", &head->error) || !take_rest(c))
		return false;
	head->is_ok = slice_is(ok, "true");
	head->has_error = !slice_is(head->error, "null");
	return true;
}

static bool read_record(struct cursor *c, struct record_head *head)
{
	struct slice item;

	if (!read_index(c, head))
		return false;
	if (!take_member(c, ",\"id\":", &head->id) && c->ended)
		return false;
	if (!take_member(c, ",\"url\":", &head->url))
		return false;
	if (!take_member(c, ",\"input\":", &head->input) && c->ended)
		return false;
	if (take_member(c, ",\"item\":", &item))
		return read_item(c, head);
	return !c->ended && read_page(c, head);
}

enum record_state record_head_read(struct record_head *head,
				   struct slice line)
{
	struct cursor c = {.rest = line};

	*head = (struct record_head){0};
	if (line.len && memchr(line.p, '\0', line.len))
		return RECORD_NONE;
	if (read_record(&c, head))
		return RECORD_WHOLE;
	return c.ended ? RECORD_PART : RECORD_NONE;
}
