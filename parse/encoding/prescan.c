/* Follows the standard step by step, so that every page is read in the same
 * encoding as in a browser: the encoding decides which bytes are markup. If the
 * bytes end within a step, no encoding is found. */
#include "parse/encoding/prescan.h"

#include <string.h>

#include "base/ascii.h"
#include "parse/encoding/prescan_markup.h"

struct attribute {
	struct slice name, value;
};

enum found { ATTRIBUTE, NO_ATTRIBUTE, OUT_OF_BYTES };

/* Values collected from the attributes of one <meta> element. */
struct meta {
	bool seen_http_equiv, seen_content, seen_charset;
	bool got_pragma;
	bool by_content;	/* charset comes from the attribute content:
				 * valid only with http-equiv=content-type */
	bool has_charset;
	const struct encoding *charset;	/* NULL: the label is unknown */
};

static bool skip_space(struct prescan_cursor *c)
{
	while (c->at < c->end && ascii_is_space(*c->at))
		c->at++;
	return c->at < c->end;
}

static const char *find_text(const char *from, const char *end,
			     const char *what)
{
	return from < end ? memmem(from, (size_t)(end - from), what,
				   strlen(what)) : NULL;
}

/* Moves past the next occurrence of what. If there is none, moves to the end
 * and returns false. */
static bool skip_past(struct prescan_cursor *c, const char *what)
{
	const char *p = find_text(c->at, c->end, what);

	c->at = p ? p + strlen(what) : c->end;
	return p != NULL;
}

/* Reads an attribute's value. The cursor is at its first byte. */
static enum found read_value(struct prescan_cursor *c, struct slice *value)
{
	char quote = *c->at;

	if (quote == '"' || quote == '\'') {
		const char *close;

		c->at++;
		close = memchr(c->at, quote, (size_t)(c->end - c->at));
		if (!close)
			return OUT_OF_BYTES;
		*value = (struct slice){c->at, (size_t)(close - c->at)};
		c->at = close + 1;
		return ATTRIBUTE;
	}
	value->p = c->at;
	while (c->at < c->end && !ascii_is_space(*c->at) && *c->at != '>')
		c->at++;
	value->len = (size_t)(c->at - value->p);
	return c->at < c->end ? ATTRIBUTE : OUT_OF_BYTES;
}

/* The algorithm "get an attribute" of the standard. */
static enum found read_attribute(struct prescan_cursor *c, struct attribute *a)
{
	*a = (struct attribute){0};
	while (c->at < c->end && (ascii_is_space(*c->at) || *c->at == '/'))
		c->at++;
	if (c->at == c->end)
		return OUT_OF_BYTES;
	if (*c->at == '>')
		return NO_ATTRIBUTE;
	a->name.p = c->at;
	while (c->at < c->end && !ascii_is_space(*c->at) && *c->at != '/' &&
	       *c->at != '>' && (*c->at != '=' || c->at == a->name.p))
		c->at++;
	a->name.len = (size_t)(c->at - a->name.p);
	if (c->at == c->end)
		return OUT_OF_BYTES;
	if (*c->at == '/' || *c->at == '>')
		return ATTRIBUTE;
	if (!skip_space(c))
		return OUT_OF_BYTES;
	if (*c->at != '=')
		return ATTRIBUTE;
	c->at++;
	if (!skip_space(c))
		return OUT_OF_BYTES;
	return read_value(c, &a->value);
}

/* Moves past the next "charset", in any letter case. */
static bool skip_past_charset(struct prescan_cursor *c)
{
	static const char word[] = "charset";
	const size_t len = sizeof(word) - 1;

	for (; (size_t)(c->end - c->at) >= len; c->at++) {
		if (!ascii_is((struct slice){c->at, len}, word))
			continue;
		c->at += len;
		return true;
	}
	return false;
}

/* Returns the encoding label in the value of content ("text/html;
 * charset=label"); empty if there is none. This is the standard's "extracting a
 * character encoding from a meta element". */
static struct slice charset_in(struct slice content)
{
	struct prescan_cursor c = {content.p, content.p};
	struct slice label = {0};

	if (!content.p)
		return label;
	c.end += content.len;
	while (skip_past_charset(&c)) {
		if (!skip_space(&c) || *c.at != '=')
			continue;
		c.at++;
		if (!skip_space(&c))
			break;
		if (*c.at == '"' || *c.at == '\'') {
			if (read_value(&c, &label) != ATTRIBUTE)
				label.len = 0;
			break;
		}
		label.p = c.at;
		while (c.at < c.end && !ascii_is_space(*c.at) && *c.at != ';')
			c.at++;
		label.len = (size_t)(c.at - label.p);
		break;
	}
	return label;
}

static bool first_time(bool *seen)
{
	bool first = !*seen;

	*seen = true;
	return first;
}

