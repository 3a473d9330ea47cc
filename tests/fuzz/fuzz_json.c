/*
 * Compacts any bytes as JSON. The result must be compact, must stay the same
 * when compacted again, and a cursor must be able to visit its members.
 * Scanning in blocks, scanning byte by byte, and checking without copying must
 * give the same value or error. Any bytes, written as a string, must give valid
 * JSON.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/json/compact.h"
#include "base/json/cursor.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_same(const struct buf *b, const struct buf *c)
{
	check(b->len == c->len);
	check(!b->len || !memcmp(b->data, c->data, b->len));
}

static void walk(struct slice text, int depth)
{
	struct slice name, value;
	size_t at = 0, before = 0;

	while (depth < 10 && json_next(text, &at, &name, &value)) {
		check(at > before && at <= text.len);
		check(value.len > 0);
		before = at;
		walk(value, depth + 1);
	}
}

/* Visits the text with a cursor; depth limits the recursion. Names are not
 * decoded if the text is not valid JSON. */
static void walk_cursor(struct json_cursor *c, int depth, bool is_valid)
{
	const char kind = json_cursor_kind(c);

	check(c->p <= c->end);
	if ((kind != '{' && kind != '[') || !depth) {
		json_skip_value(c);
		return;
	}
	if (!json_cursor_enter(c))
		return;
	do {
		struct json_name name = {0};

		if (kind == '{')
			name = json_cursor_name(c);
		if (is_valid)
			json_name_is(name, (struct slice){"name", 4});
		walk_cursor(c, depth - 1, is_valid);
	} while (json_cursor_more(c));
}

/* Compares the ways of scanning with json_compact(), whose results are error,
 * `want` and `at`. */
static void compare_scans(struct slice text, const char *error,
			  const struct buf *want, size_t at)
{
	struct json_checked checked;
	struct buf slow = {0}, out = {0};
	size_t other_at = at;

	check(json_compact_slowly(&slow, text.p, text.len, &other_at) ==
	      error);
	check(other_at == at);
	check_same(&slow, want);
	check(json_check(text, &checked, &out, &other_at) == error);
	check(other_at == at);
	if (!error) {
		check(slice_equal(checked.json, slice_of(want)));
		check(checked.is_utf8 ==
		      (utf8_valid_prefix(text.p, text.len) == text.len));
	}
	buf_release(&slow);
	buf_release(&out);
}

static void check_skip(struct slice text, size_t depth)
{
	const char *const end = bytes_end(text.p, text.len);

	check(json_brackets_end(text.p, end, depth) ==
	      json_brackets_end_slowly(text.p, end, depth));
}

static void check_text(const char *s, size_t len)
{
	struct buf once = {0}, twice = {0};
	size_t at = SIZE_MAX;
	const char *error = json_compact(&once, s, len, &at);
	struct json_cursor cursor = json_cursor_of((struct slice){s, len});

	compare_scans((struct slice){s, len}, error, &once, at);
	check_skip((struct slice){s, len}, 1);
	walk_cursor(&cursor, 10, false);
	if (error) {
		check(at <= len && !once.len);
	} else {
		check(!json_compact(&twice, once.data, once.len, &at));
		check_same(&once, &twice);
		walk((struct slice){once.data, once.len}, 0);
		cursor = json_cursor_of(slice_of(&once));
		walk_cursor(&cursor, JSON_MAX_DEPTH, true);
		check(cursor.p == cursor.end);
	}
	walk((struct slice){s, len}, 0);
	buf_release(&once);
	buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = size ? (const char *)data : NULL;
	struct buf string = {0}, again = {0};
	size_t at;

	check_text(s, size);
	json_add_string(&string, s, size);
	check(utf8_valid_prefix(string.data, string.len) == string.len);
	check(!json_compact(&again, string.data, string.len, &at));
	check_same(&string, &again);
	buf_release(&string);
	buf_release(&again);
	return 0;
}
