/*
 * The redirects of a URL, as a text for people: the redirects in its record
 * and, in the saved records of a crawl, those in the records to which they
 * lead.
 */
#ifndef CMD_CHECK_REDIRECTS_H
#define CMD_CHECK_REDIRECTS_H

#include <stdbool.h>

#include "cmd/check/facts.h"

/* Redirects of a URL. A zeroed struct has none. */
struct redirects {
	char *text;		/* ends before the last URL; NULL: no
				 * redirects */
	unsigned count;
	bool has_temporary;	/* at least one redirect is temporary */
};

/* Returns true if the answer is a redirect to final_url that the crawl did not
 * follow, because the crawl had that URL already. */
bool redirects_lead_away(const struct facts *f);

/* Returns true if the record ends with a redirect that leads to another record,
 * or back to a URL of the record's own chain. */
bool redirects_lead_on(const struct facts *f);

/* Adds the redirects of a record to r. */
void redirects_add(struct redirects *r, const struct facts *f);

/* Appends the redirects of the record to which the redirects in r lead. url:
 * URL of that record. */
void redirects_join(struct redirects *r, const struct redirects *next,
		    const char *url);

void redirects_release(struct redirects *r);

#endif
