/*
 * The scanner for objects, arrays and white space. It does not recurse but
 * keeps an array of open brackets, so deep documents cannot overflow the stack.
 *
 * Most functions are compiled three times, with constants for two flags.
 * `copies`: the text is copied while it is scanned. `guarded`: the end of the
 * text is tested before each byte is read. A scan may be unguarded if the last
 * byte of the text, without white space at the end, is a closing bracket. This
 * bracket stops all loops, and only the end of an object or array takes it, so
 * testing for the end after closing brackets and inside of strings is enough. A
 * text with another last byte is cut off, or a single number, word or string.
 */
#include "base/json/scan.h"

#include <string.h>

#include "base/ascii.h"
#include "base/json/compact.h"
#include "base/json/scan_scalar.h"
#include "base/json/scan_string.h"

/* The closing bracket, '}' or ']', of each open bracket, from index 1 on. */
struct nesting {
	size_t depth;
	char close[JSON_MAX_NESTED + 1];
};

struct json_place json_scan_fail(struct json_scan *s, const char *p,
				 const char *error)
{
	s->error = error;
	s->error_at = p;
	return json_scan_stop();
}

struct json_place json_scan_fail_unexpected(struct json_scan *s, const char *p,
					    const char *error)
{
	return json_scan_fail(s, p, p == s->end ? "unexpected end" : error);
}

/* Makes room in the copy for the rest of the text and len bytes more. */
static struct json_place make_room(struct json_scan *s, struct json_place at,
				   size_t len)
{
	struct buf *out = s->out;
	const char *const old = out->data;

	out->len = (size_t)(json_place_copy(at) - old);
	buf_reserve(out, (size_t)(s->end - at.p) + JSON_BLOCK + len);
	at.distance += (uintptr_t)out->data - (uintptr_t)old;
	return at;
}

struct json_place json_scan_insert(struct json_scan *s, struct json_place at,
				   const char *bytes, size_t len)
{
	at = make_room(s, at, len);
	memcpy(json_place_copy(at), bytes, len);
	at.distance += len;
	return at;
}

struct json_place json_scan_copy(struct json_scan *s, const char *p)
{
	char *to = buf_reserve(s->out, (size_t)(s->end - p) + JSON_BLOCK);

	return (struct json_place){p, (uintptr_t)to - (uintptr_t)p};
}

/* --- White space ---------------------------------------------------------- */

const char *json_space_end(const struct json_scan *s, const char *p)
{
	while (json_scan_has_block(s, p)) {
		const size_t len = json_first_bit(
			~json_spaces(json_block_load(p)));

		p += len;
		if (len < JSON_BLOCK)
			return p;
	}
	while (p < s->end && ascii_is_blank(*p))
		p++;
	return p;
}

static struct json_place drop_long_space(struct json_scan *s,
					 struct json_place at, bool copies)
{
	const char *const end = json_space_end(s, at.p);

	if (end != at.p && !copies)
		return json_scan_stop();
	at.distance -= (size_t)(end - at.p);
	at.p = end;
	return at;
}

/* Drops white space; there may be none. It is often a line end with spaces
 * after it, or a single space. */
INLINED struct json_place drop_space(struct json_scan *s, struct json_place at,
				     bool copies)
{
	size_t len = 1;

	if (!copies || !json_scan_has_block(s, at.p))
		return drop_long_space(s, at, copies);
	if (*at.p == '\n')
		len += json_first_bit(~json_equals(json_block_load(at.p + 1),
						   ' '));
	else if (*at.p != ' ')
		return drop_long_space(s, at, copies);
	at.distance -= len;
	at = json_place_add(at, len);
	return *at.p > ' ' ? at : drop_long_space(s, at, copies);
}

/* Returns true if a byte before a token may be white space. */
INLINED bool may_be_space(char c)
{
	return c <= ' ';
}

/* Drops the white space after a colon, which is often a single space. */
INLINED struct json_place drop_short_space(struct json_scan *s,
					   struct json_place at, bool guarded,
					   bool copies)
{
	if (guarded || *at.p != ' ' || may_be_space(at.p[1]))
		return drop_long_space(s, at, copies);
	at.distance--;
	return json_place_add(at, 1);
}

/* --- Objects and arrays --------------------------------------------------- */

static struct json_place fail_name(struct json_scan *s, struct json_place at,
				   bool copies)
{
	at = drop_long_space(s, at, copies);
	if (!at.p)
		return at;
	/* An object without members was recognised before, so there is a comma
	 * before the bracket. */
	return json_scan_fail_unexpected(
		s, at.p, at.p < s->end && *at.p == '}' ?
			"trailing comma" : "a member has no name in quotes");
}

/* Scans the colon after a name, and the white space before it. */
static struct json_place scan_colon(struct json_scan *s, struct json_place at,
				    bool copies)
{
	at = drop_long_space(s, at, copies);
	if (!at.p)
		return at;
	if (at.p == s->end || *at.p != ':')
		return json_scan_fail_unexpected(s, at.p,
						 "no colon after a name");
	return json_place_token(at, ":", 1, copies);
}

/* Scans a member's name and its colon, and drops the white space before the
 * value. */
INLINED struct json_place scan_name(struct json_scan *s, struct json_place at,
				    bool guarded, bool copies)
{
	bool has_colon;

	if (json_scan_peek(s, at.p, guarded) != '"')
		return fail_name(s, at, copies);
	at = json_scan_string(s, at, ':', &has_colon, copies);
	if (!at.p)
		return at;
	if (!has_colon)
		at = scan_colon(s, at, copies);
	if (copies && at.p && may_be_space(json_scan_peek(s, at.p, guarded)))
		at = drop_short_space(s, at, guarded, copies);
	return at;
}

