/* Reads "params": query parameters of the endpoint, which follow those
 * parameters of the spec that the endpoint does not name. Each is kept twice:
 * as sent, and as shown to people. */
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

/* The texts of one parameter, as sent and as shown: two arrays. */
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

static int add_value(struct spec_reader *r, const char *name, json_t *value,
		     void *ctx)
{
	struct param *to = ctx;
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

static void set_param(json_t *params, const char *name, json_t *array)
{
	if (json_array_size(array) == 1)
		json_object_set_nocheck(params, name, json_array_get(array, 0));
	else
		json_object_set_nocheck(params, name, array);
	json_decref(array);
}

static int read_param(struct spec_reader *r, const char *name, json_t *value,
		      void *except)
{
	struct param param;

	if (json_is_null(value) || json_object_get(except, name))
		return 0;
	param = (struct param){json_array(), json_array()};
	if (gather_read_elements(r, name, value, add_value, &param)) {
		json_decref(param.sent);
		json_decref(param.shown);
		return -1;
	}
	set_param(r->current.e->params, name, param.sent);
	set_param(r->current.params, name, param.shown);
	return 0;
}

int gather_read_params(struct spec_reader *r, json_t *object)
{
	struct gather_endpoint *e = r->current.e;

	if (!object && !r->params)
		return 0;
	e->params = json_object();
	r->current.params = json_object();
	if ((r->params &&
	     gather_read_common(r, "params", r->params, read_param, object)) ||
	    (object && gather_read_own(r, "params", object, read_param, NULL)))
		return -1;
	if (!json_object_size(e->params)) {
		json_decref(e->params);
		e->params = NULL;
	}
	return 0;
}
