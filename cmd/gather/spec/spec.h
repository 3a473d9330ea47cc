/*
 * What `scrape gather` is to do: endpoints by name, each a request, or one for
 * each of many values, or one for each of many pages.
 *
 * Made from NAME=URL words or from a --spec file; checked whole before anything
 * is fetched; then immutable. ${NAME} has been replaced, from --var or the
 * environment, everywhere but in jq filters ("$${" is "${"). {} and {key} are
 * still there: they stand for the value of `each` (cmd/gather/template/template.h).
 *
 * Its form is docs/gather.schema.json.
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
	EACH_ONCE,	/* no each: one request */
	EACH_VALUES,	/* literals, a range, lines of a file */
	EACH_FROM,	/* what a filter makes of another endpoint's result */
};

enum pages_kind {
	PAGES_ONE,	/* no paginate */
	PAGES_LINK,	/* Link header: {"link": "next"} */
	PAGES_NEXT,	/* URL in the body: {"next": JQ} */
	PAGES_CURSOR,	/* {"cursor": JQ, "param": NAME} or "header": NAME, or
			 * "json": a JSON pointer into the request's json (for
			 * GraphQL: "/variables/after") */
	PAGES_CURSOR_HEADER,	/* the same with a cursor that is in a header of
				 * the reply: {"cursor_header": NAME, ...} */
	PAGES_NEXT_HEADER,	/* URL in such a header: {"next_header":
				 * NAME} */
	PAGES_NUMBER,	/* {"page": NAME, "from": 1} */
	PAGES_OFFSET,	/* {"offset": NAME, "step": N} */
};

enum auth_kind {
	AUTH_NONE,
	AUTH_BASIC,	/* {"basic": "user:password"} */
	AUTH_BEARER,	/* {"bearer": TOKEN} */
	AUTH_OAUTH2,	/* {"oauth2": {"token_url", "client_id",
			 * "client_secret", "scope"}} */
};

struct gather_auth {
	enum auth_kind kind;
	char *secret;			/* user:password, or token */
	char *token_url, *client_id, *client_secret, *scope;
};

struct gather_pages {
	enum pages_kind kind;
	char *link;		/* LINK: the rel */
	char *filter;		/* NEXT, CURSOR: jq, of the body */
	char *from_header;	/* LINK, CURSOR_HEADER, NEXT_HEADER: which of the
				 * reply's, in lower case */
	char *param;		/* CURSOR, NUMBER, OFFSET: query parameter */
	char *header;		/* CURSOR: instead of param */
	char *pointer;		/* CURSOR: instead, RFC 6901 */
	char *more;		/* CURSOR: jq, false is the end ("more":
				 * ".pageInfo.hasNextPage"); or NULL */
	char *total;		/* NUMBER, OFFSET: jq, of the first body, how
				 * many pages (NUMBER) or items (OFFSET) there
				 * are: the others are fetched together; NULL:
				 * one after the other */
	long from, step;
	unsigned long max;	/* pages; 0: no end */
	unsigned long max_empty; /* without items, one after the other; 0: as
				  * many as GATHER_PAGES_EMPTY */
};

/* The whole numbers from, from + step, ...: a million of them are no memory. */
struct gather_range {
	json_int_t from, step;
	size_t count;
	json_t *first;
};

struct gather_endpoint {
	char *name;
	size_t number;			/* its place in the list */
	char *url;			/* absolute, a template */
	char *method;			/* NULL: GET, or POST with a body */
	struct buf headers;		/* "Name: value\n", templates */
	json_t *params;			/* object of scalars or arrays of
					 * those, strings are templates; NULL */
	json_t *json;			/* body as JSON, strings are templates;
					 * NULL */
	char *body;			/* body as text, a template; NULL */
	bool form;			/* body was made from "form" */
	enum each_kind each;
	json_t *values;			/* EACH_VALUES: array; NULL: range */
	struct gather_range range;
	struct gather_endpoint *from;	/* EACH_FROM */
	char *each_filter;		/* EACH_FROM: jq on its result, as it
					 * is in data; NULL: ".[]" */
	struct gather_pages pages;
	char *filter;			/* "jq": items of a body; NULL: the
					 * elements of an array (with pages),
					 * or the body itself */
	struct gather_auth auth;	/* its own, or the spec's */
	unsigned concurrency;		/* 0: the run's */
	msec interval;			/* between two starts; 0: none */
	msec max_time;			/* 0: the run's */
	char *shown;			/* url for people: a template, too, in
					 * which variables are their names and
					 * secrets "***" */
	char *plan;			/* for gather_spec_print() */
};

struct gather_spec {
	struct gather_endpoint **list;	/* in the order given */
	size_t count;
	char *base_url;			/* filled; NULL: none */
	char *result;			/* jq on data; NULL: data and errors */
	unsigned concurrency;		/* 0: not said */
	msec interval;			/* 0: not said */
};

/*
 * From a file's text; or from words NAME=URL. 0; or -1 and has added to why
 * what is wrong, where ("endpoints.users.each.from: ...") and how to mend it.
 * The spec is to be released whatever the result.
 */
int gather_spec_read(struct gather_spec *spec, struct slice text,
		     const struct gather_vars *vars, struct buf *why);
int gather_spec_from_args(struct gather_spec *spec, const char *const *words,
			  size_t count, struct buf *why);
void gather_spec_release(struct gather_spec *spec);

/* Of an endpoint with EACH_VALUES: how many there are; the one with that number,
 * from 0, as a new reference. */
size_t gather_values_count(const struct gather_endpoint *e);
json_t *gather_values_get(const struct gather_endpoint *e, size_t number);

/* The plan, for --dry-run: endpoints in the order they can start, what each
 * waits for, its first URL, its paging. No secret is in it. */
void gather_spec_print(const struct gather_spec *spec, struct buf *out);

#endif
