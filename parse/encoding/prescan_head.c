/*
 * Searches for a <meta> beyond the standard's 1,024 bytes, as Chromium and
 * Safari do while only elements of a head have occurred (Chromium's
 * html_meta_charset_parser.cc): the <meta> often follows a long inline script.
 * The browsers' tokenizer treats tags inside a script, style or title as text,
 * and so does this search. It starts again at the first byte, because the
 * standard's prescan, which takes such tags for markup, may have stopped inside
 * a script.
 */
#include <string.h>

#include "base/ascii.h"
#include "parse/encoding/prescan_markup.h"

/* Elements allowed in a head. Elements inside noscript count, since scripts are
 * off. */
static const struct element {
	const char *name;
	size_t len;		/* length of the name */
	bool raw;		/* the element's content is text without tags */
	bool end_ends;		/* the element's end tag ends the head */
} of_head[] = {
	{"meta", 4, false, false},
	{"link", 4, false, false},
	{"script", 6, true, false},
	{"style", 5, true, false},
	{"title", 5, true, false},
	{"base", 4, false, false},
	{"noscript", 8, false, false},
	{"object", 6, false, false},
	{"head", 4, false, true},
	{"html", 4, false, true},
};

/* LONG_NAME: longer than the name of any element of a head. LONG_HEAD: number
 * of bytes of the head after which the rest is searched for "charset", to end
 * the scan if no <meta> can declare one. */
enum { LONG_NAME = 16, LONG_HEAD = 64 << 10 };

struct tag {
	struct slice name;	/* name of the element; empty: this is not a
				 * tag */
	bool is_end;
};

static bool ends_name(char c)
{
	return ascii_is_space(c) || c == '/' || c == '>';
}

/* Reads the tag at a '<'. Of a long name only the beginning is read: the rest
 * may contain more '<', and each would be scanned again. */
static struct tag read_tag(const char *p, const char *end)
{
	struct tag tag = {0};
	size_t len = 0;

	tag.is_end = p + 1 < end && p[1] == '/';
	p += 1 + tag.is_end;
	if (p == end || !ascii_is_letter(*p))
		return tag;
	while (p + len < end && len < LONG_NAME && !ends_name(p[len]))
		len++;
	if (p + len < end)
		tag.name = (struct slice){p, len};
	return tag;
}

static const struct element *find_element(const struct tag *tag)
{
	for (size_t i = 0; i < sizeof(of_head) / sizeof(*of_head); i++)
		if (tag->name.len == of_head[i].len &&
		    ascii_is(tag->name, of_head[i].name))
			return &of_head[i];
	return NULL;
}

static bool begins(const struct prescan_cursor *c, const char *what)
{
	const size_t len = strlen(what);

	return (size_t)(c->end - c->at) >= len && !memcmp(c->at, what, len);
}

/* Skips a comment-like part of a script. After "<!--", a "<script" makes the
 * next "</script" part of the text. Moves to "-->" or to the end tag of the
 * script. */
static void skip_escaped(struct prescan_cursor *c)
{
	bool hidden = false;

	for (; c->at < c->end && !begins(c, "-->"); c->at++) {
		struct tag tag;

		if (*c->at != '<')
			continue;
		tag = read_tag(c->at, c->end);
		if (!ascii_is(tag.name, "script"))
			continue;
		if (tag.is_end && !hidden)
			return;
		hidden = !tag.is_end;
	}
}

/* Moves to the end tag of an element whose content is text without tags.
 * Returns false if there is no end tag. */
static bool skip_text(struct prescan_cursor *c, const char *name)
{
	const bool script = !strcmp(name, "script");
	struct tag tag;

	for (;;) {
		c->at = memchr(c->at, '<', (size_t)(c->end - c->at));
		if (!c->at)
			return false;
		tag = read_tag(c->at, c->end);
		if (tag.is_end && ascii_is(tag.name, name))
			return true;
		if (script && begins(c, "<!--")) {
			/* The dashes of "<!--" may also be those of "-->", as
			 * in "<!-->". */
			c->at += 2;
			skip_escaped(c);
		} else {
			c->at++;
		}
	}
}

/* Returns false if the '<' at the cursor is text. */
static bool is_markup(const struct prescan_cursor *c)
{
	const char next = c->end - c->at > 1 ? c->at[1] : '\0';

	return ascii_is_letter(next) || next == '/' || next == '!' ||
	       next == '?';
}

/* Moves to the next markup that begins before the limit. Returns false if there
 * is none. */
static bool find_markup(struct prescan_cursor *c, const char *limit)
{
	for (; c->at < limit; c->at++) {
		c->at = memchr(c->at, '<', (size_t)(limit - c->at));
		if (!c->at)
			return false;
		if (is_markup(c))
			return true;
	}
	return false;
}

/* Returns true if the text contains "charset", in any letter case. Tests the
 * last character of the word first: most characters are not in the word, so
 * most steps of the search advance by seven bytes (Horspool's algorithm). */
static bool has_charset(const char *p, const char *end)
{
	static const char word[] = "charset";
	static const unsigned char skip[256] = {
		['c'] = 6, ['h'] = 5, ['a'] = 4, ['r'] = 3, ['s'] = 2, ['e'] = 1,
		['C'] = 6, ['H'] = 5, ['A'] = 4, ['R'] = 3, ['S'] = 2, ['E'] = 1,
	};
	const ptrdiff_t len = sizeof(word) - 1;

	while (end - p >= len) {
		const char last = p[len - 1];
		const unsigned char step = skip[(unsigned char)last];

		if (ascii_lower(last) == 't' &&
		    ascii_is((struct slice){p, (size_t)len}, word))
			return true;
		p += step ? step : len;
	}
	return false;
}

const struct encoding *prescan_head(struct slice body)
{
	struct prescan_cursor c = {body.p, body.p + body.len};
	const char *const least = body.p + PRESCAN_BYTES;
	const struct encoding *e = NULL;
	bool in_head = true, long_head = false;

	while (find_markup(&c, in_head ? c.end : least)) {
		const struct tag tag = read_tag(c.at, c.end);
		const struct element *element = find_element(&tag);

		if (!long_head && c.at - body.p > LONG_HEAD) {
			long_head = true;
			if (!has_charset(c.at, c.end))
				break;
		}
		if (!prescan_markup(&c, &e) || e)
			return e;
		if (tag.name.len && (!element ||
				     (tag.is_end && element->end_ends)))
			in_head = false;
		if (element && element->raw && !tag.is_end &&
		    !skip_text(&c, element->name))
			break;
	}
	return NULL;
}
