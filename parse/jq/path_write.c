/*
 * Writes compact JSON values as libjq writes them: each name only once in an
 * object, and escapes only where they are necessary.
 *
 * Nearly all values are in this form already, which is checked in one pass. A
 * name is compared with the names before it only if one of them may be equal
 * according to a small set of hash values.
 */
#include <string.h>

#include "base/ascii.h"
#include "base/json/bytes.h"
#include "base/json/compact.h"
#include "base/json/keys.h"
#include "base/json/skip.h"
#include "base/json/string.h"
#include "base/utf8.h"
#include "parse/jq/path_node.h"

/* Up to this many names of an object are compared one by one; if there are
 * more, all names are sorted. */
enum { FEW_NAMES = 32 };

/* --- Checking ------------------------------------------------------------- */

struct check {
	const char *end;
	bool has_duplicates;	/* an object has a name twice, or may have */
	bool too_deep;
};

/* The names of an object that have been read. */
struct names {
	uint64_t seen;		/* set of hash values */
	size_t count;
	struct slice list[FEW_NAMES];
};

static bool has_many_duplicates(struct slice object)
{
	struct key_set keys = {0};
	struct slice name, value, duplicate;
	bool is_set;

	for (size_t at = 0; json_next(object, &at, &name, &value);)
		key_set_add(&keys, name);
	is_set = key_set_sort(&keys, &duplicate);
	key_set_release(&keys);
	return !is_set;
}

static uint64_t hash_bit(struct slice name)
{
	size_t hash = name.len;

	if (name.len)
		hash += 5 * (unsigned char)name.p[0] +
			17 * (unsigned char)name.p[name.len - 1] +
			29 * (unsigned char)name.p[name.len / 2];
	return UINT64_C(1) << (hash & 63);
}

/* Adds a name; returns true if the name is in the list already. */
static bool names_add(struct names *n, struct slice name)
{
	const uint64_t bit = hash_bit(name);

	if (n->seen & bit)
		for (size_t i = 0; i < n->count; i++)
			if (slice_equal(n->list[i], name))
				return true;
	n->seen |= bit;
	n->list[n->count++] = name;
	return false;
}

static const char *check_value(struct check *c, const char *p, unsigned depth);

/* Checks whether a name without escapes is a duplicate; the object begins at
 * start. */
static void check_name(struct check *c, struct names *names, const char *start,
		       struct slice name)
{
	if (names->count < FEW_NAMES)
		c->has_duplicates |= names_add(names, name);
	else if (names->count++ == FEW_NAMES)
		c->has_duplicates |= has_many_duplicates((struct slice){
			start, (size_t)(c->end - start)});
}

/* Checks the members of the object that begins at p, and returns the object's
 * end. A name with escapes counts as a possible duplicate, because
 * path_members_read() has to decode it. */
static const char *check_object(struct check *c, const char *p, unsigned depth)
{
	const char *const start = p++;
	struct names names;

	names.seen = names.count = 0;
	while (p < c->end && *p == '"') {
		bool is_escaped = false;
		const char *close = json_string_end(p, c->end, &is_escaped);

		if (c->end - close < 2)
			return c->end;
		if (is_escaped)
			c->has_duplicates = true;
		else
			check_name(c, &names, start,
				   (struct slice){p + 1,
						  (size_t)(close - p) - 2});
		p = check_value(c, close + 1, depth);
		if (p < c->end && *p == ',')
			p++;
	}
	return p < c->end ? p + 1 : p;
}

static const char *check_array(struct check *c, const char *p, unsigned depth)
{
	p++;
	while (p < c->end && *p != ']') {
		const char *const before = p;

		p = check_value(c, p, depth);
		if (p < c->end && *p == ',')
			p++;
		if (p == before)
			return c->end;	/* not JSON */
	}
	return p < c->end ? p + 1 : p;
}

/* Returns the end of the value at p; or the end of the text, if the value is
 * found to be nested too deep. */
static const char *check_value(struct check *c, const char *p, unsigned depth)
{
	bool unused;

	if (p == c->end)
		return p;
	if (*p == '"')
		return json_string_end(p, c->end, &unused);
	if (*p != '{' && *p != '[') {
		while (p < c->end && *p != ',' && *p != ']' && *p != '}')
			p++;
		return p;
	}
	if (depth == JSON_MAX_DEPTH) {
		c->too_deep = true;
		return c->end;
	}
	return *p == '{' ? check_object(c, p, depth + 1)
			 : check_array(c, p, depth + 1);
}

/* --- Escapes -------------------------------------------------------------- */

