/* Reads "params": query parameters of the endpoint, after those of the spec
 * that it does not name. Each is kept twice, as sent and as shown to people. */
#include <string.h>

#include "base/secret_rules.h"
#include "cmd/gather/spec/reader.h"
#include "cmd/gather/template/template.h"

void gather_add_scalar(struct buf *out, const json_t *scalar)
{
	struct buf why = {0};

	template_fill(out, "{}", TEMPLATE_TEXT, scalar, &why);
	buf_release(&why);
}

/* The texts of one parameter, two arrays. */
struct param {
	json_t *sent, *shown;
};

static int add_text(struct spec_reader *r, struct param *to,
		    const char *name, const char *text)
{
	struct buf sent = {0}, shown = {0};
	int err = -1;

	if (gather_read_template(r, text, &sent, &shown))
		goto out;
	if (!r->current.is_common)
		gather_keep_template(r, buf_cstr(&sent), IN_TEXT);
	gather_note_secret(name, buf_cstr(&sent));
	if (secret_name(name, strlen(name)) &&
	    !gather_text_has_variables(text)) {
		buf_clear(&shown);
		buf_addstr(&shown, "***");
	}
	json_array_append_new(to->sent, json_stringn_nocheck(
						buf_cstr(&sent), sent.len));
	json_array_append_new(to->shown, json_stringn_nocheck(
						 buf_cstr(&shown), shown.len));
	err = 0;
out:
	buf_release(&sent);
	buf_release(&shown);
	return err;
}

static int add_value(struct spec_reader *r, struct param *to,
		     const char *name, const json_t *value)
{
	struct buf text = {0};
	json_t *scalar;

	if (json_is_string(value))
		return add_text(r, to, name, json_string_value(value));
	if (!json_is_number(value) && !json_is_boolean(value))
		return json_path_fail(&r->place, "must be a string, number or "
						  "boolean, an array of those, "
						  "or null (to send none)");
	gather_add_scalar(&text, value);
	scalar = json_stringn_nocheck(buf_cstr(&text), text.len);
	buf_release(&text);
	json_array_append(to->sent, scalar);
	json_array_append_new(to->shown, scalar);
	return 0;
}

static int add_values(struct spec_reader *r, struct param *to,
		      const char *name, json_t *values)
{
	json_t *value;
	size_t i;

	if (!json_is_array(values))
		return add_value(r, to, name, values);
	json_array_foreach(values, i, value) {
		const size_t before = json_path_enter_element(&r->place, i);

		if (add_value(r, to, name, value))
			return -1;
		json_path_leave(&r->place, before);
	}
	return 0;
}

static void set_param(json_t *params, const char *name, json_t *array)
{
	if (json_array_size(array) == 1)
		json_object_set_nocheck(params, name, json_array_get(array, 0));
	else
		json_object_set_nocheck(params, name, array);
	json_decref(array);
}

static int read_param(struct spec_reader *r, const char *name,
		      json_t *value)
{
	struct param param = {json_array(), json_array()};

	if (add_values(r, &param, name, value)) {
		json_decref(param.sent);
		json_decref(param.shown);
		return -1;
	}
	set_param(r->current.e->params, name, param.sent);
	set_param(r->current.params, name, param.shown);
	return 0;
}

static int read_members(struct spec_reader *r, json_t *object,
			const json_t *except)
{
	const size_t before = json_path_enter(&r->place, "params");
	const char *name;
	json_t *value;

	if (!json_is_object(object))
		return json_path_fail(&r->place, "must be an object: "
						  "{\"name\": \"value\"}");
	json_object_foreach(object, name, value) {
		const size_t here = json_path_enter(&r->place, name);

		if (!json_is_null(value) && !json_object_get(except, name) &&
		    read_param(r, name, value))
			return -1;
		json_path_leave(&r->place, here);
	}
	json_path_leave(&r->place, before);
	return 0;
}

static int read_common(struct spec_reader *r, const json_t *except)
{
	const struct buf here = r->place.path;
	int err;

	r->place.path = (struct buf){0};
	r->current.is_common = true;
	err = read_members(r, r->params, except);
	r->current.is_common = false;
	buf_release(&r->place.path);
	r->place.path = here;
	return err;
}

int gather_read_params(struct spec_reader *r, json_t *object)
{
	struct gather_endpoint *e = r->current.e;

	if (!object && !r->params)
		return 0;
	e->params = json_object();
	r->current.params = json_object();
	if ((r->params && read_common(r, object)) ||
	    (object && read_members(r, object, NULL)))
		return -1;
	if (!json_object_size(e->params)) {
		json_decref(e->params);
		e->params = NULL;
	}
	return 0;
}
