/*
 * A spec while it is read, and the parts that read it, for each other.
 *
 * What a part is given is a value of the file; r->place is where that is. 0; or
 * -1 and a message was added: what was read is released with the spec.
 */
#ifndef CMD_GATHER_SPEC_READER_H
#define CMD_GATHER_SPEC_READER_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/json/path.h"
#include "cmd/gather/spec/spec.h"
#include "cmd/gather/template/pieces.h"
#include "cmd/gather/template/variables.h"

/* A text with {} in it, and where it is: to be tried with each value. */
enum text_place { IN_URL, IN_HEADER, IN_TEXT, IN_JSON };

struct gather_text {
	char *text, *place;
	enum text_place in;
};

/* Headers: as they are sent and as they are shown. */
struct gather_headers {
	struct buf lines, shown;
};

/* The endpoint that is read. */
struct endpoint_reader {
	struct gather_endpoint *e;
	const json_t *object;		/* in the file; NULL: it is a text */
	bool has_each;
	bool is_common;			/* it is at what is for all */
	struct gather_text *texts;	/* with {} in them */
	size_t count, cap;
	json_t *params;			/* as they are shown */
	struct gather_headers headers;
	json_t *example;		/* the first value; NULL: none that
					 * can be shown */
};

struct spec_reader {
	struct gather_spec *spec;
	struct json_path place;
	struct gather_variables variables;
	const char *base;		/* base_url as it is in the file */
	json_t *headers, *params;	/* of the spec, for all; borrowed */
	struct gather_auth auth;
	json_t *names;			/* of endpoints: their numbers */
	json_t *filters;		/* those that have been compiled */
	size_t values;			/* of all endpoints' each */
	struct endpoint_reader current;
};

/* cmd/gather/spec/reader.c */

/* What a text of the file stands for, variables filled in; the owner frees
 * *to, which is NULL when there is no such member. */
int gather_read_text(struct spec_reader *r, const json_t *object,
		     const char *key, char **to);

/* The same without variables: it compiles as a jq filter. */
int gather_read_filter(struct spec_reader *r, const json_t *object,
		       const char *key, char **to);

/* A whole number; *to stays when there is no such member. */
int gather_read_number(struct spec_reader *r, const json_t *object,
		       const char *key, json_int_t min, json_int_t max,
		       json_int_t *to);

/* "concurrency" and "rate", of the spec or an endpoint. */
int gather_read_limits(struct spec_reader *r, const json_t *object,
		       unsigned *concurrency, msec *interval);

/*
 * A template, variables filled in. In an endpoint without each braces are just
 * braces (but "{key}" alone is a mistake all the same), and so they are in what
 * the spec has for all endpoints. shown (NULL: not wanted) gets the same with
 * variables by name.
 */
int gather_read_template(struct spec_reader *r, const char *text,
			 struct buf *to, struct buf *shown);

/* A text that was read at this place has {} in it: it is to be tried with all
 * values. */
void gather_keep_template(struct spec_reader *r, const char *text,
			  enum text_place in);

/* The text, filled, of a header or parameter: if its name says that it is a
 * secret, it is one (base/secrets.h), unless a value is to be put in. */
void gather_note_secret(const char *name, const char *text);

/* A copy of json, its strings made by read. */
typedef int (*gather_string_reader)(struct spec_reader *r,
				    const char *text, struct buf *to);
json_t *gather_read_json(struct spec_reader *r, const json_t *json,
			 gather_string_reader read);

/* cmd/gather/spec/url.c: "path" or "url" to e->url and e->shown. */
int gather_read_url(struct spec_reader *r, const json_t *endpoint);
int gather_read_path(struct spec_reader *r, const char *path);
int gather_check_base(struct spec_reader *r);

/* Whether that is a URL to ask: filled, without holes. Else what is wrong
 * (static). */
const char *gather_url_fault(const char *url);

/* cmd/gather/spec/headers.c: "headers", and those for all that are not in it; object
 * NULL: there is no such member. */
int gather_read_headers(struct spec_reader *r, json_t *object);

/* cmd/gather/spec/params.c: "params", the same. */
int gather_read_params(struct spec_reader *r, json_t *object);

/* A number or boolean as text. */
void gather_add_scalar(struct buf *out, const json_t *scalar);

/* cmd/gather/spec/body.c: "json", "body" or "form". */
int gather_read_body(struct spec_reader *r, const json_t *endpoint);

/* cmd/gather/spec/auth.c */
int gather_read_auth(struct spec_reader *r, const json_t *value,
		     struct gather_auth *auth);
void gather_auth_copy(struct gather_auth *to, const struct gather_auth *from);
void gather_auth_release(struct gather_auth *auth);

/* cmd/gather/spec/each.c */
int gather_read_each(struct spec_reader *r, const json_t *value);

/* cmd/gather/spec/values_file.c: the lines of a file; shown is its path as it is written. */
int gather_read_values_file(struct spec_reader *r, const char *path,
			    const char *shown);
enum { GATHER_VALUES_MAX = 1000000 };

/* cmd/gather/spec/check_values.c: whether all values fit into the texts. */
int gather_check_values(struct spec_reader *r);

/* cmd/gather/spec/paginate.c */
int gather_read_paginate(struct spec_reader *r, const json_t *value);
void gather_pages_release(struct gather_pages *pages);

/* cmd/gather/spec/endpoint.c: number is its place in the list. */
int gather_read_endpoint(struct spec_reader *r, size_t number,
			 const json_t *value);
void endpoint_reader_release(struct endpoint_reader *current);
void gather_endpoint_free(struct gather_endpoint *e);

/* cmd/gather/spec/spec.c: one more in the list, which has room; at the place of its
 * name. */
int gather_add_endpoint(struct spec_reader *r, const char *name);

/* cmd/gather/spec/order.c: how many others each endpoint has to wait for, one after the
 * other; to be freed. NULL: they wait for each other, and why names them. */
size_t *gather_order(const struct gather_spec *spec, struct buf *why);

/* cmd/gather/spec/plan.c: e->plan. */
void gather_plan_make(struct spec_reader *r);

/* cmd/gather/spec/plan_print.c: what is in a line since it began at start stays in that line,
 * and does nothing to a terminal: neither C0 nor C1 control characters. */
void gather_plan_end_line(struct buf *plan, size_t start);

#endif
