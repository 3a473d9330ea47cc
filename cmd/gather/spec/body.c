/* Reads the body of a request, which is one of "json", "body" and "form". */
#include <string.h>

#include "base/mem.h"
#include "base/percent.h"
#include "base/url/url.h"
#include "cmd/gather/spec/reader.h"

/* Adds the value of a form field. Text between placeholders is encoded here;
 * values are encoded when they are filled in. */
static void add_encoded(struct spec_reader *r, struct buf *form,
			const char *text)
{
	struct piece piece;

	if (!r->current.has_each) {
		percent_encode_form(form, text, strlen(text));
		return;
	}
	while ((piece = piece_next(&text, PIECES_PLACEHOLDERS)).kind) {
		const struct slice whole = piece_with_braces(piece);

		if (piece.kind == PIECE_PLACEHOLDER)
			buf_add(form, whole.p, whole.len);
		else
			percent_encode_form(form, piece.text.p, piece.text.len);
	}
}

static int add_pair(struct spec_reader *r, const char *name, json_t *value,
		    void *ctx)
{
	struct buf *form = ctx, text = {0};
	int err = 0;

	if (json_is_string(value))
		err = gather_read_template(r, json_string_value(value), &text,
					   NULL);
	else if (json_is_number(value) || json_is_boolean(value))
		gather_add_scalar(&text, value);
	else
		err = json_path_fail(&r->place, "must be a string, number or "
						"boolean, or an array of "
						"those");
	if (!err) {
		gather_keep_template(r, buf_cstr(&text), IN_TEXT);
		if (form->len)
			buf_addch(form, '&');
		percent_encode_form(form, name, strlen(name));
		buf_addch(form, '=');
		add_encoded(r, form, buf_cstr(&text));
	}
	buf_release(&text);
	return err;
}

static int add_pairs(struct spec_reader *r, const char *name, json_t *values,
		     void *form)
{
	return gather_read_elements(r, name, values, add_pair, form);
}

static int read_form(struct spec_reader *r, json_t *object)
{
	struct buf form = {0};

	if (gather_read_members(r, object, add_pairs, &form)) {
		buf_release(&form);
		return -1;
	}
	r->current.e->body = buf_detach(&form);
	r->current.e->form = true;
	return 0;
}

static int read_text(struct spec_reader *r, json_t *value)
{
	struct buf body = {0};

	if (!json_is_string(value))
		return json_path_fail(&r->place, "must be a string (for any "
						 "other value: \"json\")");
	if (gather_read_template(r, json_string_value(value), &body, NULL)) {
		buf_release(&body);
		return -1;
	}
	r->current.e->body = buf_detach(&body);
	gather_keep_template(r, r->current.e->body, IN_TEXT);
	return 0;
}

static int read_string(struct spec_reader *r, const char *text,
		       struct buf *to)
{
	if (gather_read_template(r, text, to, NULL))
		return -1;
	gather_keep_template(r, buf_cstr(to), IN_JSON);
	return 0;
}

static int read_json(struct spec_reader *r, json_t *value)
{
	r->current.e->json = gather_read_json(r, value, read_string);
	return r->current.e->json ? 0 : -1;
}

static const struct body_key {
	const char *key;
	int (*read)(struct spec_reader *r, json_t *value);
} keys[] = {
	{"json", read_json},
	{"body", read_text},
	{"form", read_form},
};

int gather_read_body(struct spec_reader *r, const json_t *endpoint)
{
	const struct body_key *found = NULL;
	size_t before;

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		if (!json_object_get(endpoint, keys[i].key))
			continue;
		if (found)
			return json_path_failf(&r->place,
					       "has both \"%s\" and \"%s\": a "
					       "request has one body",
					       found->key, keys[i].key);
		found = &keys[i];
	}
	if (!found)
		return 0;
	before = json_path_enter(&r->place, found->key);
	if (found->read(r, json_object_get(endpoint, found->key)))
		return -1;
	json_path_leave(&r->place, before);
	return 0;
}
