/*
 * The reader of a spec, shared by the files of this folder.
 *
 * Each function reads one value of the file; r->place is the path of that value
 * in the file. Functions return 0; or -1 after adding a message to
 * r->place.why. The values that were read before an error are released with the
 * spec.
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

/* The place where a text with placeholders is used. Such texts are kept, to be
 * filled with each value as a check. */
enum text_place { IN_URL, IN_HEADER, IN_TEXT, IN_JSON };

struct gather_text {
	char *text, *place;
	enum text_place in;
};

/* Header lines in two versions: as sent, and as shown to people. */
struct gather_headers {
	struct buf lines, shown;
};

/* The endpoint being read. */
struct endpoint_reader {
	struct gather_endpoint *e;
	const json_t *object;		/* the endpoint's object in the file;
					 * NULL: the endpoint is a string */
	bool has_each;
	bool is_common;			/* the spec's own headers, params or
					 * base_url, which are for all
					 * endpoints, are being read */
	struct gather_text *texts;	/* templates with placeholders */
	size_t count, cap;
	json_t *params;			/* query parameters as shown to
					 * people */
	struct gather_headers headers;
	json_t *example;		/* the first value of `each`; NULL:
					 * unknown or secret */
};

struct spec_reader {
	struct gather_spec *spec;
	struct json_path place;
	struct gather_variables variables;
	const char *base;		/* base_url of the spec as written in
					 * the file */
	json_t *headers, *params;	/* members of the spec, for all
					 * endpoints; borrowed */
	struct gather_auth auth;
	json_t *names;			/* endpoint name -> index */
	json_t *filters;		/* set of jq filters that compile */
	size_t values;			/* number of values of all endpoints */
	struct endpoint_reader current;
};

/* cmd/gather/spec/reader.c */

/* Reads a member that is a string and replaces its variables. The caller frees
 * *to, which stays unchanged if there is no such member. */
int gather_read_text(struct spec_reader *r, const json_t *object,
		     const char *key, char **to);

/* Reads a member that is a jq filter, without variables, and checks that it
 * compiles. */
int gather_read_filter(struct spec_reader *r, const json_t *object,
		       const char *key, char **to);

/* Reads a member that is a whole number from min to max; *to stays unchanged if
 * there is no such member. */
int gather_read_number(struct spec_reader *r, const json_t *object,
		       const char *key, json_int_t min, json_int_t max,
		       json_int_t *to);

/* Reads "concurrency" and "rate" of the spec or an endpoint. */
int gather_read_limits(struct spec_reader *r, const json_t *object,
		       unsigned *concurrency, msec *interval);

/*
 * Appends a template with its variables replaced. shown (NULL: not wanted) gets
 * the same text with the names of variables.
 *
 * In an endpoint without `each`, and in the texts that the spec has for all
 * endpoints, braces are literal. Even so, a text of an endpoint that is only
 * "{key}" is an error.
 */
int gather_read_template(struct spec_reader *r, const char *text,
			 struct buf *to, struct buf *shown);

/* Keeps a text that was read at r->place, if it has placeholders, so that it is
 * checked with all values. */
void gather_keep_template(struct spec_reader *r, const char *text,
			  enum text_place in);

/* Registers the text of a header or parameter as a secret (base/secrets.h) if
 * its name says so, unless it has a placeholder. */
void gather_note_secret(const char *name, const char *text);

/* Returns a copy of json whose strings are made by read; NULL on failure. */
typedef int (*gather_string_reader)(struct spec_reader *r,
				    const char *text, struct buf *to);
json_t *gather_read_json(struct spec_reader *r, const json_t *json,
			 gather_string_reader read);

/*
 * cmd/gather/spec/members.c: calls read for each member of an object; for each
 * element of a member that is an array, or the member itself.
 *
 * gather_read_members() expects r->place at the object. gather_read_own() reads
 * the object of that key in the endpoint, gather_read_common() the object in
 * the spec, whose place messages then name.
 */
