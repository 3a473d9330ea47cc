/*
 * Reads any bytes as a JSON-LD script. The result must be compact JSON values,
 * as many as are reported, separated by commas; reading them again must give
 * the same values. Valid JSON must not be changed.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/utf8.h"
#include "parse/meta/json_ld.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char before[] = "before";

static void must(bool claim)
{
	if (!claim)
		abort();
}

static bool is_same(const struct buf *b, struct slice s)
{
	return b->len == s.len && (!s.len || !memcmp(b->data, s.p, s.len));
}

static void check_values(struct slice values, size_t count)
{
	struct buf array = {0}, again = {0};
	struct slice name, value, all;
	size_t at = 0, found = 0;

	buf_addch(&array, '[');
	buf_add(&array, values.p, values.len);
	buf_addch(&array, ']');
	all = (struct slice){array.data, array.len};
	must(json_add_checked(&again, all));
	must(is_same(&again, all));
	while (json_next(all, &at, &name, &value))
		found++;
	must(found == count);
	buf_release(&array);
	buf_release(&again);
}

static void check_again(struct slice values, size_t count)
{
	struct buf again = {0};
	size_t found;

	must(json_ld_read(&again, values, &found));
	must(found == count && is_same(&again, values));
	buf_release(&again);
}

static void check_plain(struct slice script, struct slice values)
{
	struct buf plain = {0};
	size_t at;

	if (!json_compact(&plain, script.p, script.len, &at))
		must(is_same(&plain, values));
	buf_release(&plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = {0}, out = {0};
	struct slice script, values;
	size_t count;

	/* Make the text valid UTF-8, as texts in a tree are. */
	utf8_add(&text, (const char *)data, size);
	script = (struct slice){buf_cstr(&text), text.len};
	(void)json_ld_is_type(script.p);
	buf_addstr(&out, before);
	if (json_ld_read(&out, script, &count)) {
		must(out.len >= strlen(before));
		values = (struct slice){out.data + strlen(before),
					out.len - strlen(before)};
		check_values(values, count);
		check_again(values, count);
		check_plain(script, values);
		out.len = strlen(before);
	}
	must(is_same(&out, (struct slice){before, strlen(before)}));
	buf_release(&out);
	buf_release(&text);
	return 0;
}
