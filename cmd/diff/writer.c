/* Text for a terminal is made printable: in JSON, control characters are
 * escaped, but characters that change the reading order of a line are not. */
#include "cmd/diff/writer.h"

#include <inttypes.h>

#include "base/colour.h"
#include "base/json/compact.h"
#include "base/printable.h"

/* Columns of a terminal, and of the longest name that other names are aligned
 * with. */
enum { LINE_COLUMNS = 80, NAME_COLUMNS = 24 };

static const char *const names[] = {
	[DIFFERENCE_CHANGED] = "changed",
	[DIFFERENCE_APPEARED] = "appeared",
	[DIFFERENCE_VANISHED] = "vanished",
};

const char *difference_name(enum difference kind)
{
	return names[kind];
}

struct slice difference_member(struct slice record, const char *wanted)
{
	struct slice name, value;
	size_t at = 0;

	while (json_next(record, &at, &name, &value))
		if (slice_is(name, wanted))
			return value;
	return (struct slice){0};
}

/* --- JSON lines ----------------------------------------------------------- */

static void add_slice(struct buf *to, struct slice s)
{
	buf_add(to, s.p, s.len);
}

static void add_name(struct buf *to, bool is_first, struct slice name)
{
	buf_addstr(to, is_first ? "\"" : ",\"");
	add_slice(to, name);
	buf_addch(to, '"');
}

static void add_paths(struct buf *to, const struct fields *f)
{
	buf_addstr(to, ",\"fields\":[");
	for (size_t i = 0; i < f->len; i++)
		add_name(to, !i, field_path(f, &f->list[i]));
	buf_addch(to, ']');
}

/* Adds an object of the fields' values in one of the records. */
static void add_values(struct buf *to, const char *key, const struct fields *f,
		       bool is_after)
{
	bool is_first = true;

	buf_addf(to, ",\"%s\":{", key);
	for (size_t i = 0; i < f->len; i++) {
		const struct slice value = is_after ? f->list[i].after
						    : f->list[i].before;

		if (!value.p)
			continue;
		add_name(to, is_first, field_path(f, &f->list[i]));
		buf_addch(to, ':');
		add_slice(to, value);
		is_first = false;
	}
	buf_addch(to, '}');
}

void difference_add_json(struct buf *to, enum difference kind,
			 struct slice record, const struct fields *fields)
{
	static const char *const keys[] = {"url", "id", "item", "kind",
					   "page"};

	buf_addf(to, "{\"change\":\"%s\"", names[kind]);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const struct slice value = difference_member(record, keys[i]);

		if (!value.p)
			continue;
		buf_addf(to, ",\"%s\":", keys[i]);
		add_slice(to, value);
	}
	if (kind == DIFFERENCE_CHANGED)
		add_paths(to, fields);
	if (kind != DIFFERENCE_APPEARED)
		add_values(to, "old", fields, false);
	if (kind != DIFFERENCE_VANISHED)
		add_values(to, "new", fields, true);
	buf_addstr(to, "}\n");
}

/* --- Text ----------------------------------------------------------------- */

/* Returns the number of characters, which is that of columns for most texts. */
static size_t count_characters(struct slice text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += (text.p[i] & 0xc0) != 0x80;
	return count;
}

/* Appends a value; if it has more than `most` characters, the first ones and
 * "...". */
static void add_cut(struct buf *to, struct slice value, size_t most)
{
	size_t len = 0, count = 0;

	if (!value.p)
		value = (struct slice){"(none)", strlen("(none)")};
	if (count_characters(value) <= most) {
		printable_add(to, value.p, value.len);
		return;
	}
	while (count < most - 3 || (value.p[len] & 0xc0) == 0x80)
		count += (value.p[len++] & 0xc0) != 0x80;
	printable_add(to, value.p, len);
	buf_addstr(to, "...");
}

static size_t name_columns(const struct fields *f)
{
	size_t most = 0;

	for (size_t i = 0; i < f->len; i++) {
		const size_t len =
			count_characters(field_path(f, &f->list[i]));

		if (len > most && len <= NAME_COLUMNS)
			most = len;
	}
	return most;
}

static void add_field_text(struct buf *to, const struct fields *f,
			   const struct field *field, size_t columns)
{
	const struct slice path = field_path(f, field);
	size_t used = count_characters(path), left;

	buf_addstr(to, "    ");
	printable_add(to, path.p, path.len);
	for (; used < columns; used++)
		buf_addch(to, ' ');
	buf_addstr(to, "  ");
	left = used + 10 < LINE_COLUMNS - 20 ? LINE_COLUMNS - used - 10 : 20;
	add_cut(to, field->before, left / 2);
	buf_addstr(to, " -> ");
	add_cut(to, field->after, left / 2);
	buf_addch(to, '\n');
}

/* Adds " (id 5)" if the record has such a member that is not null. */
static void add_part(struct buf *to, struct slice record, const char *name)
{
	const struct slice value = difference_member(record, name);

	if (!value.p || slice_is(value, "null"))
		return;
	buf_addf(to, " (%s ", name);
	printable_add(to, value.p, value.len);
	buf_addch(to, ')');
}

static void add_kind(struct buf *to, enum difference kind, bool is_coloured)
{
	static const char *const colours[] = {
		[DIFFERENCE_CHANGED] = COLOUR_YELLOW,
		[DIFFERENCE_APPEARED] = COLOUR_GREEN,
		[DIFFERENCE_VANISHED] = COLOUR_RED,
	};
	const char *colour = is_coloured ? colours[kind] : NULL;

	colour_begin(to, colour);
	buf_addf(to, "%-9s", names[kind]);
	colour_end(to, colour);
	buf_addch(to, ' ');
}

void difference_add_text(struct buf *to, enum difference kind,
			 struct slice record, const struct fields *fields,
			 bool is_coloured)
{
	const struct slice url = difference_member(record, "url");
	const size_t columns = name_columns(fields);

	add_kind(to, kind, is_coloured);
	/* The quotes are left out. */
	if (url.len > 2)
		printable_add(to, url.p + 1, url.len - 2);
	add_part(to, record, "id");
	add_part(to, record, "item");
	add_part(to, record, "kind");
	add_part(to, record, "page");
	buf_addch(to, '\n');
	if (kind != DIFFERENCE_CHANGED)
		return;
	for (size_t i = 0; i < fields->len; i++)
		add_field_text(to, fields, &fields->list[i], columns);
}

void difference_add_counts(struct buf *to, const struct difference_counts *c)
{
	for (int kind = 0; kind < DIFFERENCES; kind++)
		buf_addf(to, "%" PRIu64 " %s, ", c->of[kind], names[kind]);
	buf_addf(to, "%" PRIu64 " the same\n", c->same);
}
