#include "parse/tags.h"

#include <string.h>

#include "base/buf.h"
#include "base/url.h"
#include "parse/ascii.h"

/* The sum over all tags of attributes squared: one tag with 10,000 takes the
 * parser 0.12 s. No page written in good faith comes near. */
#define MAX_COMPARISONS 100e6

/* Of libxml2: no form feed. */
static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool is_name_start(char c)
{
	return ascii_is_letter(c) || c == '_' || c == ':';
}

static bool is_name(char c)
{
	return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' ||
	       c == '.' || (c & 0x80);
}

static const char *skip_space(const char *p, const char *end)
{
	while (p < end && is_space(*p))
		p++;
	return p;
}

static const char *skip_word(const char *p, const char *end)
{
	while (p < end && !is_space(*p) && *p != '>')
		p++;
	return p;
}

/* Past the first c, or the end. */
static const char *skip_past(const char *p, const char *end, char c)
{
	p = memchr(p, c, (size_t)(end - p));
	return p ? p + 1 : end;
}

/* p is behind '='. */
static const char *skip_value(const char *p, const char *end)
{
	p = skip_space(p, end);
	if (p < end && (*p == '"' || *p == '\''))
		return skip_past(p + 1, end, *p);
	return skip_word(p, end);
}

/* Counts the attributes of a tag, as libxml2 divides them; p is behind its
 * name. Returns where the tag ends. */
static const char *count_attributes(const char *p, const char *end,
				    size_t *attributes)
{
	for (;;) {
		p = skip_space(p, end);
		if (p == end)
			return p;
		if (*p == '>')
			return p + 1;
		if (*p == '/' && p + 1 < end && p[1] == '>')
			return p + 2;
		++*attributes;
		if (!is_name_start(*p)) {
			p = skip_word(p + 1, end);
			continue;
		}
		while (p < end && is_name(*p))
			p++;
		p = skip_space(p, end);
		if (p < end && *p == '=')
			p = skip_value(p + 1, end);
	}
}

/* p is behind "<!". */
static const char *skip_declaration(const char *p, const char *end)
{
	if (end - p < 2 || memcmp(p, "--", 2))
		return skip_past(p, end, '>');
	p += 2;
	if (p < end && *p == '>')
		return p;
	if (end - p > 1 && !memcmp(p, "->", 2))
		return p;
	while (p < end) {
		p = skip_past(p, end, '-');
		if (end - p > 1 && *p == '-' &&
		    (p[1] == '>' || (p[1] == '!' && end - p > 2 &&
				     p[2] == '>')))
			return p;
	}
	return end;
}

/* To the end tag of an element whose content is not markup. */
static const char *skip_raw(const char *p, const char *end, const char *name)
{
	const size_t len = strlen(name);

	while (p < end) {
		p = skip_past(p, end, '<');
		if ((size_t)(end - p) > len && *p == '/' &&
		    ascii_is((struct slice){p + 1, len}, name))
			return p;
	}
	return end;
}

/* p is at the name; past the tag, or past the raw text it begins. Grows work
 * by the comparisons it takes to tell the tag's attributes apart. Those of all
 * html and body tags are put on one element each. */
static const char *skip_tag(const char *p, const char *end, size_t *merged,
			    double *work)
{
	struct slice name = {p, 0};
	size_t attributes = 0, others;

	while (p < end && is_name(*p))
		p++;
	name.len = (size_t)(p - name.p);
	p = count_attributes(p, end, &attributes);
	others = attributes;
	if (name.len == 4 && attributes &&
	    (ascii_is(name, "html") || ascii_is(name, "body")))
		others = *merged += attributes;
	*work += (double)attributes * (double)others;
	if (ascii_is(name, "script"))
		return skip_raw(p, end, "script");
	if (ascii_is(name, "style"))
		return skip_raw(p, end, "style");
	return p;
}

/* p is behind "<!"; the length of the rest of a short comment, or 0. */
static size_t short_comment(const char *p, const char *end)
{
	const size_t left = (size_t)(end - p);

	if (left >= 3 && !memcmp(p, "-->", 3))
		return 3;
	return left >= 4 && !memcmp(p, "--->", 4) ? 4 : 0;
}

bool tags_are_absurd(const char *p, size_t len)
{
	const char *end = p + len;
	double comparisons = 0;
	size_t merged = 0;

	/* An attribute takes two bytes at least. */
	if ((double)len * (double)len / 4 < MAX_COMPARISONS)
		return false;
	while ((p = skip_past(p, end, '<')) < end) {
		if (is_name_start(*p))
			p = skip_tag(p, end, &merged, &comparisons);
		else if (*p == '!')
			p = skip_declaration(p + 1, end);
		else if (*p == '?' || *p == '/')
			p = skip_past(p, end, '>');
		if (comparisons > MAX_COMPARISONS)
			return true;
	}
	return false;
}

bool tags_have_short_comments(const char *p, size_t len)
{
	const char *end = p + len;

	while ((p = skip_past(p, end, '!')) < end)
		if (short_comment(p, end))
			return true;
	return false;
}

void tags_write_out(struct buf *out, const char *p, size_t len)
{
	const char *end = p + len, *done = p;
	double comparisons = 0;
	size_t merged = 0, rest;

	while ((p = skip_past(p, end, '<')) < end) {
		if (is_name_start(*p)) {
			p = skip_tag(p, end, &merged, &comparisons);
		} else if (*p == '!') {
			rest = short_comment(++p, end);
			if (!rest) {
				p = skip_declaration(p, end);
				continue;
			}
			buf_add(out, done, (size_t)(p - done));
			buf_addstr(out, "---->");
			done = p += rest;
		} else if (*p == '?' || *p == '/') {
			p = skip_past(p, end, '>');
		}
	}
	buf_add(out, done, (size_t)(end - done));
}
