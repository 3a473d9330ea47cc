/* Groups header fields by name in O(n log n), keeping the order of names and of
 * values. */
#include "parse/headers_json.h"

#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "base/utf8.h"

struct field {
	struct slice name, value;
	size_t position;
	size_t first;	/* position of the first field of this name */
};

static int compare_sizes(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int compare_names(const struct field *a, const struct field *b)
{
	const size_t n = a->name.len < b->name.len ? a->name.len : b->name.len;
	const int order = n ? memcmp(a->name.p, b->name.p, n) : 0;

	return order ? order : compare_sizes(a->name.len, b->name.len);
}

static int compare_by_name(const void *left, const void *right)
{
	const struct field *a = left, *b = right;
	const int order = compare_names(a, b);

	return order ? order : compare_sizes(a->position, b->position);
}

static int compare_by_first(const void *left, const void *right)
{
	const struct field *a = left, *b = right;

	return a->first != b->first ? compare_sizes(a->first, b->first)
				    : compare_sizes(a->position, b->position);
}

static struct field *fields_split(const struct buf *headers, size_t *len)
{
	struct field *fields = NULL;
	struct slice name, value;
	size_t n = 0, cap = 0;

	for (size_t at = 0; headers_next(headers, &at, &name, &value); n++) {
		if (n == cap) {
			cap = cap ? cap * 2 : 32;
			fields = xrealloc(fields, cap * sizeof(*fields));
		}
		fields[n] = (struct field){name, value, n, n};
	}
	*len = n;
	return fields;
}

/* Brings fields of the same name together. Sorts twice instead of using a hash
 * table, because the server chooses the names and could make them collide. */
static void fields_group(struct field *fields, size_t len)
{
	if (len < 2)
		return;
	qsort(fields, len, sizeof(*fields), compare_by_name);
	for (size_t i = 1; i < len; i++)
		if (!compare_names(&fields[i - 1], &fields[i]))
			fields[i].first = fields[i - 1].first;
	qsort(fields, len, sizeof(*fields), compare_by_first);
}

bool headers_json_join(struct buf *out, const struct buf *headers,
		       const char *name)
{
	struct slice value;
	bool found = false;

	for (size_t at = 0; headers_find(headers, &at, name, &value);) {
		if (found)
			buf_addstr(out, ", ");
		buf_add(out, value.p, value.len);
		found = true;
	}
	return found;
}

void headers_json_add_string(struct buf *out, const char *s, size_t len)
{
	struct buf text = {0};

	if (utf8_valid_prefix(s, len) == len) {
		json_add_string(out, s, len);
		return;
	}
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)s[i];

		if (c >= 0x80)
			buf_addch(&text, (char)(0xc0 | c >> 6));
		buf_addch(&text, (char)(c < 0x80 ? c : 0x80 | (c & 0x3f)));
	}
	json_add_string(out, text.data, text.len);
	buf_release(&text);
}

void headers_json_add_object(struct buf *out, const struct buf *headers)
{
	size_t len;
	struct field *fields = fields_split(headers, &len);

	fields_group(fields, len);
	buf_addch(out, '{');
	for (size_t i = 0; i < len; i++) {
		const struct field *f = &fields[i];

		if (i && f->first == f[-1].first) {
			buf_addch(out, ',');
		} else {
			buf_addstr(out, i ? "]," : "");
			headers_json_add_string(out, f->name.p, f->name.len);
			buf_addstr(out, ":[");
		}
		headers_json_add_string(out, f->value.p, f->value.len);
	}
	buf_addstr(out, len ? "]}" : "}");
	free(fields);
}
