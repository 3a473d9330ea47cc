/*
 * Compacts any bytes as JSON. Accepted text must be compact, must stay the same
 * when compacted again, and its members can be visited. Any bytes written as a
 * string must be valid JSON.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/json/compact.h"
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

static void check_text(const char *s, size_t len)
{
	struct buf once = {0}, twice = {0};
	size_t at = SIZE_MAX;
	const char *error = json_compact(&once, s, len, &at);

	if (error) {
		check(at <= len && !once.len);
	} else {
		check(!json_compact(&twice, once.data, once.len, &at));
		check_same(&once, &twice);
		walk((struct slice){once.data, once.len}, 0);
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
