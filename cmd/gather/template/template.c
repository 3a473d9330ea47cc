/* Fills templates. A value can change only its own segment in the path of a
 * URL, and a filled text has a limited size. */
#include "cmd/gather/template/template.h"

#include <stddef.h>
#include <string.h>

#include "base/slice.h"
#include "cmd/gather/template/pieces.h"
#include "cmd/gather/template/value.h"

/* Largest filled text in bytes: values may be long, and a template may use a
 * value many times. */
enum { FILLED_MAX = 64 << 20 };

/* The segment of a URL's path that is being written. */
struct segment {
	size_t start;		/* offset in out */
	struct slice placeholder; /* last placeholder in the segment */
	bool filled;
	bool path_ended; /* the query or fragment has begun */
};

/* Returns -1 if a value has made the segment "." or "..". For browsers, servers
 * and url_parse(), such a segment (also "%2e%2e") leads to another folder. */
static int end_segment(const struct segment *s, const struct buf *out,
		       struct buf *why)
{
	const size_t len = out->len - s->start;

	if (s->path_ended || !s->filled || !len || len > 2 ||
	    memcmp(out->data + s->start, "..", len))
		return 0;
	template_add_placeholder(why, s->placeholder);
	buf_addf(why, "makes \"%.*s\" a segment of the path, which would lead "
		      "to another folder", (int)len, "..");
	return -1;
}

static int add_url_text(struct segment *s, struct buf *out, struct slice text,
			struct buf *why)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.p[i];

		if (c == '/' || c == '\\' || c == '?' || c == '#') {
			if (end_segment(s, out, why))
				return -1;
			s->filled = false;
			s->start = out->len + 1;
			s->path_ended |= c == '?' || c == '#';
		}
		buf_addch(out, c);
	}
	return 0;
}

static int fill_placeholder(struct buf *out, struct slice name,
			    enum template_use use, const json_t *value,
			    struct buf *why)
{
	const char *wrong;

	value = template_look_up(value, name, why);
	if (!value)
		return -1;
	wrong = out->len > FILLED_MAX
			? "makes the text longer than 64 MB"
			: template_add_value(out, use, value, !name.len);
	if (!wrong)
		return 0;
	template_add_placeholder(why, name);
	buf_addstr(why, wrong);
	return -1;
}

static int fill_piece(struct buf *out, struct piece piece,
		      enum template_use use, const json_t *value,
		      struct segment *segment, struct buf *why)
{
	switch (piece.kind) {
	case PIECE_BAD:
		buf_addstr(why, piece_fault(piece));
		return -1;
	case PIECE_PLACEHOLDER:
		segment->placeholder = piece.text;
		segment->filled = true;
		return fill_placeholder(out, piece.text, use, value, why);
	default:
		if (use == TEMPLATE_URL)
			return add_url_text(segment, out, piece.text, why);
		buf_add(out, piece.text.p, piece.text.len);
		return 0;
	}
}

int template_fill(struct buf *out, const char *text, enum template_use use,
		  const json_t *value, struct buf *why)
{
	const size_t before = out->len;
	struct segment segment = {.start = before};
	struct piece piece;

	if (!value) {
		buf_addstr(out, text);
		return 0;
	}
	while ((piece = piece_next(&text, PIECES_PLACEHOLDERS)).kind !=
	       PIECE_END)
		if (fill_piece(out, piece, use, value, &segment, why))
			goto fail;
	if (use != TEMPLATE_URL || !end_segment(&segment, out, why))
		return 0;
fail:
	out->len = before;
	return -1;
}

static json_t *fill_string(const json_t *string, const json_t *value,
			   struct buf *why)
{
	const char *text = json_string_value(string), *at = text;
	const struct piece piece = piece_next(&at, PIECES_PLACEHOLDERS);
	struct buf out = {0};
	json_t *filled = NULL;

	if (piece.kind == PIECE_PLACEHOLDER && !*at) {
		value = template_look_up(value, piece.text, why);
		return value ? json_deep_copy(value) : NULL;
	}
	if (!template_fill(&out, text, TEMPLATE_TEXT, value, why))
		filled = json_stringn(buf_cstr(&out), out.len);
	buf_release(&out);
	return filled;
}

static json_t *fill_array(const json_t *array, const json_t *value,
			  struct buf *why)
{
	json_t *filled = json_array();

	for (size_t i = 0; i < json_array_size(array); i++) {
		json_t *element = template_fill_json(json_array_get(array, i),
						     value, why);

		if (json_array_append_new(filled, element)) {
			json_decref(filled);
			return NULL;
		}
	}
	return filled;
}

static json_t *fill_object(const json_t *object, const json_t *value,
			   struct buf *why)
{
	json_t *filled = json_object(), *member;
	const char *name;
	size_t len;

	json_object_keylen_foreach((json_t *)object, name, len, member) {
		json_t *new = template_fill_json(member, value, why);

		if (json_object_setn_new(filled, name, len, new)) {
			json_decref(filled);
			return NULL;
		}
	}
	return filled;
}

json_t *template_fill_json(const json_t *json, const json_t *value,
			   struct buf *why)
{
	if (!value)
		return json_deep_copy(json);
	switch (json_typeof(json)) {
	case JSON_STRING:
		return fill_string(json, value, why);
	case JSON_ARRAY:
		return fill_array(json, value, why);
	case JSON_OBJECT:
		return fill_object(json, value, why);
	default:
		return json_deep_copy(json);
	}
}
