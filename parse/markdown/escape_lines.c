/* Escapes what would begin another block at the beginning of a line. The lines
 * are examined as they are written, with their markup. */
#include <string.h>

#include "base/ascii.h"
#include "parse/markdown/escape.h"

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
 * footnote; NULL if there is none. */
static const char *find_definition(const char *s, const char *end)
{
	const char *p = s + 1;

	while (p < end && *p != ']' && *p != '[')
		p += *p == '\\' && p + 1 < end ? 2 : 1;
	return p + 1 < end && *p == ']' && p[1] == ':' ? p + 1 : NULL;
}

/* Returns the character of a line before which a backslash is needed so that
 * the line stays part of a paragraph; NULL if there is none. */
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
