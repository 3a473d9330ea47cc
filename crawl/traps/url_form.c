/* Divides paths and names into runs of letters and digits. The program guesses
 * whether a run is a word or an identifier: a wrong guess puts URLs of
 * different kinds into one form, or divides a form. */
#include "crawl/traps/url_form.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/ascii.h"

enum {
	HEX = 8,		/* least number of digits of a hexadecimal
				 * number */
	ID = 8,			/* least number of characters of an
				 * identifier */
	ID_CHANGES = 3,		/* least number of changes from letters to
				 * digits or back in an identifier */
	PARAMETERS = 128,	/* further parameters are ignored */
	FIRST_YEAR = 1900, LAST_YEAR = 2199,
};

static const char *const months[] = {
	"january", "february", "march", "april", "may", "june", "july",
	"august", "september", "october", "november", "december",
};

/* Names of parameters that choose a date. */
static const char *const date_names[] = {"year", "month", "week", "date"};

static struct slice skip(struct slice s, size_t len)
{
	len = len < s.len ? len : s.len;
	return (struct slice){s.p + len, s.len - len};
}

static bool is_month_name(struct slice run)
{
	/* The shortest name is "may", the longest "september". */
	if (run.len < 3 || run.len > 9)
		return false;
	for (size_t i = 0; i < sizeof(months) / sizeof(*months); i++)
		if (ascii_is(run, months[i]) ||
		    (run.len == 3 &&
		     ascii_is(run, (char[]){months[i][0], months[i][1],
					    months[i][2], '\0'})))
			return true;
	return false;
}

/* A run of letters and digits, and counts of its characters. */
struct run {
	struct slice text;
	size_t digits, hex_digits;
	size_t changes;
};

static struct run next_run(struct slice s)
{
	struct run r = {.text = {s.p, 0}};

	while (r.text.len < s.len && ascii_is_alphanumeric(s.p[r.text.len])) {
		const char *c = &s.p[r.text.len++];

		r.digits += ascii_is_digit(*c);
		r.hex_digits += ascii_hex_digit(*c) >= 0;
		r.changes += c > s.p &&
			     ascii_is_digit(*c) != ascii_is_digit(c[-1]);
	}
	return r;
}

/* Returns true if the run is a number, an identifier, or a part of a date. */
static bool is_variable(const struct run *r)
{
	const size_t len = r->text.len;

	if (!r->digits)
		return is_month_name(r->text);
	return r->digits == len || (len >= HEX && r->hex_digits == len) ||
	       (len >= ID && r->changes >= ID_CHANGES);
}

/* Returns true for a UUID and the like: hexadecimal digits in groups. */
static bool is_grouped_hex(struct slice s)
{
	bool has_digit = false;

	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] != '-' && ascii_hex_digit(s.p[i]) < 0)
			return false;
		has_digit |= ascii_is_digit(s.p[i]);
	}
	return s.len >= 2 * HEX && has_digit;
}

/* Appends "#", unless the form already ends with "#" or with "#" and a
 * separator: the parts of a date become a single "#". */
static void add_variable(struct buf *out, size_t start)
{
	const size_t len = out->len - start;

	if (len && out->data[out->len - 1] == '#')
		return;
	if (len > 1 && out->data[out->len - 2] == '#' &&
	    strchr("-._,:+", out->data[out->len - 1]))
		out->len--;
	else
		buf_addch(out, '#');
}

/* Appends a word; each run of digits in the word becomes "#". */
static void add_word(struct buf *out, size_t start, struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (ascii_is_digit(word.p[i]))
			add_variable(out, start);
		else
			buf_addch(out, word.p[i]);
}

/* Appends the form of a segment of the path, or of the name of a parameter. */
static void add_part(struct buf *out, struct slice s)
{
	const size_t start = out->len;

	if (is_grouped_hex(s)) {
		buf_addch(out, '#');
		return;
	}
	while (s.len) {
		const struct run r = next_run(s);
		const size_t len = r.text.len ? r.text.len : 1;

		if (!r.text.len)
			buf_addch(out, *s.p);
		else if (is_variable(&r))
			add_variable(out, start);
		else
			add_word(out, start, r.text);
		s.p += len;
		s.len -= len;
	}
}

static struct slice next_part(struct slice *s, char separator)
{
	const char *end = s->len ? memchr(s->p, separator, s->len) : NULL;
	const struct slice part = {s->p, end ? (size_t)(end - s->p) : s->len};
	const size_t len = part.len + (end != NULL);

	s->p += len;
	s->len -= len;
	return part;
}

static void add_path(struct buf *out, struct slice path)
{
	while (path.len) {
		const char *slash = memchr(path.p, '/', path.len);
		const size_t len = slash ? (size_t)(slash - path.p) : path.len;

		add_part(out, (struct slice){path.p, len});
		if (slash)
			buf_addch(out, '/');
		path = skip(path, len + 1);
	}
}

