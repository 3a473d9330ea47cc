/*
 * The state of the URL parser, and the functions that parse the parts of a URL
 * in order. Only base/url/ includes this.
 */
#ifndef BASE_URL_PARTS_H
#define BASE_URL_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/url/scheme.h"
#include "base/url/url.h"

struct parser {
	const char *p, *end;	/* the rest of the input */
	const struct url *base;
	const struct special_scheme *scheme;	/* NULL: the scheme is not
						 * special */
	struct url url;		/* all members but href and len */
	struct buf out;
	bool as_is;		/* keep the segments "." and ".."
				 * (url_parse_as_is()) */
};

static inline uint32_t out_offset(const struct parser *p)
{
	return (uint32_t)p->out.len;
}

static inline bool next_is(const struct parser *p, char c)
{
	return p->p < p->end && *p->p == c;
}

static inline bool is_file(const struct parser *p)
{
	return p->scheme && p->scheme->port < 0;
}

/* Returns true at '/', and for special schemes at '\', too. */
static inline bool next_is_slash(const struct parser *p)
{
	return next_is(p, '/') || (p->scheme && next_is(p, '\\'));
}

/* Each of these functions parses its part, which begins at p->p, and all parts
 * after it. They return -1 for the standard's "failure". */
int parse_authority(struct parser *p);	/* after the slashes */
int parse_file_host(struct parser *p);
void parse_opaque_path(struct parser *p);
void parse_path(struct parser *p);	/* appends to the path at the end of
					 * out */
void parse_query(struct parser *p);
void parse_fragment(struct parser *p);

/* Sets the offsets of an absent or empty authority. */
void set_empty_host(struct parser *p, enum url_host kind);

#endif