typedef int (*gather_member_reader)(struct spec_reader *r, const char *name,
				    json_t *value, void *ctx);
int gather_read_members(struct spec_reader *r, json_t *object,
			gather_member_reader read, void *ctx);
int gather_read_elements(struct spec_reader *r, const char *name,
			 json_t *values, gather_member_reader read, void *ctx);
int gather_read_own(struct spec_reader *r, const char *key, json_t *object,
		    gather_member_reader read, void *ctx);
int gather_read_common(struct spec_reader *r, const char *key, json_t *object,
		       gather_member_reader read, void *ctx);

/* cmd/gather/spec/url.c: read "path" or "url" into e->url and e->shown; check
 * the spec's base_url. */
int gather_read_url(struct spec_reader *r, const json_t *endpoint);
int gather_read_path(struct spec_reader *r, const char *path);
int gather_check_base(struct spec_reader *r);

/* Returns the reason why the URL, which has no placeholders, cannot be
 * requested (static); NULL: it can be requested. */
const char *gather_url_fault(const char *url);

/* cmd/gather/spec/headers.c: reads the headers of an endpoint, and adds the
 * headers of the spec that the endpoint does not name. object is the member
 * "headers"; NULL if there is none. */
int gather_read_headers(struct spec_reader *r, json_t *object);

/* cmd/gather/spec/params.c: reads the query parameters of an endpoint, and adds
 * the parameters of the spec that the endpoint does not name. object is the
 * member "params"; NULL if there is none. */
int gather_read_params(struct spec_reader *r, json_t *object);

/* Appends a number or boolean as text. */
void gather_add_scalar(struct buf *out, const json_t *scalar);

/* cmd/gather/spec/body.c: reads "json", "body" or "form". */
int gather_read_body(struct spec_reader *r, const json_t *endpoint);

/* cmd/gather/spec/auth.c */
int gather_read_auth(struct spec_reader *r, const json_t *value,
		     struct gather_auth *auth);
void gather_auth_copy(struct gather_auth *to, const struct gather_auth *from);
void gather_auth_release(struct gather_auth *auth);

/* cmd/gather/spec/each.c */
int gather_read_each(struct spec_reader *r, const json_t *value);

/* cmd/gather/spec/values_file.c: reads the lines of a file as values. shown is
 * the path as written in the spec. */
int gather_read_values_file(struct spec_reader *r, const char *path,
			    const char *shown);
enum { GATHER_VALUES_MAX = 1000000 };

/* cmd/gather/spec/check_values.c: checks that every value fits into the kept
 * templates. */
int gather_check_values(struct spec_reader *r);

/* cmd/gather/spec/paginate.c */
int gather_read_paginate(struct spec_reader *r, const json_t *value);
void gather_pages_release(struct gather_pages *pages);

/* cmd/gather/spec/endpoint.c: number is the endpoint's index in the list. */
int gather_read_endpoint(struct spec_reader *r, size_t number,
			 const json_t *value);
void endpoint_reader_release(struct endpoint_reader *current);
void gather_endpoint_free(struct gather_endpoint *e);

/* cmd/gather/spec/spec.c: appends an endpoint to the list, which must have room
 * for it. r->place is at the endpoint's name. */
int gather_add_endpoint(struct spec_reader *r, const char *name);

/* cmd/gather/spec/order.c: returns for each endpoint the length of its chain of
 * `each.from`, which is the number of endpoints that it waits for; the caller
 * frees the array. NULL if there is a cycle, which why names. */
size_t *gather_order(const struct gather_spec *spec, struct buf *why);

/* cmd/gather/spec/plan.c: makes e->plan, the text for --dry-run. */
void gather_plan_make(struct spec_reader *r);

/* cmd/gather/spec/plan_print.c: ends the line that began at start. C0 and C1
 * control characters in it become spaces, so that it stays one line and cannot
 * control a terminal. */
void gather_plan_end_line(struct buf *plan, size_t start);

#endif