/* Names of parameters, in their form, as offsets into a buffer. */
struct names {
	struct buf text;
	struct slice list[PARAMETERS];
	size_t len;
};

static void read_names(struct names *n, struct slice query)
{
	size_t ends[PARAMETERS];
	size_t start = 0;

	while (query.len && n->len < PARAMETERS) {
		struct slice pair = next_part(&query, '&');

		add_part(&n->text, next_part(&pair, '='));
		ends[n->len++] = n->text.len;
	}
	for (size_t i = 0; i < n->len; i++) {
		n->list[i] = (struct slice){
			n->text.data ? n->text.data + start : "",
			ends[i] - start,
		};
		start = ends[i];
	}
}

static int compare_slices(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;
	const int order = memcmp(x->p, y->p, x->len < y->len ? x->len : y->len);

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

static void add_query(struct buf *out, struct slice query)
{
	struct names n;

	n.text = (struct buf){0};
	n.len = 0;
	read_names(&n, query);
	qsort(n.list, n.len, sizeof(*n.list), compare_slices);
	for (size_t i = 0; i < n.len; i++) {
		if (i && slice_equal(n.list[i], n.list[i - 1]))
			continue;
		buf_addch(out, i ? '&' : '?');
		buf_add(out, n.list[i].p, n.list[i].len);
	}
	buf_release(&n.text);
}

/* Returns the number at the beginning of s if it has that many digits and is in
 * the range; -1 otherwise. */
static int number_at(struct slice s, size_t digits, int from, int to)
{
	int n = 0;

	if (s.len < digits)
		return -1;
	for (size_t i = 0; i < digits; i++) {
		if (!ascii_is_digit(s.p[i]))
			return -1;
		n = n * 10 + (s.p[i] - '0');
	}
	return n >= from && n <= to ? n : -1;
}

static bool starts_with_digit(struct slice s)
{
	return s.len && ascii_is_digit(*s.p);
}

/* Returns true if s begins with a month: 3, 03, mar, March. */
static bool starts_with_month(struct slice s)
{
	const struct run r = next_run(s);

	if (!r.digits)
		return is_month_name(r.text);
	return r.digits == r.text.len && r.digits <= 2 &&
	       number_at(s, r.digits, 1, 12) > 0;
}

/* Returns true if s begins with a year and a month: 2026-03, 202603,
 * 20260317. */
static bool starts_with_date(struct slice s)
{
	struct slice rest = skip(s, 4);

	if (number_at(s, 4, FIRST_YEAR, LAST_YEAR) < 0)
		return false;
	if (starts_with_digit(rest))
		return number_at(rest, 2, 1, 12) > 0 &&
		       (!starts_with_digit(skip(rest, 2)) ||
			(number_at(skip(rest, 2), 2, 1, 31) > 0 &&
			 !starts_with_digit(skip(rest, 4))));
	return rest.len && strchr("-/._", *rest.p) &&
	       starts_with_month(skip(rest, 1));
}

/* Returns true if a date begins at any number in s. */
static bool has_date(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((!i || !ascii_is_digit(s.p[i - 1])) &&
		    starts_with_date(skip(s, i)))
			return true;
	return false;
}

static bool has_date_name(struct slice query)
{
	while (query.len) {
		struct slice pair = next_part(&query, '&');
		const struct slice name = next_part(&pair, '=');

		for (size_t i = 0;
		     i < sizeof(date_names) / sizeof(*date_names); i++)
			if (name.len && memmem(name.p, name.len, date_names[i],
					       strlen(date_names[i])))
				return true;
	}
	return false;
}

/* Returns the hash of the text; never 0. */
static uint64_t hash_of(struct slice s, uint64_t seed)
{
	const uint64_t hash = XXH3_64bits_withSeed(s.p, s.len, seed);

	return hash ? hash : 1;
}

static void set_segments(struct url_form *form, const struct url *url)
{
	const struct slice origin = {url->href, url->path_start};
	struct slice path = skip(url_path(url), 1);

	form->group = hash_of(next_part(&path, '/'), hash_of(origin, 0));
	form->n_segments = 0;
	while (path.len && form->n_segments < URL_FORM_SEGMENTS)
		form->segments[form->n_segments++] =
			hash_of(next_part(&path, '/'), form->group);
}

void url_form_set(struct url_form *form, const struct url *url)
{
	const struct slice path = url_path(url), query = url_query(url);
	struct buf *out = &form->text;

	buf_clear(out);
	buf_add(out, url->href, url->path_start);
	add_path(out, path);
	form->path_len = out->len;
	set_segments(form, url);
	add_query(out, query);
	form->has_date = has_date(path) || has_date(query) ||
			 has_date_name(query);
}

void url_form_release(struct url_form *form)
{
	buf_release(&form->text);
}
