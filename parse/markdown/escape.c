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
 * white space; what is before it is not known. */
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

/* Returns true if a character reference begins here, even one that HTML does
 * not know. */
static bool is_reference(const char *s, const char *end)
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

static bool escapes_ampersand(const struct spot *c)
{
	return is_reference(c->at, c->end) ||
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

/* Appends a character of a title or a destination, without an escape. In these,
 * GitHub's parser takes references for what they stand for before it removes
 * backslashes, so that a backslash does not help. */
static void add_quoted(struct buf *out, const char *s, const char *end)
{
	if (*s == '&' && is_reference(s, end))
		buf_addstr(out, "&amp;");
	else
		buf_addch(out, *s);
}

static bool escapes_in_title(const char *s, const char *end, bool in_cell)
{
	switch (*s) {
	case '"':
		return true;
	case '\\':
		return s + 1 == end || md_is_punctuation(s[1]);
	case '|':
		return in_cell;
	default:
		return false;
	}
}

void md_add_title(struct buf *out, const char *s, size_t len, bool in_cell)
{
	const char *end = bytes_end(s, len);

	buf_addstr(out, " \"");
	for (; s < end; s++) {
		if (escapes_in_title(s, end, in_cell))
			buf_addch(out, '\\');
		add_quoted(out, s, end);
	}
	buf_addch(out, '"');
}

/* Returns true if the parentheses are in pairs, as they must be in a
 * destination without angle brackets. Parsers limit the depth to 32. */
static bool is_balanced(const char *s, const char *end)
{
	enum { DEPTH = 30 };
	int depth = 0;

	for (; s < end && depth >= 0 && depth <= DEPTH; s++)
		depth += (*s == '(') - (*s == ')');
	return depth == 0;
}

static bool needs_angles(const char *s, const char *end)
{
	if (s == end)
		return true;
	for (; s < end; s++)
		if ((uint8_t)*s <= ' ' || *s == 0x7f || *s == '<')
			return true;
	return false;
}

static bool escapes_in_url(const char *s, const char *end, const char *set,
			   bool in_cell)
{
	if (*s == '\\')
		return s + 1 == end || md_is_punctuation(s[1]);
	return (*s == '|' && in_cell) || (*s && strchr(set, *s));
}

void md_add_destination(struct buf *out, const char *s, size_t len,
			bool in_cell)
{
	const char *end = bytes_end(s, len);
	const bool angles = needs_angles(s, end);
	const char *set = angles ? "<>" : is_balanced(s, end) ? "" : "()";

	if (angles)
		buf_addch(out, '<');
	for (; s < end; s++) {
		if (*s == '\n' || *s == '\r') {
			buf_addstr(out, *s == '\n' ? "%0A" : "%0D");
			continue;
		}
		if (escapes_in_url(s, end, set, in_cell))
			buf_addch(out, '\\');
		add_quoted(out, s, end);
	}
	if (angles)
		buf_addch(out, '>');
}

/* Returns true if all characters from s on are in the set. */
static bool is_only(const char *s, const char *end, const char *set)
{
	while (s < end && strchr(set, *s))
		s++;
	return s == end;
}

static bool is_space_or_end(const char *s, const char *end)
{
	return s == end || *s == ' ';
}

/* Returns the length of a run of the character at s, limited to most. */
static size_t run_length(const char *s, const char *end, size_t most)
{
	size_t len = 1;

	while (len < most && s + len < end && s[len] == *s)
		len++;
	return len;
}

/* Returns the position of the '.' or ')' of a number that would begin a list;
 * NULL: the line does not begin with one. */
static const char *find_list_mark(const char *s, const char *end)
{
	enum { DIGITS = 9 };
	const char *p = s;

	while (p < end && p - s <= DIGITS && ascii_is_digit(*p))
		p++;
	if (p == s || p - s > DIGITS || p == end || (*p != '.' && *p != ')'))
		return NULL;
	return is_space_or_end(p + 1, end) ? p : NULL;
}

/* Returns the ':' that would make the line the definition of a link or a
 * footnote; NULL: there is none. */
static const char *find_definition(const char *s, const char *end)
{
	const char *p = s + 1;

	while (p < end && *p != ']' && *p != '[')
		p += *p == '\\' && p + 1 < end ? 2 : 1;
	return p + 1 < end && *p == ']' && p[1] == ':' ? p + 1 : NULL;
}

/* Returns the character of a line before which a backslash is needed so that
 * the line stays part of a paragraph; NULL: none. */
static const char *find_block_start(const char *s, const char *end,
				    bool first)
{
	const size_t len = (size_t)(end - s);
	const char *p, *set = (char[]){*s, ' ', '\0'};

	switch (*s) {
	case '#':
		return is_space_or_end(s + run_length(s, end, 7), end) &&
				       run_length(s, end, 7) < 7 ? s : NULL;
	case '>':
		return s;
	case '-':
	case '+':
	case '*':
	case '_':
	case '=':
		if (*s != '_' && *s != '=' && is_space_or_end(s + 1, end))
			return s;
		if (is_only(s, end, set))
			return s;
		return !first && is_only(s, end, "-|: ") ? s : NULL;
	case ':':
	case '|':
		return !first && is_only(s, end, "-|: ") ? s : NULL;
	case '`':
		p = s + run_length(s, end, len);
		return p - s > 2 && !memchr(p, '`', (size_t)(end - p)) ? s
								   : NULL;
	case '~':
		return run_length(s, end, 3) == 3 ? s : NULL;
	default:
		return find_list_mark(s, end);
	}
}

static bool is_task(const char *s, const char *end)
{
	return end - s > 3 && s[0] == '[' && s[2] == ']' && s[3] == ' ' &&
	       strchr(" xX", s[1]);
}

static void add_line(struct buf *out, const char *s, const char *end,
		     bool first)
{
	const char *at = s < end ? find_block_start(s, end, first) : NULL;

	if (at) {
		buf_add(out, s, (size_t)(at - s));
		buf_addch(out, '\\');
		s = at;
	}
	buf_add(out, s, (size_t)(end - s));
}

/* Returns the end of the line, where the backslash of a hard line break is not
 * part of the line. */
static const char *line_end(const char *s, const char *end)
{
	const char *p = memchr(s, '\n', (size_t)(end - s));

	return p ? p - 1 : end;
}

void md_escape_lines(struct buf *out, const char *s, size_t len, bool task)
{
	const char *end = bytes_end(s, len);
	const char *colon = len && *s == '[' ? find_definition(s, end) : NULL;
	bool first = true;

	if (colon) {
		buf_add(out, s, (size_t)(colon - s));
		buf_addch(out, '\\');
		s = colon;
	} else if (task && is_task(s, end)) {
		buf_addch(out, '\\');
	}
	for (;; first = false) {
		const char *line = line_end(s, end);

		add_line(out, s, line, first);
		if (line == end)
			return;
		buf_addstr(out, "\\\n");
		s = line + 2;
	}
}

void md_escape_heading(struct buf *out, const char *s, size_t len)
{
	size_t i = len;

	while (i && s[i - 1] == '#')
		i--;
	buf_add(out, s, i);
	if (i < len && (!i || s[i - 1] == ' '))
		buf_addch(out, '\\');
	buf_add(out, s + i, len - i);
}