/* Returns the bracket that closes the innermost open one. */
INLINED char innermost(const struct nesting *n)
{
	return n->close[n->depth];
}

/* Scans an opening bracket and the white space after it. */
INLINED struct json_place open_bracket(struct json_scan *s,
				       struct json_place at, struct nesting *n,
				       const char *brackets, bool guarded,
				       bool copies)
{
	if (n->depth == s->max_depth)
		return json_scan_fail(s, at.p, "nested deeper than 200");
	n->close[++n->depth] = brackets[1];
	at = json_place_token(at, brackets, 1, copies);
	if (may_be_space(json_scan_peek(s, at.p, guarded)))
		at = drop_space(s, at, copies);
	return at;
}

/* Scans opening brackets and the first scalar in them; or, if the innermost
 * object or array is empty, stops before its closing bracket. The comma after a
 * string may be scanned as well: *has_comma says if it was. */
INLINED struct json_place scan_down(struct json_scan *s, struct json_place at,
				    struct nesting *n, bool *has_comma,
				    bool guarded, bool copies)
{
	*has_comma = false;
	for (;;) {
		const char c = json_scan_peek(s, at.p, guarded);

		if (c == '"')
			return json_scan_string(s, at, ',', has_comma, copies);
		if (c == '{') {
			at = open_bracket(s, at, n, "{}", guarded, copies);
			if (!at.p || json_scan_peek(s, at.p, guarded) == '}')
				return at;
			at = scan_name(s, at, guarded, copies);
		} else if (c == '[') {
			at = open_bracket(s, at, n, "[]", guarded, copies);
			if (!at.p || json_scan_peek(s, at.p, guarded) == ']')
				return at;
		} else {
			return json_scan_scalar(s, at, innermost(n), guarded,
						copies);
		}
		if (!at.p)
			return at;
	}
}

/* Scans closing brackets and white space. Stops before a comma, or when all
 * brackets are closed. */
INLINED struct json_place close_brackets(struct json_scan *s,
					 struct json_place at,
					 struct nesting *n, bool guarded,
					 bool copies)
{
	for (;;) {
		char c = json_scan_peek(s, at.p, guarded);

		if (may_be_space(c)) {
			at = drop_space(s, at, copies);
			if (!at.p)
				return at;
			c = json_scan_peek(s, at.p, guarded);
		}
		if (c == ',')
			return at;
		if (c != innermost(n))
			return json_scan_fail_unexpected(
				s, at.p,
				"neither a comma nor a closing bracket");
		at = json_place_next(at, copies);
		if (!--n->depth)
			return at;
		if (at.p >= s->last)
			return json_scan_fail(s, s->end, "unexpected end");
	}
}

/* Scans the text between a comma and the next value. */
INLINED struct json_place scan_up(struct json_scan *s, struct json_place at,
				  const struct nesting *n, bool guarded,
				  bool copies)
{
	if (copies && may_be_space(json_scan_peek(s, at.p, guarded)))
		at = drop_space(s, at, copies);
	return innermost(n) == '}' ? scan_name(s, at, guarded, copies) : at;
}

/* Scans an object or array. */
INLINED struct json_place scan_nested(struct json_scan *s,
				      struct json_place at, bool guarded,
				      bool copies)
{
	struct nesting nesting;
	bool has_comma;

	nesting.depth = 0;
	nesting.close[0] = '\0';
	for (;;) {
		at = scan_down(s, at, &nesting, &has_comma, guarded, copies);
		if (!at.p)
			return at;
		if (!has_comma && json_scan_peek(s, at.p, guarded) != ',') {
			at = close_brackets(s, at, &nesting, guarded, copies);
			if (!at.p || !nesting.depth)
				return at;
		}
		if (!has_comma)
			at = json_place_token(at, ",", 1, copies);
		at = scan_up(s, at, &nesting, guarded, copies);
		if (!at.p)
			return at;
	}
}

struct json_scan json_scan_of(const char *s, size_t len, bool blocks)
{
	const char *const text = len ? s : "";	/* s may be NULL */
	const char *const end = text + len, *last = end;

	while (last > text && ascii_is_blank(last[-1]))
		last--;
	return (struct json_scan){
		.text = text,
		.end = end,
		.last = last,
		.blocks_end = blocks && len > JSON_BLOCK + 2 ?
				      end - JSON_BLOCK - 2 : text,
	};
}

/* Returns true if a bracket ends the text. */
static bool ends_itself(const struct json_scan *s)
{
	return s->last > s->text && (s->last[-1] == '}' || s->last[-1] == ']');
}

struct json_place json_scan_value(struct json_scan *s, struct json_place at)
{
	if (!ends_itself(s) || (*at.p != '{' && *at.p != '['))
		return json_scan_stop();
	return scan_nested(s, at, false, false);
}

struct json_place json_scan_copy_value(struct json_scan *s,
				       struct json_place at)
{
	const char c = json_scan_peek(s, at.p, true);

	if (c == '"')
		return json_scan_copy_string_rest(
			s, json_place_token(at, "\"", 1, true));
	if (c != '{' && c != '[')
		return json_scan_scalar(s, at, '\0', true, true);
	return ends_itself(s) ? scan_nested(s, at, false, true) :
				scan_nested(s, at, true, true);
}
