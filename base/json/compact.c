/* Runs the scanner (base/json/scan.h) on texts that are one JSON value, and on
 * sequences of values. */
#include "base/json/compact.h"

#include <string.h>

#include "base/ascii.h"
#include "base/json/scan.h"

/* The character before each value of a sequence (RFC 7464). */
#define JSON_SEPARATOR '\x1e'

typedef struct json_place scan_function(struct json_scan *s,
					struct json_place at);

/* Scans a text that is one value. */
static struct json_place scan_text(struct json_scan *s, struct json_place at,
				   scan_function *scan)
{
	const char *rest;

	at = scan(s, at);
	if (!at.p)
		return at;
	rest = json_space_end(s, at.p);
	return rest == s->end ? at :
		json_scan_fail(s, rest, "more after the end");
}

static struct json_place copy_text(struct json_scan *s)
{
	const char *const first = json_space_end(s, s->text);

	return scan_text(s, json_scan_copy(s, first), json_scan_copy_value);
}

static bool is_separator(char c)
{
	return ascii_is_blank(c) || c == JSON_SEPARATOR;
}

/* Returns true if the value before p clearly ends at p: a number or a word must
 * not be followed by a character that could continue it. */
static bool is_separated(const struct json_scan *s, const char *p)
{
	return p == s->end || strchr("}]\"", p[-1]) || is_separator(*p) ||
	       strchr("{[\"", *p);
}

/* Scans a sequence of values and writes them with commas between them. */
static struct json_place copy_values(struct json_scan *s)
{
	struct json_place at = json_scan_copy(s, s->text);

	at = json_scan_insert(s, at, "[", 1);
	for (bool first = true;; first = false) {
		for (; at.p < s->end && is_separator(*at.p); at.p++)
			at.distance--;
		if (at.p == s->end)
			break;
		if (!first)
			at = json_scan_insert(s, at, ",", 1);
		at = json_scan_copy_value(s, at);
		if (!at.p)
			return at;
		if (!is_separated(s, at.p))
			return json_scan_fail(s, at.p, "unexpected character");
	}
	return json_scan_insert(s, at, "]", 1);
}

/* Scans a text with copy(), which appends the copy to out. */
static const char *compact_text(struct json_scan *s, struct buf *out,
				struct json_place (*copy)(struct json_scan *s),
				size_t *at)
{
	const size_t before = out->len;
	struct json_place place;

	s->out = out;
	place = copy(s);
	if (place.p) {
		out->len = (size_t)(json_place_copy(place) - out->data);
	} else {
		out->len = before;
		*at = (size_t)(s->error_at - s->text);
	}
	return s->error;
}

const char *json_compact(struct buf *out, const char *s, size_t len,
			 size_t *at)
{
	struct json_scan scan = json_scan_of(s, len, true);

	scan.max_depth = JSON_MAX_DEPTH;
	return compact_text(&scan, out, copy_text, at);
}

const char *json_compact_slowly(struct buf *out, const char *s, size_t len,
				size_t *at)
{
	struct json_scan scan = json_scan_of(s, len, false);

	scan.max_depth = JSON_MAX_DEPTH;
	return compact_text(&scan, out, copy_text, at);
}

const char *json_compact_keep_surrogates(struct buf *out, const char *s,
					 size_t len, size_t *at)
{
	struct json_scan scan = json_scan_of(s, len, true);

	scan.max_depth = JSON_MAX_DEPTH;
	scan.keep_surrogates = true;
	return compact_text(&scan, out, copy_text, at);
}

bool json_add_checked(struct buf *out, struct slice text)
{
	struct json_scan scan = json_scan_of(text.p, text.len, true);
	size_t at;

	scan.max_depth = JSON_MAX_NESTED;
	return !compact_text(&scan, out, copy_text, &at);
}

const char *json_check_values(struct slice text, struct json_checked *checked,
			      struct buf *out, size_t *at)
{
	struct json_scan scan = json_scan_of(text.p, text.len, true);
	const size_t before = out->len;

	scan.max_depth = JSON_MAX_DEPTH;
	if (!compact_text(&scan, out, copy_values, at))
		checked->json = (struct slice){out->data + before,
					       out->len - before};
	checked->is_utf8 = !scan.has_bad_utf8;
	return scan.error;
}

const char *json_compact_values(struct buf *out, const char *s, size_t len,
				size_t *at)
{
	struct json_checked unused;

	return json_check_values((struct slice){s, len}, &unused, out, at);
}

const char *json_check(struct slice text, struct json_checked *checked,
		       struct buf *out, size_t *at)
{
	struct json_scan scan = json_scan_of(text.p, text.len, true);
	const char *const first = json_space_end(&scan, scan.text);
	const size_t before = out->len;
	struct json_place end;

	scan.max_depth = JSON_MAX_DEPTH;
	end = scan_text(&scan, (struct json_place){first, 0}, json_scan_value);
	if (end.p) {
		checked->json = (struct slice){first, (size_t)(end.p - first)};
	} else if (scan.error) {
		*at = (size_t)(scan.error_at - scan.text);
	} else if (!compact_text(&scan, out, copy_text, at)) {
		checked->json = (struct slice){out->data + before,
					       out->len - before};
	}
	checked->is_utf8 = !scan.has_bad_utf8;
	return scan.error;
}