static void meta_add(struct meta *m, const struct attribute *a)
{
	if (ascii_is(a->name, "http-equiv")) {
		if (first_time(&m->seen_http_equiv))
			m->got_pragma = ascii_is(a->value, "content-type");
	} else if (ascii_is(a->name, "content")) {
		const struct encoding *e;

		if (!first_time(&m->seen_content) || m->has_charset ||
		    !a->value.len)
			return;
		e = encoding_by_label(charset_in(a->value));
		if (!e)
			return;
		m->charset = e;
		m->has_charset = m->by_content = true;
	} else if (ascii_is(a->name, "charset")) {
		if (!first_time(&m->seen_charset))
			return;
		m->charset = encoding_by_label(a->value);
		m->has_charset = true;
		m->by_content = false;
	}
}

/* Replaces UTF-16 by UTF-8: a document whose <meta> could be read as ASCII is
 * not in UTF-16. */
static const struct encoding *not_utf16(const struct encoding *e)
{
	if (e && !strncmp(e->name, "UTF-16", 6))
		return encoding_by_name("UTF-8");
	return e;
}

static const struct encoding *meta_result(const struct meta *m)
{
	if (!m->has_charset || (m->by_content && !m->got_pragma))
		return NULL;
	if (m->charset && m->charset->kind == ENCODING_USER_DEFINED)
		return encoding_by_name("windows-1252");
	return not_utf16(m->charset);
}

/* Reads the attributes of a <meta>. Returns false if the bytes end within the
 * tag; *e is NULL if the tag declares no encoding. */
static bool read_meta(struct prescan_cursor *c, const struct encoding **e)
{
	struct meta meta = {0};
	struct attribute a;
	enum found found;

	while ((found = read_attribute(c, &a)) == ATTRIBUTE)
		meta_add(&meta, &a);
	if (found == OUT_OF_BYTES)
		return false;
	*e = meta_result(&meta);
	return true;
}

static bool skip_tag(struct prescan_cursor *c)
{
	struct attribute a;
	enum found found;

	while (c->at < c->end && !ascii_is_space(*c->at) && *c->at != '>')
		c->at++;
	while ((found = read_attribute(c, &a)) == ATTRIBUTE)
		;
	return found == NO_ATTRIBUTE;
}

static bool is_meta(const struct prescan_cursor *c)
{
	return c->end - c->at > 5 &&
	       ascii_is((struct slice){c->at, 5}, "<meta") &&
	       (ascii_is_space(c->at[5]) || c->at[5] == '/');
}

bool prescan_markup(struct prescan_cursor *c, const struct encoding **e)
{
	size_t left = (size_t)(c->end - c->at);
	size_t slash = left > 1 && c->at[1] == '/';

	if (left >= 4 && !memcmp(c->at, "<!--", 4)) {
		/* "<!-->" is a complete comment. */
		c->at += 2;
		return skip_past(c, "-->");
	}
	if (is_meta(c)) {
		c->at += 5;
		return read_meta(c, e);
	}
	if (left > 1 + slash && ascii_is_letter(c->at[1 + slash]))
		return skip_tag(c);
	if (slash || (left > 1 && (c->at[1] == '!' || c->at[1] == '?')))
		return skip_past(c, ">");
	c->at++;
	return true;
}

const struct encoding *prescan_xml(struct slice body)
{
	struct prescan_cursor c = {.at = body.p};
	struct slice label;
	char quote;

	if (body.len < 5 || memcmp(body.p, "<?xml", 5))
		return NULL;
	c.end = memchr(body.p, '>', body.len);
	if (!c.end || !skip_past(&c, "encoding"))
		return NULL;
	while (c.at < c.end && (unsigned char)*c.at <= 0x20)
		c.at++;
	if (c.at == c.end || *c.at++ != '=')
		return NULL;
	while (c.at < c.end && (unsigned char)*c.at <= 0x20)
		c.at++;
	quote = c.at < c.end ? *c.at : '\0';
	if ((quote != '"' && quote != '\'') ||
	    read_value(&c, &label) != ATTRIBUTE)
		return NULL;
	for (size_t i = 0; i < label.len; i++)
		if ((unsigned char)label.p[i] <= 0x20)
			return NULL;
	return not_utf16(encoding_by_label(label));
}

static const struct encoding *prescan_beginning(struct slice body)
{
	const struct encoding *e = NULL;
	struct prescan_cursor c;

	if (!body.len)
		return NULL;	/* body.p may be NULL here */
	if (body.len >= 6 && !memcmp(body.p, "<\0?\0x\0", 6))
		return encoding_by_name("UTF-16LE");
	if (body.len >= 6 && !memcmp(body.p, "\0<\0?\0x", 6))
		return encoding_by_name("UTF-16BE");
	c = (struct prescan_cursor){body.p, body.p + body.len};
	while (!e && c.at < c.end) {
		c.at = memchr(c.at, '<', (size_t)(c.end - c.at));
		if (!c.at || !prescan_markup(&c, &e))
			break;
	}
	return e ? e : prescan_xml(body);
}

const struct encoding *prescan_html(struct slice body)
{
	const bool more = body.len > PRESCAN_BYTES;
	const struct slice beginning = {body.p,
					more ? PRESCAN_BYTES : body.len};
	const struct encoding *e = prescan_beginning(beginning);

	return e || !more ? e : prescan_head(body);
}
