/* Reads an endpoint: an object, or a string that is its path or URL. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/units.h"
#include "cmd/gather/spec/reader.h"
#include "cmd/input/request_headers.h"

static const char *const endpoint_keys[] = {
	"path", "url", "method", "headers", "params", "json", "body", "form",
	"each", "paginate", "jq", "auth", "concurrency", "rate", "max_time",
	NULL,
};

static int read_method(struct spec_reader *r, const json_t *object)
{
	char **method = &r->current.e->method;

	if (gather_read_text(r, object, "method", method))
		return -1;
	if (!*method ||
	    http_is_token((struct slice){*method, strlen(*method)}))
		return 0;
	json_path_enter(&r->place, "method");
	return json_path_fail(&r->place, "is not an HTTP method; give one like "
					 "\"PUT\"");
}

static int read_max_time(struct spec_reader *r, const json_t *object)
{
	const json_t *value = json_object_get(object, "max_time");
	const double seconds = json_number_value(value);

	if (!value)
		return 0;
	if (!(seconds > 0) || seconds > UNITS_SECONDS_MAX) {
		json_path_enter(&r->place, "max_time");
		return json_path_failf(&r->place,
				       "must be a number of seconds above 0, "
				       "at most %d (a number, like 2.5)",
				       UNITS_SECONDS_MAX);
	}
	r->current.e->max_time = seconds * 1e3;
	return 0;
}

/* Returns true if a header of that name is sent. A line that ends at its colon
 * means that the header is not sent. */
static bool sends_header(struct buf *lines, const char *name)
{
	const size_t len = strlen(name);
	const char *p, *eol;

	for (p = buf_cstr(lines); (eol = strchr(p, '\n')); p = eol + 1)
		if ((size_t)(eol - p) > len + 1 && p[len] == ':' &&
		    !strncasecmp(p, name, len))
			return true;
	return false;
}

static int read_auth(struct spec_reader *r, const json_t *object)
{
	struct gather_endpoint *e = r->current.e;
	const json_t *own = json_object_get(object, "auth");

	if (!own)
		gather_auth_copy(&e->auth, &r->auth);
	else if (gather_read_auth(r, own, &e->auth))
		return -1;
	if (e->auth.kind && sends_header(&e->headers, "Authorization"))
		return json_path_fail(&r->place,
				      "has both \"auth\" and a header "
				      "Authorization: leave one out "
				      "(\"auth\": null is none, and so is "
				      "\"Authorization\": null)");
	return 0;
}

/* Reads headers, params and auth of an endpoint, and adds those of the spec.
 * object NULL: the endpoint is only a string. */
static int read_common(struct spec_reader *r, json_t *object)
{
	if (gather_read_headers(r, json_object_get(object, "headers")) ||
	    gather_read_params(r, json_object_get(object, "params")) ||
	    read_auth(r, object))
		return -1;
	return 0;
}

static int read_object(struct spec_reader *r, json_t *object)
{
	struct gather_endpoint *e = r->current.e;
	const json_t *each = json_object_get(object, "each");
	const json_t *paginate = json_object_get(object, "paginate");

	r->current.object = object;
	r->current.has_each = each != NULL;
	if (json_path_keys(&r->place, object, endpoint_keys) ||
	    gather_read_url(r, object) || read_method(r, object) ||
	    read_common(r, object) || gather_read_body(r, object) ||
	    gather_read_limits(r, object, &e->concurrency, &e->interval) ||
	    read_max_time(r, object) ||
	    gather_read_filter(r, object, "jq", &e->filter) ||
	    (paginate && gather_read_paginate(r, paginate)) ||
	    (each && gather_read_each(r, each)))
		return -1;
	return gather_check_values(r);
}

static int read_value(struct spec_reader *r, const json_t *value)
{
	if (json_is_string(value)) {
		if (gather_read_path(r, json_string_value(value)))
			return -1;
		return read_common(r, NULL);
	}
	if (!json_is_object(value))
		return json_path_fail(&r->place, "must be a path, a URL, or "
						 "an object");
	/* Casting const away is safe, because the value is only read. */
	return read_object(r, (json_t *)value);
}

void endpoint_reader_release(struct endpoint_reader *current)
{
	for (size_t i = 0; i < current->count; i++) {
		free(current->texts[i].text);
		free(current->texts[i].place);
	}
	free(current->texts);
	json_decref(current->params);
	buf_release(&current->headers.lines);
	buf_release(&current->headers.shown);
	*current = (struct endpoint_reader){0};
}

int gather_read_endpoint(struct spec_reader *r, size_t number,
			 const json_t *value)
{
	struct gather_endpoint *e = r->spec->list[number];
	const size_t before = json_path_enter(&r->place, e->name);
	int err;

	r->current = (struct endpoint_reader){.e = e};
	err = read_value(r, value);
	if (!err)
		gather_plan_make(r);
	endpoint_reader_release(&r->current);
	if (!err)
		json_path_leave(&r->place, before);
	return err;
}

void gather_endpoint_free(struct gather_endpoint *e)
{
	free(e->name);
	free(e->url);
	free(e->method);
	buf_release(&e->headers);
	json_decref(e->params);
	json_decref(e->json);
	free(e->body);
	json_decref(e->values);
	json_decref(e->range.first);
	free(e->each_filter);
	gather_pages_release(&e->pages);
	free(e->filter);
	gather_auth_release(&e->auth);
	free(e->shown);
	free(e->plan);
	free(e);
}
