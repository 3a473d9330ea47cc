/* Fills every kept template with every value, so that a value which does not
 * fit is found before anything is fetched. */
#include "cmd/gather/spec/reader.h"
#include "cmd/gather/template/template.h"

static int fail_value(struct spec_reader *r, const struct gather_text *text,
		      size_t value, const char *fault)
{
	r->place.path.len = 0;
	buf_addstr(&r->place.path, text->place);
	return json_path_failf(&r->place, "with value %zu of \"each\" (from "
					  "1): %s", value + 1, fault);
}

/* Fills a string of a JSON body. A string that is only a placeholder is always
 * valid: it may become any value. */
static int fill_json(const char *text, const json_t *value, struct buf *why)
{
	json_t *string = json_string_nocheck(text);
	json_t *filled = template_fill_json(string, value, why);

	json_decref(string);
	json_decref(filled);
	return filled ? 0 : -1;
}

static int fill_text(struct buf *filled, const struct gather_text *text,
		     const json_t *value, struct buf *why)
{
	switch (text->in) {
	case IN_URL:
		return template_fill(filled, text->text, TEMPLATE_URL, value,
				     why);
	case IN_HEADER:
		return template_fill(filled, text->text, TEMPLATE_HEADER,
				     value, why);
	case IN_TEXT:
		return template_fill(filled, text->text, TEMPLATE_TEXT, value,
				     why);
	default:
		return fill_json(text->text, value, why);
	}
}

static int try_text(struct spec_reader *r, const struct gather_text *text,
		    size_t number, const json_t *value)
{
	struct buf filled = {0}, why = {0};
	const char *fault = NULL;
	int err = 0;

	if (fill_text(&filled, text, value, &why))
		fault = buf_cstr(&why);
	else if (text->in == IN_URL)
		fault = gather_url_fault(buf_cstr(&filled));
	if (fault)
		err = fail_value(r, text, number, fault);
	buf_release(&filled);
	buf_release(&why);
	return err;
}

static int try_value(struct spec_reader *r, size_t number)
{
	const struct endpoint_reader *current = &r->current;
	json_t *value = gather_values_get(current->e, number);
	int err = 0;

	for (size_t t = 0; t < current->count && !err; t++)
		err = try_text(r, &current->texts[t], number, value);
	json_decref(value);
	return err;
}

/* Checks all values. Of a range only both ends are checked: a number that is
 * too large for its place (a port, a part of an address) is so at one of the
 * ends. */
int gather_check_values(struct spec_reader *r)
{
	const struct endpoint_reader *current = &r->current;
	size_t count, step = 1;

	if (!current->has_each)
		return 0;
	if (!current->count) {
		json_path_enter(&r->place, "each");
		return json_path_fail(&r->place,
				      "has values that are not used: write {} "
				      "or {key} where they go, as in "
				      "\"path\": \"users/{id}\"");
	}
	count = gather_values_count(current->e);
	if (!current->e->values && count > 1)
		step = count - 1;
	for (size_t i = 0; i < count; i += step)
		if (try_value(r, i))
			return -1;
	return 0;
}
