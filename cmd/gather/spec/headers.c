/* Reads "headers" into lines: the headers of the endpoint, and those headers of
 * the spec that the endpoint does not name (ignoring case). */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/secret_rules.h"
#include "cmd/gather/spec/reader.h"
#include "cmd/input/request_headers.h"

static bool is_header_value(const struct buf *value)
{
	for (size_t i = 0; i < value->len; i++)
		if (((unsigned char)value->data[i] < 0x20 &&
		     value->data[i] != '\t') || value->data[i] == 0x7f)
			return false;
	return true;
}

static void trim_blanks(struct buf *b)
{
	size_t blank = 0;

	while (b->len && strchr(" \t", b->data[b->len - 1]))
		b->len--;
	while (blank < b->len && strchr(" \t", b->data[blank]))
		blank++;
	if (blank)
		memmove(b->data, b->data + blank, b->len - blank);
	b->len -= blank;
}

/* Adds a line "Name: value", or "Name;" if the value is empty, as for -H. */
static void add_line(struct buf *lines, const char *name,
		     const struct buf *value)
{
	buf_addstr(lines, name);
	buf_addstr(lines, value->len ? ": " : ";");
	buf_add(lines, value->data, value->len);
	buf_addch(lines, '\n');
}

static void add_shown(struct buf *lines, const char *name, struct buf *value,
		      const char *text)
{
	if (secret_name(name, strlen(name)) &&
	    !gather_text_has_variables(text)) {
		buf_clear(value);
		buf_addstr(value, "***");
	}
	add_line(lines, name, value);
}

static int read_value(struct spec_reader *r, const char *name, json_t *json,
		      void *ctx)
{
	struct gather_headers *to = &r->current.headers;
	struct buf value = {0}, shown = {0};
	int err = -1;

	(void)ctx;
	if (!json_is_string(json))
		return json_path_fail(&r->place, "must be a string, an array "
						 "of strings, or null (to "
						 "send none)");
	if (gather_read_template(r, json_string_value(json), &value, &shown))
		goto out;
	trim_blanks(&value);
	if (!is_header_value(&value)) {
		json_path_fail(&r->place, "holds a line end or another "
					  "control character, which no "
					  "header can");
		goto out;
	}
	if (!r->current.is_common)
		gather_keep_template(r, buf_cstr(&value), IN_HEADER);
	gather_note_secret(name, buf_cstr(&value));
	add_line(&to->lines, name, &value);
	add_shown(&to->shown, name, &shown, json_string_value(json));
	err = 0;
out:
	buf_release(&value);
	buf_release(&shown);
	return err;
}

static char *lower_name(const char *name)
{
	char *s = xstrdup(name);

	for (char *c = s; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 'a' - 'A');
	return s;
}

/* Names of headers in lower case: names that were read, and names to leave
 * out. */
struct header_names {
	json_t *seen;
	const json_t *except;
};

/* Adds a name to the set `seen`. Fails if the name is invalid or was seen
 * before. */
static int check_name(struct spec_reader *r, const char *name,
		      const char *lower, json_t *seen)
{
	if (!http_is_token((struct slice){name, strlen(name)}))
		return json_path_fail(&r->place, "is not a header name");
	if (json_object_get(seen, lower))
		return json_path_fail(&r->place, "is given twice (in different "
						 "case); give an array of its "
						 "values");
	json_object_set_new_nocheck(seen, lower, json_true());
	return 0;
}

static int read_header(struct spec_reader *r, const char *name,
		       json_t *values, void *ctx)
{
	const struct header_names *names = ctx;
	char *lower = lower_name(name);
	const bool left_out = json_object_get(names->except, lower) != NULL;
	const int err = left_out ? 0 : check_name(r, name, lower, names->seen);

	free(lower);
	if (err || left_out)
		return err;
	if (!json_is_null(values) &&
	    !(json_is_array(values) && !json_array_size(values)))
		return gather_read_elements(r, name, values, read_value, NULL);
	buf_addf(&r->current.headers.lines, "%s:\n", name);
	return 0;
}

int gather_read_headers(struct spec_reader *r, json_t *object)
{
	struct header_names own = {.seen = json_object()};
	struct header_names common = {json_object(), own.seen};
	int err = 0;

	if (object)
		err = gather_read_own(r, "headers", object, read_header, &own);
	if (!err && r->headers)
		err = gather_read_common(r, "headers", r->headers, read_header,
					 &common);
	json_decref(own.seen);
	json_decref(common.seen);
	r->current.e->headers = buf_take(&r->current.headers.lines);
	return err;
}