static uint32_t read_unit(const char *digits)
{
	uint32_t unit = 0;

	for (int i = 0; i < 4; i++)
		unit = unit << 4 | ((uint32_t)ascii_hex_digit(digits[i]) & 15);
	return unit;
}

/* Returns the code point of the escape \uXXXX at *p, or of the surrogate pair
 * of two escapes, and moves *p behind it. Returns U+FFFD for half of a pair. */
static uint32_t read_escape(const char **p, const char *end)
{
	uint32_t code = read_unit(*p + 2), low;

	*p += 6;
	if (code < 0xd800 || code > 0xdfff)
		return code;
	if (code > 0xdbff || end - *p < 6 || (*p)[0] != '\\' || (*p)[1] != 'u')
		return 0xfffd;
	low = read_unit(*p + 2);
	if (low < 0xdc00 || low > 0xdfff)
		return 0xfffd;
	*p += 6;
	return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
}

static void add_code_point(struct buf *out, uint32_t code)
{
	static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";
	char bytes[4];

	for (const char *s = shorts; *s; s += 2) {
		if ((unsigned char)*s != code)
			continue;
		buf_addch(out, '\\');
		buf_addch(out, s[1]);
		return;
	}
	if (code < ' ' || (code >= 0x7f && code <= 0x9f))
		json_add_escape(out, code);
	else
		buf_add(out, bytes, utf8_encode(bytes, code));
}

/* Appends the character of the escape at p, escaped only if necessary, and
 * returns the end of the escape at p. */
static const char *write_escape(struct buf *out, const char *p, const char *end)
{
	if (end - p >= 6 && p[1] == 'u') {
		add_code_point(out, read_escape(&p, end));
		return p;
	}
	if (end - p < 2)
		return end;
	buf_add(out, p[1] == '/' ? p + 1 : p, p[1] == '/' ? 1 : 2);
	return p + 2;
}

/* Appends JSON text, with escapes only where they are necessary. */
static void write_text(struct buf *out, const char *p, const char *end)
{
	while (p < end) {
		const char *escape = memchr(p, '\\', (size_t)(end - p));

		if (!escape)
			escape = end;
		buf_add(out, p, (size_t)(escape - p));
		p = escape < end ? write_escape(out, escape, end) : end;
	}
}

/* --- Writing -------------------------------------------------------------- */

/* write_object() and write_array() call write_value() for the values inside. */

static bool write_value(struct buf *out, struct slice value, unsigned depth);

static bool write_object(struct buf *out, struct slice object, unsigned depth)
{
	struct path_members members = {0};
	const struct path_member *m;
	bool fits = true;

	path_members_read(&members, object);
	m = path_members_list(&members);
	buf_addch(out, '{');
	for (size_t i = 0; fits && i < members.count; i++, m++) {
		const char *const name = m->name.p - 1;

		if (i)
			buf_addch(out, ',');
		write_text(out, name, name + m->name.len + 2);
		buf_addch(out, ':');
		fits = write_value(out, m->value, depth);
	}
	buf_addch(out, '}');
	path_members_release(&members);
	return fits;
}

static bool write_array(struct buf *out, struct slice array, unsigned depth)
{
	struct slice name, value;
	bool fits = true;
	char before = '[';

	for (size_t at = 0; fits && json_next(array, &at, &name, &value);) {
		buf_addch(out, before);
		before = ',';
		fits = write_value(out, value, depth);
	}
	if (before == '[')
		buf_addch(out, before);
	buf_addch(out, ']');
	return fits;
}

static bool write_value(struct buf *out, struct slice value, unsigned depth)
{
	const char first = *value.p;

	if (first != '{' && first != '[') {
		write_text(out, value.p, value.p + value.len);
		return true;
	}
	if (depth == JSON_MAX_DEPTH)
		return false;
	return first == '{' ? write_object(out, value, depth + 1)
			    : write_array(out, value, depth + 1);
}

static struct check check(struct slice value, unsigned depth)
{
	struct check c = {.end = value.p + value.len};

	check_value(&c, value.p, depth);
	return c;
}

bool path_is_written(struct slice value)
{
	struct check c;

	if (memchr(value.p, '\\', value.len))
		return false;
	c = check(value, 0);
	return !c.has_duplicates && !c.too_deep;
}

bool path_write(struct buf *out, struct slice value, unsigned depth)
{
	const struct check c = check(value, depth);

	if (c.too_deep)
		return false;
	if (c.has_duplicates)
		return write_value(out, value, depth);
	write_text(out, value.p, value.p + value.len);
	return true;
}
