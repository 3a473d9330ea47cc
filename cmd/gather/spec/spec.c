/* Reads a whole spec file: first the members for all endpoints, then the
 * endpoints. */
#include "cmd/gather/spec/spec.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/gather/spec/reader.h"

enum { NAME_MAX_LENGTH = 100 };

static const char *const spec_keys[] = {
	"base_url", "headers", "params", "auth", "concurrency", "rate",
	"endpoints", "result", "vars", "$schema", NULL,
};

static bool is_name(const char *name)
{
	const size_t len = strlen(name);

	return len && len <= NAME_MAX_LENGTH &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == len;
}

int gather_add_endpoint(struct spec_reader *r, const char *name)
{
	struct gather_spec *spec = r->spec;
	struct gather_endpoint *e;

	if (!is_name(name))
		return json_path_failf(&r->place,
				       "is not a name for an endpoint: use "
				       "letters, digits, _ and -, at most %d",
				       NAME_MAX_LENGTH);
	if (json_object_get(r->names, name))
		return json_path_fail(&r->place, "is used twice: each endpoint "
						 "needs its own name");
	e = xcalloc(1, sizeof(*e));
	e->name = xstrdup(name);
	e->number = spec->count;
	spec->list[spec->count++] = e;
	json_object_set_new_nocheck(r->names, name,
				    json_integer((json_int_t)e->number));
	return 0;
}

static int add_endpoints(struct spec_reader *r, json_t *endpoints)
{
	const char *name;
	json_t *value;

	r->spec->list = xcalloc(json_object_size(endpoints),
				sizeof(*r->spec->list));
	json_object_foreach(endpoints, name, value) {
		const size_t before = json_path_enter(&r->place, name);

		if (gather_add_endpoint(r, name))
			return -1;
		json_path_leave(&r->place, before);
	}
	return 0;
}

static int read_endpoints(struct spec_reader *r, json_t *endpoints)
{
	const size_t before = json_path_enter(&r->place, "endpoints");
	const char *name;
	json_t *value;
	size_t number = 0, *order;

	if (!json_is_object(endpoints) || !json_object_size(endpoints))
		return json_path_fail(&r->place,
				      "must be an object with a member for "
				      "each endpoint: {\"posts\": \"posts\"}");
	if (add_endpoints(r, endpoints))
		return -1;
	json_object_foreach(endpoints, name, value)
		if (gather_read_endpoint(r, number++, value))
			return -1;
	json_path_leave(&r->place, before);
	order = gather_order(r->spec, r->place.why);
	free(order);
	return order ? 0 : -1;
}

static int read_variables(struct spec_reader *r, json_t *vars)
{
	const size_t before = json_path_enter(&r->place, "vars");
	const char *name;
	json_t *value;

	if (!vars) {
		json_path_leave(&r->place, before);
		return 0;
	}
	if (!json_is_object(vars))
		return json_path_fail(&r->place, "must be an object: "
						 "{\"NAME\": \"value\"}");
	json_object_foreach(vars, name, value) {
		json_path_enter(&r->place, name);
		if (!gather_variables_is_name(name, strlen(name)))
			return json_path_fail(&r->place,
					      "is not a variable name: use "
					      "letters, digits and _, not a "
					      "digit first");
		if (!json_is_string(value))
			return json_path_fail(&r->place, "must be a string");
		json_path_leave(&r->place, before + strlen("vars"));
	}
	r->variables.defaults = vars;
	json_path_leave(&r->place, before);
	return 0;
}

static int read_base(struct spec_reader *r, const json_t *spec)
{
	size_t before;

	if (json_path_text(&r->place, spec, "base_url", &r->base))
		return -1;
	if (!r->base)
		return 0;
	before = json_path_enter(&r->place, "base_url");
	if (gather_check_base(r))
		return -1;
	json_path_leave(&r->place, before);
	return 0;
}

static int read_spec(struct spec_reader *r, json_t *json)
{
	struct gather_spec *spec = r->spec;
	json_t *endpoints = json_object_get(json, "endpoints");
	const json_t *auth = json_object_get(json, "auth");

	if (!json_is_object(json))
		return json_path_fail(&r->place, "must be a JSON object with "
						 "\"endpoints\"");
	if (json_path_keys(&r->place, json, spec_keys) ||
	    read_variables(r, json_object_get(json, "vars")) ||
	    read_base(r, json) ||
	    (auth && gather_read_auth(r, auth, &r->auth)) ||
	    gather_read_limits(r, json, &spec->concurrency,
			       &spec->interval) ||
	    gather_read_filter(r, json, "result", &spec->result))
		return -1;
	if (!endpoints)
		return json_path_fail(&r->place,
				      "needs \"endpoints\": an object with a "
				      "member for each");
	r->headers = json_object_get(json, "headers");
	r->params = json_object_get(json, "params");
	return read_endpoints(r, endpoints);
}

static void release_reader(struct spec_reader *r)
{
	gather_auth_release(&r->auth);
	json_path_release(&r->place);
	json_decref(r->names);
	json_decref(r->filters);
}

int gather_spec_read(struct gather_spec *spec, struct slice text,
		     const struct gather_vars *vars, struct buf *why)
{
	struct spec_reader r = {
		.spec = spec,
		.place.why = why,
		.variables.given = vars,
	};
	json_t *json = json_path_load(text, why);
	int err = -1;

	*spec = (struct gather_spec){0};
	if (!json)
		return -1;
	r.names = json_object();
	r.filters = json_object();
	err = read_spec(&r, json);
	release_reader(&r);
	json_decref(json);
	return err;
}

void gather_spec_release(struct gather_spec *spec)
{
	for (size_t i = 0; i < spec->count; i++)
		gather_endpoint_free(spec->list[i]);
	free(spec->list);
	free(spec->base_url);
	free(spec->result);
	*spec = (struct gather_spec){0};
}
