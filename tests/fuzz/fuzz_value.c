/*
 * Reads any bytes as a number, a date or a link. An accepted value must be
 * valid JSON for a record, and a number or date must stay the same when read
 * again. A JSON string must decode to its text, and it must be possible to make
 * an excerpt around any position of a mistake.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/utf8.h"
#include "parse/extract/caret.h"
#include "parse/values/value.h"

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

static void check_json(const struct buf *b)
{
	struct buf again = {0};
	size_t at;

	check(!json_compact(&again, b->data, b->len, &at));
	check_same(b, &again);
	buf_release(&again);
}

static void check_value(enum value_type type, struct slice text)
{
	struct buf once = {0}, inner = {0}, twice = {0};
	const bool good = value_add(&once, type, text, NULL);

	check(good == (once.len > 0));
	if (!good) {
		buf_release(&once);
		return;
	}
	check_json(&once);
	if (once.data[0] == '"')
		json_string_text(&inner, (struct slice){once.data, once.len});
	else
		buf_add(&inner, once.data, once.len);
	check(value_add(&twice, type, (struct slice){inner.data, inner.len},
			NULL));
	check_same(&once, &twice);
	buf_release(&once);
	buf_release(&inner);
	buf_release(&twice);
}

static void check_string(struct slice text)
{
	struct buf clean = {0}, string = {0}, back = {0};

	utf8_add(&clean, text.p, text.len);
	json_add_string(&string, text.p, text.len);
	json_string_text(&back, (struct slice){string.data, string.len});
	check_same(&clean, &back);
	buf_release(&clean);
	buf_release(&string);
	buf_release(&back);
}

static void check_problem(struct slice text)
{
	struct buf out = {0};

	caret_show(&out, text.p, text.len,
		     text.len ? (unsigned char)*text.p : 0);
	check(out.len > 0 && out.data[out.len - 1] == '^');
	check(utf8_valid_prefix(out.data, out.len) == out.len);
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct slice text = {size ? (const char *)data : NULL, size};

	check_value(VALUE_NUMBER, text);
	check_value(VALUE_INTEGER, text);
	check_value(VALUE_DATE, text);
	if (utf8_valid_prefix(text.p, text.len) == text.len)
		check_value(VALUE_URL, text);
	check_string(text);
	check_problem(text);
	return 0;
}
