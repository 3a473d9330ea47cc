/*
 * The redirects of a URL, as a text for people: those of its record, and, in
 * the saved records of a crawl, those of the records to which it leads.
 *
 *	struct redirects r = {0};
 *
 *	redirects_add(&r, &facts);
 *	if (r.count)
 *		puts(r.text);	"302 -> http://a.example/b, 301 -> "
 *	redirects_release(&r);
 */
#ifndef CMD_CHECK_REDIRECTS_H
#define CMD_CHECK_REDIRECTS_H

#include <stdbool.h>

#include "cmd/check/facts.h"

/* Zero is none. */
struct redirects {
	char *text;		/* without the last URL; NULL: none */
	unsigned count;
	bool has_temporary;	/* not all are permanent */
};

/* Returns true if the answer is that of a redirect to final_url, which a crawl
 * has not followed because it knew that URL. */
bool redirects_lead_away(const struct facts *f);

/* Returns true if the record ends with a redirect: to another record, or to a
 * URL that was in its own chain. */
bool redirects_lead_on(const struct facts *f);

/* Adds the redirects of a record. */
void redirects_add(struct redirects *r, const struct facts *f);

/* Adds the redirects of the record to which those of r lead, and its URL. */
void redirects_join(struct redirects *r, const struct redirects *next,
		    const char *url);

void redirects_release(struct redirects *r);

#endif
