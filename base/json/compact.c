/*
 * A strict scanner for JSON text (RFC 8259). It does not recurse but keeps an
 * array of open brackets, so deep documents cannot overflow the stack. It
 * writes while it checks: text without white space is one memcpy.
 *
 * Bytes inside strings are tested eight at a time. The special bytes are those
 * that the output must escape anyway: C0, '"', '\', DEL, and C1, which in UTF-8
 * is C2 80 to C2 9F.
 */
#include "base/json/compact.h"

#include <string.h>

#include "base/ascii.h"
#include "base/json/bytes.h"

/* The character before each value of a sequence (RFC 7464). */
#define JSON_SEPARATOR "\x1e"

/* State of the scanner: the text, the current position, and the part not yet
 * copied to out. */
struct scan {
	const char *at, *end;
	const char *run;	/* start of the part that was not copied yet */
	struct buf *out;
	size_t depth;		/* maximum number of brackets that may be
				 * open */
	bool keep_surrogates;	/* copy halves of surrogate pairs unchanged */
	const char *error;	/* static; NULL: no error so far */
};

/* The brackets that are open: '{' or '['. */
struct nesting {
	char open[JSON_MAX_NESTED];
	size_t depth;
};

static bool fail_scan(struct scan *s, const char *error)
{
	s->error = error;
	return false;
}

static bool at_end(const struct scan *s)
{
	return s->at == s->end;
}

static bool fail_unexpected(struct scan *s, const char *error)
{
	return fail_scan(s, at_end(s) ? "unexpected end" : error);
}

/* Copies the text between run and the current position. */
static void flush_run(struct scan *s)
{
	buf_add(s->out, s->run, (size_t)(s->at - s->run));
	s->run = s->at;
}

static void drop_space(struct scan *s)
{
	flush_run(s);
	while (!at_end(s) && ascii_is_blank(*s->at))
		s->at++;
	s->run = s->at;
}

static inline void skip_space(struct scan *s)
{
	if (!at_end(s) && ascii_is_blank(*s->at))
		drop_space(s);
}

static bool is_digit(const struct scan *s)
{
	return s->at < s->end && ascii_is_digit(*s->at);
}

/* Returns the code unit of the escape \uXXXX at p, or -1 if there is none. */
static int escaped_unit(const char *p, const char *end)
{
	int unit = 0;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		const int digit = ascii_hex_digit(p[i]);

		if (digit < 0)
			return -1;
		unit = unit << 4 | digit;
	}
	return unit;
}

/* Replaces an escape that is half of a surrogate pair by \ufffd. A half alone
 * is not a character, and many JSON readers reject it, some of them (jq 1.6)
 * with all text after it (RFC 8259, 8.2). */
static void replace_half(struct scan *s)
{
	s->at -= 6;
	flush_run(s);
	buf_addstr(s->out, "\\ufffd");
	s->at += 6;
	s->run = s->at;
}

/* Scans the digits after "\u". */
static bool scan_unit(struct scan *s)
{
	int unit;

	for (int i = 0; i < 4; i++, s->at++)
		if (at_end(s) || ascii_hex_digit(*s->at) < 0)
			return fail_unexpected(s, "bad \\u escape");
	unit = escaped_unit(s->at - 6, s->at);
	if (unit < 0xd800 || unit > 0xdfff)
		return true;
	if (unit < 0xdc00 && escaped_unit(s->at, s->end) >> 10 == 0xdc00 >> 10)
		s->at += 6;
	else if (!s->keep_surrogates)
		replace_half(s);
	return true;
}

/* Scans an escape; s->at is at the backslash. */
static bool scan_escape(struct scan *s)
{
	s->at++;
	if (at_end(s))
		return fail_unexpected(s, NULL);
	switch (*s->at++) {
	case '"': case '\\': case '/':
	case 'b': case 'f': case 'n': case 'r': case 't':
		return true;
	case 'u':
		return scan_unit(s);
	default:
		s->at--;
		return fail_scan(s, "bad escape");
	}
}

/* Replaces the character at s->at (DEL or C1) by its escape. */
static void escape_in_place(struct scan *s, unsigned code, size_t bytes)
{
	flush_run(s);
	json_add_escape(s->out, code);
	s->at += bytes;
	s->run = s->at;
}

/* Scans a string; s->at is at the opening quote. */
static bool scan_string(struct scan *s)
{
	s->at++;
	for (;;) {
		unsigned char c;

		s->at += json_plain_length(s->at, (size_t)(s->end - s->at));
		if (at_end(s))
			return fail_scan(s, "unexpected end in a string");
		c = (unsigned char)*s->at;
		if (c == '"') {
			s->at++;
			return true;
		}
		if (c == '\\') {
			if (!scan_escape(s))
				return false;
		} else if (c < 0x20) {
			return fail_scan(s, "control character in a string");
		} else if (c == 0x7f) {
			escape_in_place(s, c, 1);
		} else if (json_is_c1(s->at, s->end)) {
			escape_in_place(s, (unsigned char)s->at[1], 2);
		} else {
			s->at++;
		}
	}
}

static bool scan_digits(struct scan *s)
{
	if (!is_digit(s))
		return fail_unexpected(s, "bad number");
	while (is_digit(s))
		s->at++;
	return true;
}

static bool scan_number(struct scan *s)
{
	if (*s->at == '-')
		s->at++;
	if (!at_end(s) && *s->at == '0') {
		s->at++;
		if (is_digit(s))
			return fail_scan(s, "number with a leading zero");
	} else if (!scan_digits(s)) {
		return false;
	}
	if (!at_end(s) && *s->at == '.') {
		s->at++;
		if (!scan_digits(s))
			return false;
	}
	if (!at_end(s) && (*s->at | 0x20) == 'e') {
		s->at++;
		if (!at_end(s) && (*s->at == '+' || *s->at == '-'))
			s->at++;
		return scan_digits(s);
	}
	return true;
}

