/*
 * What `scrape gather` requests: endpoints by name. An endpoint makes a single
 * request, one for each of many values, or one for each of many pages.
 *
 * A spec is made from NAME=URL arguments or from a --spec file, is checked
 * completely before anything is fetched, and does not change afterwards.
 * Variables (${NAME}) have been replaced everywhere but in jq filters. The
 * placeholders {} and {key} have not: they stand for the value of `each`
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
			 * "client_secret", "scope"}} */
};

struct gather_auth {
	enum auth_kind kind;
	char *secret;			/* user:password, or token */
	char *token_url, *client_id, *client_secret, *scope;
};

struct gather_pages {
	enum pages_kind kind;
	char *link;		/* LINK: the relation type */
	char *filter;		/* NEXT, CURSOR: jq on the body */
	char *from_header;	/* LINK, CURSOR_HEADER, NEXT_HEADER: name of the
				 * response header, in lower case */
	char *param;		/* CURSOR, NUMBER, OFFSET: query parameter */
	char *header;		/* CURSOR: header instead of param */
	char *pointer;		/* CURSOR: JSON pointer (RFC 6901) instead */
	char *more;		/* CURSOR: jq on the body, false is the end
				 * ("more": ".pageInfo.hasNextPage"); or NULL */
	char *total;		/* NUMBER, OFFSET: jq on the first body, gives
				 * the number of pages (NUMBER) or items
				 * (OFFSET), so that all others are fetched
				 * together; NULL: one page after the other */
	long from, step;
	unsigned long max;	/* limit of pages; 0: none */
	unsigned long max_empty; /* limit of pages without items in a row; 0:
				  * GATHER_PAGES_EMPTY */
};

/* The whole numbers from, from + step, ...; kept as a range, because there may
 * be a million. */
struct gather_range {
	json_int_t from, step;
	size_t count;
	json_t *first;
};

struct gather_endpoint {
	char *name;
	size_t number;			/* its index in the list */
	char *url;			/* absolute, a template */
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
	json_t *values;			/* EACH_VALUES: array; NULL: range */
	struct gather_range range;
	struct gather_endpoint *from;	/* EACH_FROM */
	char *each_filter;		/* EACH_FROM: jq on the result of from,
					 * as in "data"; NULL: ".[]" */
	struct gather_pages pages;
	char *filter;			/* "jq": gives the items of a body;
					 * NULL: the elements of an array (with
					 * paging), or the body itself */
	struct gather_auth auth;	/* its own or the spec's */
	unsigned concurrency;		/* 0: the run's */
	msec interval;			/* msec between two starts; 0: none */
	msec max_time;			/* 0: the run's */
	char *shown;			/* url for people: a template with names
					 * of variables, and "***" for
					 * secrets */
	char *plan;			/* text for gather_spec_print() */
};

struct gather_spec {
	struct gather_endpoint **list;	/* in the order given */
	size_t count;
	char *base_url;			/* with variables replaced; NULL:
					 * none */
	char *result;			/* jq on "data"; NULL: print data and
					 * errors */
	unsigned concurrency;		/* 0: not given */
	msec interval;			/* 0: not given */
};

/* Reads a spec from the text of a file, or from NAME=URL arguments. Returns 0;
 * or -1 after adding to why what is wrong, where ("endpoints.users.each.from:
 * ..."), and how to mend it. The spec must be released whatever the result. */
int gather_spec_read(struct gather_spec *spec, struct slice text,
		     const struct gather_vars *vars, struct buf *why);
int gather_spec_from_args(struct gather_spec *spec, const char *const *words,
			  size_t count, struct buf *why);
void gather_spec_release(struct gather_spec *spec);

/* For an endpoint with EACH_VALUES: returns the number of its values; the value
 * with that index, as a new reference. */
size_t gather_values_count(const struct gather_endpoint *e);
json_t *gather_values_get(const struct gather_endpoint *e, size_t number);

/* Appends the plan for --dry-run: the endpoints in the order in which they can
 * start, with what each waits for, its first URL and its paging. Secrets are
 * masked. */
void gather_spec_print(const struct gather_spec *spec, struct buf *out);

#endif
