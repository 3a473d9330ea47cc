/* Reads "headers" into lines: those of the endpoint, and those of the spec that
 * it does not name, ignoring case. */
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

/* Adds a line; with an empty value it is "Name;", as for -H. */
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

static int read_value(struct spec_reader *r, const char *name,
		      const json_t *json)
{
	struct gather_headers *to = &r->current.headers;
	struct buf value = {0}, shown = {0};
	int err = -1;

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

static int read_values(struct spec_reader *r, const char *name,
		       const json_t *values)
{
	struct gather_headers *to = &r->current.headers;
	json_t *value;
	size_t i;

	if (json_is_null(values) ||
	    (json_is_array(values) && !json_array_size(values))) {
		buf_addf(&to->lines, "%s:\n", name);
		return 0;
	}
	if (!json_is_array(values))
		return read_value(r, name, values);
	json_array_foreach(values, i, value) {
		const size_t before = json_path_enter_element(&r->place, i);

		if (read_value(r, name, value))
			return -1;
		json_path_leave(&r->place, before);
	}
	return 0;
}

static char *lower_name(const char *name)
{
	char *s = xstrdup(name);

	for (char *c = s; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 'a' - 'A');
	return s;
}

/* Adds a name to the set; fails if it is no header name or is in the set. */
static int check_name(struct spec_reader *r, const char *name,
		      json_t *names)
{
	char *key = lower_name(name);
	int err = 0;

	if (!http_is_token((struct slice){name, strlen(name)}))
		err = json_path_fail(&r->place, "is not a header name");
	else if (json_object_get(names, key))
		err = json_path_fail(&r->place, "is given twice (in different "
						"case); give an array of its "
						"values");
	else
		json_object_set_new_nocheck(names, key, json_true());
	free(key);
	return err;
}

/* Reads all members whose names are not in except, and adds their names to
 * names. */
static int read_members(struct spec_reader *r, json_t *object,
			json_t *names, const json_t *except)
{
	const size_t before = json_path_enter(&r->place, "headers");
	const char *name;
	json_t *value;

	if (!json_is_object(object))
		return json_path_fail(&r->place, "must be an object: "
						  "{\"Name\": \"value\"}");
	json_object_foreach(object, name, value) {
		const size_t here = json_path_enter(&r->place, name);
		char *key = lower_name(name);
		const bool left_out = json_object_get(except, key) != NULL;

		free(key);
		if (!left_out && (check_name(r, name, names) ||
				  read_values(r, name, value)))
			return -1;
		json_path_leave(&r->place, here);
	}
	json_path_leave(&r->place, before);
	return 0;
}

/* Reads the headers of the spec. A message about one of them names its place
 * there, not in the endpoint. */
static int read_common(struct spec_reader *r, const json_t *except)
{
	const struct buf here = r->place.path;
	json_t *names = json_object();
	int err;

	r->place.path = (struct buf){0};
	r->current.is_common = true;
	err = read_members(r, r->headers, names, except);
	r->current.is_common = false;
	buf_release(&r->place.path);
	r->place.path = here;
	json_decref(names);
	return err;
}

int gather_read_headers(struct spec_reader *r, json_t *object)
{
	json_t *names = json_object();
	int err = 0;

	if (object)
		err = read_members(r, object, names, NULL);
	if (!err && r->headers)
		err = read_common(r, names);
	json_decref(names);
	r->current.e->headers = buf_take(&r->current.headers.lines);
	return err;
}
