/*
 * The spec of `scrape gather`: endpoints by name. An endpoint makes a single
 * request, one for each of many values, or one for each of many pages.
 *
 * A spec is made from NAME=URL arguments or from a --spec file, is checked
 * completely before anything is fetched, and does not change afterwards.
 * Variables (${NAME}) are replaced, except in jq filters. The placeholders {}
 * and {key} are kept: they stand for the value of `each`
 * (cmd/gather/template/template.h).
 *
 * The format of the file is docs/gather.schema.json.
 */
#ifndef CMD_GATHER_SPEC_SPEC_H
#define CMD_GATHER_SPEC_SPEC_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/slice.h"
#include "cmd/gather/template/variables.h"

enum each_kind {
	EACH_ONCE,	/* no each: a single value */
	EACH_VALUES,	/* literals, a range, lines of a file */
	EACH_FROM,	/* outputs of a filter on another endpoint's result */
};

enum pages_kind {
	PAGES_ONE,	/* no paginate */
	PAGES_LINK,	/* Link header: {"link": "next"} */
	PAGES_NEXT,	/* URL in the body: {"next": JQ} */
	PAGES_CURSOR,	/* {"cursor": JQ, "param": NAME} or "header": NAME, or
			 * "json": a JSON pointer into the request's json (for
			 * GraphQL: "/variables/after") */
	PAGES_CURSOR_HEADER,	/* cursor in a header of the response:
				 * {"cursor_header": NAME, ...} */
	PAGES_NEXT_HEADER,	/* URL in a header of the response:
				 * {"next_header": NAME} */
	PAGES_NUMBER,	/* {"page": NAME, "from": 1} */
	PAGES_OFFSET,	/* {"offset": NAME, "step": N} */
};

enum auth_kind {
	AUTH_NONE,
	AUTH_BASIC,	/* {"basic": "user:password"} */
	AUTH_BEARER,	/* {"bearer": TOKEN} */
	AUTH_OAUTH2,	/* {"oauth2": {"token_url", "client_id",
			 * "client_secret", "refresh_token",
			 * "scope"}} */
};

struct gather_auth {
	enum auth_kind kind;
	char *secret;			/* user:password, or token */
	char *token_url, *client_id, *client_secret, *refresh_token, *scope;
};

struct gather_pages {
	enum pages_kind kind;
	char *link;		/* PAGES_LINK: the relation type */
	char *filter;		/* PAGES_NEXT, PAGES_CURSOR: jq filter that
				 * reads the URL or the cursor from the body */
	char *from_header;	/* PAGES_LINK, PAGES_CURSOR_HEADER,
				 * PAGES_NEXT_HEADER: name of the response
				 * header, in lower case */
	char *param;		/* PAGES_CURSOR, PAGES_NUMBER, PAGES_OFFSET:
				 * query parameter to set */
	char *header;		/* PAGES_CURSOR: header to set instead of
				 * param */
	char *pointer;		/* PAGES_CURSOR: place in the JSON body to set
				 * instead of param, a JSON pointer (RFC
				 * 6901) */
	char *more;		/* PAGES_CURSOR: jq filter on the body; false
				 * means the end (".pageInfo.hasNextPage"); or
				 * NULL */
	char *total;		/* PAGES_NUMBER, PAGES_OFFSET: jq filter on the
				 * first body that gives the number of pages
				 * (PAGES_NUMBER) or items (PAGES_OFFSET), so
				 * that all other pages are fetched together;
				 * NULL: one page after the other */
	long from, step;
	unsigned long max;	/* limit of the number of pages; 0: none */
	unsigned long max_empty; /* limit of the number of successive pages
				  * without items; 0: GATHER_PAGES_EMPTY */
};

/* The whole numbers from, from + step, ... Stored as a range, because there may
 * be a million of them. */
struct gather_range {
	json_int_t from, step;
	size_t count;
	json_t *first;
};

struct gather_endpoint {
	char *name;
	size_t number;			/* index of the endpoint in the list */
	char *url;			/* absolute URL, a template */
	char *method;			/* NULL: GET, or POST with a body */
	struct buf headers;		/* "Name: value\n", templates */
	json_t *params;			/* object of scalars or arrays of them,
					 * whose strings are templates; or
					 * NULL */
	json_t *json;			/* body as JSON, whose strings are
					 * templates; or NULL */
	char *body;			/* body as text, a template; or NULL */
	bool form;			/* body was made from "form" */
	enum each_kind each;
	json_t *values;			/* EACH_VALUES: an array; NULL: the
					 * values are a range */
	struct gather_range range;
	struct gather_endpoint *from;	/* EACH_FROM: endpoint whose results are
					 * the values */
	char *each_filter;		/* EACH_FROM: jq filter on the result of
					 * `from`, in the form that it has in
					 * "data"; NULL: ".[]" */
	struct gather_pages pages;
	char *filter;			/* "jq": filter that gives the items of
					 * a body; NULL: the elements of an
					 * array (with paging), or the body
					 * itself */
	struct gather_auth auth;	/* the endpoint's own login or token, or
					 * that of the spec */
	unsigned concurrency;		/* limit of requests in flight; 0: that
					 * of the run */
	msec interval;			/* msec between two starts; 0: none */
	msec max_time;			/* time limit of a request, msec; 0:
					 * that of the run */
	char *shown;			/* the URL for people: a template with
					 * names of variables, and "***" for
					 * secrets */
	char *plan;			/* text for gather_spec_print() */
};

struct gather_spec {
	struct gather_endpoint **list;	/* all endpoints, in the order given */
	size_t count;
	char *base_url;			/* with variables replaced; NULL if
					 * there is none */
	char *result;			/* jq filter on "data", whose output is
					 * printed; NULL: data and errors are
					 * printed */
	unsigned concurrency;		/* 0: not given */
	msec interval;			/* 0: not given */
};

/* Reads a spec from the text of a file, or from NAME=URL arguments. Returns 0;
 * or -1 after adding the error to why, with its place
 * ("endpoints.users.each.from: ...") and the way to mend it. The spec must be
 * released in either case. */
int gather_spec_read(struct gather_spec *spec, struct slice text,
		     const struct gather_vars *vars, struct buf *why);
int gather_spec_from_args(struct gather_spec *spec, const char *const *words,
			  size_t count, struct buf *why);
void gather_spec_release(struct gather_spec *spec);

/* For an endpoint with EACH_VALUES: gather_values_count() returns the number of
 * its values; the other function returns the value with that index, a new
 * reference. */
size_t gather_values_count(const struct gather_endpoint *e);
json_t *gather_values_get(const struct gather_endpoint *e, size_t number);

/* Appends the plan for --dry-run: the endpoints in the order in which they can
 * start, each with the endpoints that it waits for, its first URL and its
 * paging. Secrets are masked. */
void gather_spec_print(const struct gather_spec *spec, struct buf *out);

#endif
