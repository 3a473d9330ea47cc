/*
 * The parser's state, and the parts of a URL that it writes one after the
 * other. Inside base/url*.c only.
 */
#ifndef BASE_URL_PARTS_H
#define BASE_URL_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/url/scheme.h"
#include "base/url/url.h"

struct parser {
	const char *p, *end;	/* what is left of the input */
	const struct url *base;
	const struct special_scheme *scheme;	/* NULL: not special */
	struct url url;		/* all but href and len */
	struct buf out;
};

static inline uint32_t here(const struct parser *p)
{
	return (uint32_t)p->out.len;
}

static inline bool at(const struct parser *p, char c)
{
	return p->p < p->end && *p->p == c;
}

static inline bool is_file(const struct parser *p)
{
	return p->scheme && p->scheme->port < 0;
}

/* '/', and for special schemes '\' too. */
static inline bool at_slash(const struct parser *p)
{
	return at(p, '/') || (p->scheme && at(p, '\\'));
}

/* Each takes its part, which begins at p->p, and all that follow. -1 is the
 * standard's failure. */
int parse_authority(struct parser *p);	/* after the slashes */
int parse_file_host(struct parser *p);
void parse_opaque_path(struct parser *p);
void parse_path(struct parser *p);	/* behind a path that out ends with */
void parse_query(struct parser *p);
void parse_fragment(struct parser *p);

/* The offsets of an authority that is not there, or empty. */
void set_host(struct parser *p, enum url_host kind);

#endif
