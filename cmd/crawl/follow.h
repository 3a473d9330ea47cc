/* Decides which links of a page a crawl follows. */
#ifndef CMD_CRAWL_FOLLOW_H
#define CMD_CRAWL_FOLLOW_H

#include "base/digest_set.h"
#include "base/job/job.h"
#include "base/url/shard.h"
#include "cmd/crawl/page_roles.h"
#include "cmd/crawl/skipped.h"
#include "cmd/crawl/traps.h"
#include "cmd/options/crawl.h"
#include "crawl/frontier.h"
#include "crawl/scope.h"
#include "crawl/sitemap/sitemap.h"
#include "crawl/visits/previous.h"
#include "parse/extract/roles.h"

/* The data that the functions below need. All pointers are borrowed. */
struct follow {
	const struct crawl_options *options;
	const struct shard *shard;	/* part of the crawl that this machine
					 * works on */
	struct frontier *frontier;
	struct scope *scope;
	struct skipped *skipped;
	const struct roles *roles;	/* NULL: pages have no roles */
	struct page_links *seen;	/* NULL: pages have no roles */
	struct output *map;	/* output of --map; NULL: without --map */
	struct digest_set *redirects;	/* for --map: targets of redirects, with
					 * the number of redirects that have led
					 * to each */
	unsigned max_redirs;
	struct traps *traps;	/* NULL: with --no-traps */
};

/* Adds a URL to the frontier (frontier_add()) and, with --map, writes its line.
 * The line of a seed comes later, because the sitemaps may have the seed's
 * date. */
int follow_add(const struct follow *f, const struct url *url,
	       const struct frontier_page *page);

/* Adds the links of a finished job to the frontier. Returns 0, or -1 after an
 * error of the frontier. */
int follow_links(const struct follow *f, const struct job *job,
		 const struct frontier_page *page);

/* The sitemap of an entry, for the page that the entry becomes. Borrowed. */
struct entry_source {
	const char *via;	/* URL of the sitemap */
	const struct url *url;	/* URL of the sitemap after redirects */
	const char *id;		/* as in struct request */
	bool from_public, no_credentials;	/* as in struct request */
};

/* Adds the URL of a sitemap's entry to the frontier, or its date and priority
 * to a page that is known. *reason is set if the URL is left out, and unchanged
 * otherwise. URLs out of scope do not count as left out. Returns 0, or -1 after
 * an error of the frontier. */
int follow_entry(const struct follow *f, const struct sitemap_entry *entry,
		 const struct entry_source *from, enum skip_reason *reason);

/* Adds a page of the previous crawl, for --recrawl, if it is not known and may
 * be requested. Returns 1; 0 if it was not added; -1 after an error of the
 * frontier. */
int follow_again(const struct follow *f, const struct previous_good *was);

/* Adds the target of a redirect as a page of its own, for --map, unless too
 * many redirects have led to it. Returns 0, or -1 after an error of the
 * frontier. */
int follow_target(const struct follow *f, const struct job *job,
		  const struct frontier_page *page, const struct url *to);

/* Returns true if the redirect of the job's hop is to be followed: the target
 * is in scope and has not been requested. A seed that redirects to its own
 * https or "www." form moves the scope. */
bool follow_redirect(const struct follow *f, const struct job *job,
		     struct frontier_page *page, const struct url *to);

#endif
