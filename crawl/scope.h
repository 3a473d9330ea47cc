/*
 * Decides which URLs belong to a crawl. The scope of several seeds is the union
 * of the scopes of each. Pure once it is set up.
 */
#ifndef CRAWL_SCOPE_H
#define CRAWL_SCOPE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/url/url.h"

enum scope_kind {
	SCOPE_PAGE,	/* the seeds only */
	SCOPE_PREFIX,	/* the seed's host, and its path up to the last "/" */
	SCOPE_HOST,	/* the seed's host, http or https; another port is
			 * another host, unless both URLs have the default port
			 * of their scheme */
	SCOPE_DOMAIN,	/* the seed's registrable domain (Public Suffix List) */
	SCOPE_ANY,
};

struct scope;

struct scope *scope_new(enum scope_kind kind);
void scope_free(struct scope *s);	/* NULL is fine */

/* Adds to the scope the URLs that belong to the seed. */
void scope_add_seed(struct scope *s, const struct url *seed);

/* Adds a domain: hosts under the domain are in scope as well; with SCOPE_ANY,
 * only hosts under one of the added domains are. The name is borrowed. */
void scope_add_domain(struct scope *s, const char *name);

/* Excludes hosts under the domain, even if another rule includes them. The name
 * is borrowed. */
void scope_exclude_domain(struct scope *s, const char *name);

/* Adds a regular expression (PCRE2), searched for in the whole URL: a URL must
 * match one of the accepted, if there are any, and none of the rejected
 * expressions. Returns -1 and appends the reason to why if the text is not a
 * regular expression. */
int scope_add_regex(struct scope *s, const char *text, bool accept,
		    struct buf *why);

enum scope_verdict {
	SCOPE_IN,
	SCOPE_OUT,		/* outside of the seeds' scope, or of the
				 * domains */
	SCOPE_REJECTED,		/* rejected by a regular expression */
};

enum scope_verdict scope_check(const struct scope *s, const struct url *url);

/* Returns true if both URLs have the same host, with or without "www.", and the
 * same port, or both have the default port of their scheme. If a seed redirects
 * to such a URL, the scope is extended by it. */
bool scope_moves(const struct url *from, const struct url *to);

#endif
