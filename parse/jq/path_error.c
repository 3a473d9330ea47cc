/* The errors of path filters, with the texts of libjq 1.6. */
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "parse/jq/path_eval.h"

/* Names of this length in bytes and longer ones are not quoted in libjq's
 * errors. */
enum { LONG_NAME = 30 };

/* Number of bytes of a value that libjq quotes in an error. */
enum { SHOWN_BYTES = 14 };

static const char *kind_of(struct slice value)
{
	switch (value.p[0]) {
	case '{':
		return "object";
	case '[':
		return "array";
	case '"':
		return "string";
	case 'n':
		return "null";
	case 't':
	case 'f':
		return "boolean";
	default:
		return "number";
	}
}

static enum flow fail_index(const struct path_run *run,
			    const struct path_node *step, struct slice value)
{
	buf_clear(run->error);
	buf_addf(run->error, "Cannot index %s with ", kind_of(value));
	if (step->kind == PATH_INDEX)
		buf_addstr(run->error, "number");
	else if (step->text.len < LONG_NAME)
		buf_addf(run->error, "string \"%.*s\"", (int)step->text.len,
			 step->text.p);
	else
		buf_addstr(run->error, "string");
	return FAILED;
}

/* Appends a scalar as libjq prints it: unlike in records, C1 control characters
 * are not escaped. Of a long string, appends only the beginning. */
static void add_printed(struct buf *out, struct slice value)
{
	struct buf written = {0};

	if (value.len > 6 * SHOWN_BYTES)
		value.len = 6 * SHOWN_BYTES;
	path_write(&written, value, 0);
	for (size_t i = 0; i < written.len; i++) {
		const char *s = written.data + i;
		char bytes[4];

		if (written.len - i < 6 || memcmp(s, "\\u00", 4) != 0 ||
		    (s[4] != '8' && s[4] != '9')) {
			buf_addch(out, *s);
			continue;
		}
		buf_add(out, bytes, utf8_encode(bytes, (uint32_t)(
			(s[4] - '0') << 4 | ascii_hex_digit(s[5]))));
		i += 5;
	}
	buf_release(&written);
}

static enum flow fail_each(const struct path_run *run, struct slice value)
{
	struct buf printed = {0};
	const char *rest = "";

	add_printed(&printed, value);
	if (printed.len > SHOWN_BYTES) {
		printed.len = SHOWN_BYTES - 3;
		rest = "...";
	}
	buf_clear(run->error);
	buf_addf(run->error, "Cannot iterate over %s (", kind_of(value));
	utf8_add(run->error, printed.data, printed.len);
	buf_addf(run->error, "%s)", rest);
	buf_release(&printed);
	return FAILED;
}

enum flow path_fail_step(const struct path_run *run,
			 const struct path_node *step, struct slice value)
{
	if (step->optional)
		return GO_ON;
	return step->kind == PATH_EACH ? fail_each(run, value)
				       : fail_index(run, step, value);
}
