#include "cmd/scrape/record_head.h"

#include <string.h>

#include "base/ascii.h"
#include "base/json/compact.h"

enum { DIGITS_MAX = 15 };

/* What is left of the line. Where it ends too early, the record was a part. */
struct cursor {
	struct slice rest;
	bool ended;
};

static void skip(struct cursor *c, size_t len)
{
	c->rest.p += len;
	c->rest.len -= len;
}

static bool take(struct cursor *c, const char *text)
{
	const size_t len = strlen(text);
	const size_t there = c->rest.len < len ? c->rest.len : len;

	if (there && memcmp(c->rest.p, text, there) != 0)
		return false;
	if (there < len) {
		c->ended = true;
		return false;
	}
	skip(c, len);
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
	skip(c, len);
	return len > 0 && !c->ended;
}

/* A value ends before a comma or a bracket that is not its own; at the end of
 * the line it may go on. */
static bool take_value(struct cursor *c, struct slice *value)
{
	const size_t len = json_value_length(c->rest);

	*value = (struct slice){c->rest.p, len};
	c->ended = len == c->rest.len;
	skip(c, len);
	return len > 0 && !c->ended;
}

static bool take_member(struct cursor *c, const char *name,
			struct slice *value)
{
	return take(c, name) && take_value(c, value);
}

/* Further members, up to the bracket that ends the line. */
static bool take_rest(struct cursor *c)
{
	struct slice name, value;

	while (c->rest.len && c->rest.p[0] == ',') {
		skip(c, 1);
		if (!take_value(c, &name) || !take(c, ":") ||
		    !take_value(c, &value))
			return false;
	}
	return take(c, "}") && !c->rest.len;
}

static bool read_all(struct cursor *c, struct record_head *head)
{
	struct slice other, error;

	if (!take(c, "{\"index\":") || !take_number(c, &head->index))
		return false;
	if (!take_member(c, ",\"id\":", &head->id) && c->ended)
		return false;
	if (!take_member(c, ",\"url\":", &head->url) ||
	    !take_member(c, ",\"final_url\":", &other) ||
	    !take_member(c, ",\"status\":", &other) ||
	    !take_member(c, ",\"ok\":", &other) ||
	    !take_member(c, ",\"error\":", &error) || !take_rest(c))
		return false;
	head->has_error = !slice_is(error, "null");
	return true;
}

enum record_state record_head_read(struct record_head *head,
				   struct slice line)
{
	struct cursor c = {.rest = line};

	*head = (struct record_head){0};
	if (line.len && memchr(line.p, '\0', line.len))
		return RECORD_NONE;
	if (read_all(&c, head))
		return RECORD_WHOLE;
	return c.ended ? RECORD_PART : RECORD_NONE;
}
