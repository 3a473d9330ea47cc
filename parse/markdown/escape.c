/* Looks at each special character and at its neighbours: a backslash is added
 * only where Markdown would read markup. */
#include "parse/markdown/escape.h"

#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "parse/markdown/characters.h"

/* A character of a text. */
struct spot {
	const char *start, *at, *end;
	const struct md_escapes *how;
};

static char next_char(const struct spot *c)
{
	return c->at + 1 < c->end ? c->at[1] : '\0';
}

/* Returns true if the character is the text's last one and markup follows, so
 * that the next character is not known here. */
static bool is_before_markup(const struct spot *c)
{
	return c->at + 1 == c->end && c->how->next;
}

/* Returns true if both neighbours are of the class. Nothing after the text is
 * white space; the text before it is not known. */
static bool is_between(const struct spot *c, enum md_class class)
{
	return c->at > c->start && (c->at + 1 < c->end || !c->how->next) &&
	       md_class_before(c->start, c->at) == class &&
	       md_class_at(c->at + 1, c->end) == class;
}

/* A backslash makes the next character text, or a hard line break. */
static bool escapes_backslash(const struct spot *c)
{
	return c->at + 1 == c->end || md_is_punctuation(c->at[1]);
}

static bool escapes_backtick(const struct spot *c)
{
	return c->how->backtick;
}

static bool escapes_star(const struct spot *c)
{
	return c->how->star && !is_between(c, MD_SPACE);
}

static bool escapes_underscore(const struct spot *c)
{
	return c->how->underscore && !is_between(c, MD_SPACE) &&
	       !is_between(c, MD_LETTER);
}

static bool escapes_tilde(const struct spot *c)
{
	return c->how->tilde;
}

static bool escapes_dollar(const struct spot *c)
{
	return c->how->dollar;
}

static bool escapes_opening(const struct spot *c)
{
	return c->how->in_link || next_char(c) == '^' ||
	       (is_before_markup(c) && c->how->next == '?');
}

static bool escapes_closing(const struct spot *c)
{
	return c->how->in_link || next_char(c) == '(' ||
	       (is_before_markup(c) && c->how->next == '?');
}

static bool escapes_exclamation(const struct spot *c)
{
	return is_before_markup(c) && strchr("[?", c->how->next);
}

static bool escapes_less(const struct spot *c)
{
	const char next = next_char(c);

	return (is_before_markup(c) && strchr("!?", c->how->next)) ||
	       ascii_is_letter(next) || (next && strchr("/!?", next));
}

static bool escapes_ampersand(const struct spot *c)
{
	return md_is_reference(c->at, c->end) ||
	       (c->how->next == '?' && c->end - c->at < 40 &&
		!memchr(c->at, ' ', (size_t)(c->end - c->at)));
}

static bool ends_with(const struct spot *c, const char *word)
{
	const size_t len = strlen(word);
	const struct slice before = {c->at - len, len};

	return (size_t)(c->at - c->start) >= len && ascii_is(before, word);
}

/* GitHub makes a link of a URL in the text. */
static bool escapes_colon(const struct spot *c)
{
	if (c->how->in_link || c->end - c->at < 3 || c->at[1] != '/' ||
	    c->at[2] != '/')
		return false;
	return ends_with(c, "http") || ends_with(c, "https") ||
	       ends_with(c, "ftp");
}

static bool escapes_dot(const struct spot *c)
{
	if (c->how->in_link || !ends_with(c, "www"))
		return false;
	return c->at - c->start == 3 || !ascii_is_alphanumeric(c->at[-4]);
}

static bool escapes_pipe(const struct spot *c)
{
	return c->how->in_cell;
}

static bool (*const escapes[128])(const struct spot *c) = {
	['\\'] = escapes_backslash, ['`'] = escapes_backtick,
	['*'] = escapes_star,	    ['_'] = escapes_underscore,
	['~'] = escapes_tilde,	    ['$'] = escapes_dollar,
	['['] = escapes_opening,    [']'] = escapes_closing,
	['!'] = escapes_exclamation, ['<'] = escapes_less,
	['&'] = escapes_ampersand,  [':'] = escapes_colon,
	['.'] = escapes_dot,	    ['|'] = escapes_pipe,
};

bool md_is_reference(const char *s, const char *end)
{
	enum { LONGEST = 40 };
	const char *p = s + 1;

	if (p < end && *p == '#')
		p++;
	if (p == end || !ascii_is_alphanumeric(*p))
		return false;
	while (p < end && p - s < LONGEST && ascii_is_alphanumeric(*p))
		p++;
	return p < end && *p == ';';
}

void md_add_text(struct buf *out, const char *s, size_t len,
		 const struct md_escapes *how)
{
	struct spot c = {.start = s, .end = bytes_end(s, len), .how = how};
	const char *done = s;

	for (c.at = s; c.at < c.end; c.at++) {
		if (*c.at & 0x80 || !escapes[(uint8_t)*c.at] ||
		    !escapes[(uint8_t)*c.at](&c))
			continue;
		buf_add(out, done, (size_t)(c.at - done));
		buf_addch(out, '\\');
		done = c.at;
	}
	buf_add(out, done, (size_t)(c.end - done));
}