static bool scan_word(struct scan *s, const char *word)
{
	for (; *word; word++, s->at++)
		if (at_end(s) || *s->at != *word)
			return fail_unexpected(s, "unknown word");
	return true;
}

static bool scan_scalar(struct scan *s)
{
	if (at_end(s))
		return fail_unexpected(s, NULL);
	switch (*s->at) {
	case '"':
		return scan_string(s);
	case 't':
		return scan_word(s, "true");
	case 'f':
		return scan_word(s, "false");
	case 'n':
		return scan_word(s, "null");
	case '-':
	case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9':
		return scan_number(s);
	default:
		return fail_scan(s, "unexpected character");
	}
}

/* Scans a member's name and its colon, up to the value. */
static bool scan_name(struct scan *s)
{
	if (at_end(s) || *s->at != '"')
		return fail_unexpected(s, "a member has no name in quotes");
	if (!scan_string(s))
		return false;
	skip_space(s);
	if (at_end(s) || *s->at != ':')
		return fail_unexpected(s, "no colon after a name");
	s->at++;
	skip_space(s);
	return true;
}

static bool is_close(const struct scan *s, char open)
{
	return s->at < s->end && *s->at == open + 2;
}

static char innermost(const struct nesting *n)
{
	return n->open[n->depth - 1];
}

/* Scans opening brackets up to a scalar or an empty pair of brackets. */
static bool scan_down(struct scan *s, struct nesting *n)
{
	while (!at_end(s) && (*s->at == '{' || *s->at == '[')) {
		if (n->depth == s->depth)
			return fail_scan(s, "nested deeper than 200");
		n->open[n->depth++] = *s->at++;
		skip_space(s);
		if (is_close(s, innermost(n))) {
			s->at++;
			n->depth--;
			return true;
		}
		if (innermost(n) == '{' && !scan_name(s))
			return false;
	}
	return scan_scalar(s);
}

/* Scans the text after a value: closing brackets, until another value follows
 * or all brackets are closed. */
static bool scan_up(struct scan *s, struct nesting *n)
{
	for (;;) {
		skip_space(s);
		if (!n->depth)
			return true;
		if (!is_close(s, innermost(n)))
			break;
		s->at++;
		n->depth--;
	}
	if (at_end(s) || *s->at != ',')
		return fail_unexpected(s,
				       "neither a comma nor a closing bracket");
	s->at++;
	skip_space(s);
	if (is_close(s, innermost(n)))
		return fail_scan(s, "trailing comma");
	return innermost(n) == '[' || scan_name(s);
}

/* Scans a value and the white space around it. */
static bool scan_value(struct scan *s)
{
	struct nesting nesting;

	nesting.depth = 0;
	skip_space(s);
	do {
		if (!scan_down(s, &nesting) || !scan_up(s, &nesting))
			return false;
	} while (nesting.depth);
	flush_run(s);
	return true;
}

static bool scan_text(struct scan *s)
{
	return scan_value(s) &&
	       (at_end(s) || fail_scan(s, "more after the end"));
}

/* Returns true if the value before the current position clearly ends there:
 * after a number or a word, the next character must not be able to continue
 * it. */
static bool is_separated(const struct scan *s)
{
	return at_end(s) || strchr("}]\" \t\r\n", s->at[-1]) ||
	       strchr("{[\"" JSON_SEPARATOR, *s->at);
}

/* Scans a sequence of values and writes them with commas between them. */
static bool scan_values(struct scan *s)
{
	for (bool first = true;; first = false) {
		while (!at_end(s) &&
		       (ascii_is_blank(*s->at) || *s->at == *JSON_SEPARATOR))
			s->at++;
		s->run = s->at;
		if (at_end(s))
			return true;
		if (!first)
			buf_addch(s->out, ',');
		if (!scan_value(s))
			return false;
		if (!is_separated(s))
			return fail_scan(s, "unexpected character");
	}
}

static const char *compact_text(struct buf *out, const char *s, size_t len,
				size_t *at, bool (*read)(struct scan *s),
			   struct scan scan)
{
	const size_t before = out->len;

	if (!len)
		s = "";		/* s may be NULL */
	scan.out = out;
	scan.at = scan.run = s;
	scan.end = s + len;
	/* One allocation is enough unless something must be escaped. */
	buf_reserve(out, len + 2);
	if (read == scan_values)
		buf_addch(out, '[');
	if (!read(&scan)) {
		out->len = before;
		*at = (size_t)(scan.at - s);
	} else if (read == scan_values) {
		buf_addch(out, ']');
	}
	return scan.error;
}

const char *json_compact(struct buf *out, const char *s, size_t len,
			 size_t *at)
{
	return compact_text(out, s, len, at, scan_text,
			    (struct scan){.depth = JSON_MAX_DEPTH});
}

const char *json_compact_keep_surrogates(struct buf *out, const char *s,
					 size_t len, size_t *at)
{
	return compact_text(out, s, len, at, scan_text,
			    (struct scan){.depth = JSON_MAX_DEPTH,
				     .keep_surrogates = true});
}

const char *json_compact_values(struct buf *out, const char *s, size_t len,
				size_t *at)
{
	return compact_text(out, s, len, at, scan_values,
			    (struct scan){.depth = JSON_MAX_DEPTH});
}

bool json_add_checked(struct buf *out, struct slice text)
{
	size_t at;

	return !compact_text(out, text.p, text.len, &at, scan_text,
			     (struct scan){.depth = JSON_MAX_NESTED});
}
