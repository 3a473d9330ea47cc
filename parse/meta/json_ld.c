/* Parses the script as JSON. Only if that fails, copies the script token by
 * token, leaving out what JSON does not allow, and parses the copy. */
#include "parse/meta/json_ld.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/json/compact.h"

/* Maximum bytes after a "<!--", within its line, that are searched for the
 * beginning of a value. */
enum { LOOK_AHEAD = 200 };

/* State while a script is cleaned into text that base/json/compact.h can
 * parse. */
struct cleaning {
	const char *at, *end;
	struct buf out;
	size_t depth;
	size_t comma;	/* offset in out of the last comma, if nothing but white
			 * space follows the comma; otherwise out.len or more */
};

bool json_ld_is_type(const char *type)
{
	return ascii_is(ascii_trim((struct slice){type, strcspn(type, ";")}),
			"application/ld+json");
}

static bool begins_with(const struct cleaning *c, const char *with)
{
	const size_t n = strlen(with);

	return (size_t)(c->end - c->at) >= n && !memcmp(c->at, with, n);
}

static void skip_line(struct cleaning *c)
{
	const char *end = memchr(c->at, '\n', (size_t)(c->end - c->at));

	c->at = end ? end : c->end;
}

/* Copies a string with its quotes, escaping control characters. */
static void copy_string(struct cleaning *c)
{
	buf_addch(&c->out, *c->at++);
	while (c->at < c->end && *c->at != '"') {
		if (begins_with(c, "\\'")) {
			c->at++;	/* \' is how JavaScript escapes an
					 * apostrophe */
		} else if (*c->at == '\\' && c->end - c->at > 1) {
			buf_addch(&c->out, *c->at++);
		} else if ((unsigned char)*c->at < ' ') {
			buf_addf(&c->out, "\\u%04x",
				 (unsigned)(unsigned char)*c->at++);
			continue;
		}
		buf_addch(&c->out, *c->at++);
	}
	if (c->at < c->end)
		buf_addch(&c->out, *c->at++);
}

/* Skips a JavaScript comment. Returns false if the comment has no end. */
static bool skip_comment(struct cleaning *c)
{
	const char *end = memmem(c->at, (size_t)(c->end - c->at), "*/", 2);

	c->at = end ? end + 2 : c->end;
	return end;
}

/* Skips "<!--" alone if a value begins before "-->" or the end of the line.
 * Otherwise skips all text up to there, which is a comment meant to hide
 * scripts from old browsers. */
static void skip_html_comment(struct cleaning *c)
{
	const size_t left = (size_t)(c->end - c->at);
	const size_t most = left < LOOK_AHEAD ? left : LOOK_AHEAD;
	const char *line = memchr(c->at, '\n', most);
	const size_t len = line ? (size_t)(line - c->at) : most;
	const char *close = memmem(c->at, len, "-->", 3);
	const size_t hidden = close ? (size_t)(close + 3 - c->at) : len;

	if (memchr(c->at, '{', hidden) || memchr(c->at, '[', hidden))
		c->at += 4;
	else
		c->at += hidden;
}

/* Skips a mark that is not JSON, such as "<![CDATA[". Returns false if no mark
 * is at this position. */
static bool skip_mark(struct cleaning *c)
{
	/* Marks that may also stand behind "//", which hides them from
	 * JavaScript. */
	static const char *const marks[] = {
		"<![CDATA[", "]]>", "-->", "\xef\xbb\xbf", "\xc2\xa0",
	};
	const char *start = c->at;

	if (begins_with(c, "//"))
		for (c->at += 2; c->at < c->end && *c->at == ' '; c->at++)
			;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (!begins_with(c, marks[i]))
			continue;
		c->at += strlen(marks[i]);
		return true;
	}
	if (begins_with(c, "<!--")) {
		skip_html_comment(c);
		return true;
	}
	if (c->at > start) {
		skip_line(c);
		return true;
	}
	return false;
}

/* Returns true if a bracket of JSON is at this position. Outside of all values,
 * "]" is not a bracket of JSON: it can only begin "]]>". */
static bool is_bracket(const struct cleaning *c)
{
	return *c->at && strchr("{}[]", *c->at) &&
	       (c->depth || *c->at != ']');
}

static void copy_bracket(struct cleaning *c)
{
	const bool closes = *c->at == '}' || *c->at == ']';

	if (closes && c->comma < c->out.len)
		c->out.data[c->comma] = ' ';
	if (!closes)
		c->depth++;
	else if (c->depth)
		c->depth--;
	buf_addch(&c->out, *c->at++);
	c->comma = SIZE_MAX;
}

static void copy_comma(struct cleaning *c)
{
	const char before = c->out.len ? c->out.data[c->out.len - 1] : '[';

	c->at++;
	if (!c->depth) {	/* a comma between two values */
		buf_addch(&c->out, ' ');
		return;
	}
	c->comma = before == '[' || before == '{' || before == ','
			   ? SIZE_MAX : c->out.len;
	buf_addch(&c->out, ',');
}

/* Adds a space where something was skipped between two numbers. Adds none after
 * punctuation, because copy_comma() checks the last byte. */
static void add_space(struct cleaning *c)
{
	if (c->out.len && !strchr("{}[],: ", c->out.data[c->out.len - 1]))
		buf_addch(&c->out, ' ');
}

/* Copies or skips one token; returns false if the script cannot be JSON. */
static bool clean_token(struct cleaning *c)
{
	bool good = true;

	if (ascii_is_space(*c->at)) {
		c->at++;
		add_space(c);
	} else if (*c->at == '"') {
		copy_string(c);
		c->comma = SIZE_MAX;
	} else if (is_bracket(c)) {
		copy_bracket(c);
	} else if (*c->at == ',') {
		copy_comma(c);
	} else if (*c->at == ';' && !c->depth) {
		c->at++;
	} else if (begins_with(c, "/*")) {
		good = skip_comment(c);
		add_space(c);
	} else if (skip_mark(c)) {
		add_space(c);
	} else {
		buf_addch(&c->out, *c->at++);
		c->comma = SIZE_MAX;
	}
	return good;
}

/* Appends the values in text and counts them; returns false if it is not
 * JSON. */
static bool add_values(struct buf *out, struct slice text, size_t *count)
{
	struct buf array = {0};
	struct slice name, value;
	size_t at;

	*count = 0;
	if (json_compact_values(&array, text.p, text.len, &at)) {
		buf_release(&array);
		return false;
	}
	buf_add(out, array.data + 1, array.len - 2);
	at = 0;
	while (json_next((struct slice){array.data, array.len}, &at, &name,
			 &value))
		++*count;
	buf_release(&array);
	return true;
}

bool json_ld_read(struct buf *out, struct slice script, size_t *count)
{
	struct cleaning c = {
		.at = script.p, .end = script.p + script.len,
		.comma = SIZE_MAX,
	};
	bool good = true;

	if (add_values(out, script, count))
		return true;
	while (good && c.at < c.end)
		good = clean_token(&c);
	good = good && add_values(out, (struct slice){buf_cstr(&c.out),
						      c.out.len}, count);
	buf_release(&c.out);
	return good;
}
