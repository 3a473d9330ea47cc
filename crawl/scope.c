/* Keeps the seeds in a table by the part of the URL that the scope is about, so
 * that a check takes the same time whatever the number of seeds. */
#include "crawl/scope.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/url/registrable_domain.h"
#include "parse/values/pattern_list.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

/* A host or a domain of the seeds. */
struct place {
	UT_hash_handle hh;
	char **prefixes;	/* with SCOPE_PREFIX: paths of the seeds on this
				 * host */
	size_t n_prefixes;
	char name[];		/* "example.com", "example.com:8080" */
};

struct names {
	const char **list;
	size_t len;
};

struct scope {
	enum scope_kind kind;
	struct place *places;
	struct names domains, excluded;
	struct pattern_list accepted, rejected;
};

struct scope *scope_new(enum scope_kind kind)
{
	struct scope *s = xcalloc(1, sizeof(*s));

	s->kind = kind;
	return s;
}

void scope_free(struct scope *s)
{
	struct place *p, *next;

	if (!s)
		return;
	HASH_ITER(hh, s->places, p, next) {
		HASH_DEL(s->places, p);
		for (size_t i = 0; i < p->n_prefixes; i++)
			free(p->prefixes[i]);
		free(p->prefixes);
		free(p);
	}
	free(s->domains.list);
	free(s->excluded.list);
	pattern_list_release(&s->accepted);
	pattern_list_release(&s->rejected);
	free(s);
}

static void add_name(struct names *names, const char *name)
{
	names->list = xgrow(names->list, names->len, 1, sizeof(name));
	names->list[names->len++] = name;
}

void scope_add_domain(struct scope *s, const char *name)
{
	add_name(&s->domains, name);
}

void scope_exclude_domain(struct scope *s, const char *name)
{
	add_name(&s->excluded, name);
}

int scope_add_regex(struct scope *s, const char *text, bool accept,
		    struct buf *why)
{
	return pattern_list_add(accept ? &s->accepted : &s->rejected, text,
				why);
}

/* Returns the host or domain that a link must share with a seed to be in scope,
 * to be freed. */
static char *place_name(const struct scope *s, const struct url *url)
{
	char *host, *name;

	if (s->kind == SCOPE_DOMAIN)
		return url_registrable_domain(url);
	host = url_host_name(url);
	if (url->port < 0)
		return host;
	name = xasprintf("%s:%d", host, url->port);
	free(host);
	return name;
}

static struct place *find_place(const struct scope *s, const char *name)
{
	struct place *p;

	HASH_FIND_STR(s->places, name, p);
	return p;
}

/* Returns the length of the path up to its last slash, which is included. */
static size_t folder_length(struct slice path)
{
	while (path.len && path.p[path.len - 1] != '/')
		path.len--;
	return path.len;
}

static void add_prefix(struct place *p, struct slice path)
{
	p->prefixes = xgrow(p->prefixes, p->n_prefixes, 1,
			    sizeof(*p->prefixes));
	p->prefixes[p->n_prefixes++] = xmemdup(path.p, folder_length(path));
}

void scope_add_seed(struct scope *s, const struct url *seed)
{
	char *name = place_name(s, seed);
	struct place *p = find_place(s, name);

	if (!p) {
		p = xcalloc(1, sizeof(*p) + strlen(name) + 1);
		memcpy(p->name, name, strlen(name));
		HASH_ADD_STR(s->places, name, p);
	}
	if (s->kind == SCOPE_PREFIX)
		add_prefix(p, url_path(seed));
	free(name);
}

static bool is_under(const struct names *names, const struct url *url)
{
	for (size_t i = 0; i < names->len; i++)
		if (url_host_is_under(url_host(url), names->list[i]))
			return true;
	return false;
}

static bool has_prefix(const struct place *p, struct slice path)
{
	for (size_t i = 0; i < p->n_prefixes; i++)
		if (path.len >= strlen(p->prefixes[i]) &&
		    !memcmp(path.p, p->prefixes[i], strlen(p->prefixes[i])))
			return true;
	return false;
}

static bool is_of_seeds(const struct scope *s, const struct url *url)
{
	char *name;
	const struct place *p;

	if (s->kind == SCOPE_ANY)
		return !s->domains.len;
	if (s->kind == SCOPE_PAGE)
		return false;
	name = place_name(s, url);
	p = find_place(s, name);
	free(name);
	return p && (s->kind != SCOPE_PREFIX || has_prefix(p, url_path(url)));
}

/* Returns true if the regular expressions leave the URL out. In doubt they do:
 * an expression that takes too much work rejects, and does not accept. */
static bool is_rejected(const struct scope *s, const struct url *url)
{
	const struct slice text = {url->href, url->len};

	return (s->accepted.len &&
		!pattern_list_matches(&s->accepted, text, false)) ||
	       pattern_list_matches(&s->rejected, text, true);
}

enum scope_verdict scope_check(const struct scope *s, const struct url *url)
{
	if (is_under(&s->excluded, url) ||
	    (!is_of_seeds(s, url) && !is_under(&s->domains, url)))
		return SCOPE_OUT;
	if (is_rejected(s, url))
		return SCOPE_REJECTED;
	return SCOPE_IN;
}

static struct slice without_www(struct slice host)
{
	if (host.len > 4 && !memcmp(host.p, "www.", 4))
		return (struct slice){host.p + 4, host.len - 4};
	return host;
}

bool scope_moves(const struct url *from, const struct url *to)
{
	return from->port == to->port &&
	       slice_equal(without_www(url_host(from)),
			   without_www(url_host(to)));
}
