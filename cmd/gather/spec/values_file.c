/* Reads the values of `each` from the lines of a file: JSON objects or plain
 * strings. */
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "cmd/gather/spec/reader.h"

/* Adds a line as a value. Returns a message about the error in it (static);
 * NULL if there is none. */
static const char *add_line(json_t *values, const char *s, size_t len)
{
	json_t *value;

	if (utf8_valid_prefix(s, len) < len)
		return "is not UTF-8";
	if (memchr(s, '\0', len))
		return "holds a NUL";
	if (s[0] == '{')
		value = json_loadb(s, len, JSON_REJECT_DUPLICATES, NULL);
	else
		value = json_stringn(s, len);
	if (!value)
		return "begins with { and is not a JSON object";
	json_array_append_new(values, value);
	return NULL;
}

/* Adds all lines but blank ones. */
static int read_lines(struct spec_reader *r, const struct buf *text)
{
	static const char mark[] = "\xef\xbb\xbf";
	const char *p = text->data, *end = p + text->len;

	if (text->len >= 3 && !memcmp(p, mark, 3))
		p += 3;
	for (size_t number = 1; p < end; number++) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));
		struct slice line = {p, (size_t)((eol ? eol : end) - p)};
		const char *fault;

		p = eol ? eol + 1 : end;
		line = slice_trim(line, " \t\r");
		if (!line.len)
			continue;
		fault = add_line(r->current.e->values, line.p, line.len);
		if (fault)
			return json_path_failf(&r->place, "line %zu of the "
							  "file %s", number,
					       fault);
		if (json_array_size(r->current.e->values) > GATHER_VALUES_MAX)
			return json_path_failf(&r->place, "has more than %d "
							  "lines",
					       GATHER_VALUES_MAX);
	}
	return 0;
}

int gather_read_values_file(struct spec_reader *r, const char *path,
			    const char *shown)
{
	struct buf text = {0}, name = {0}, why = {0};
	int err = 0;

	r->current.e->values = json_array();
	json_path_add_shown(&name, shown);
	if (!strcmp(path, "-"))
		err = json_path_fail(&r->place, "cannot be standard input; "
						"give a file");
	else if (file_read(&text, path, &why))
		err = json_path_failf(&r->place, "%s: %s", buf_cstr(&name),
				      buf_cstr(&why));
	else if (text.len)
		err = read_lines(r, &text);
	buf_release(&text);
	buf_release(&name);
	buf_release(&why);
	return err;
}
