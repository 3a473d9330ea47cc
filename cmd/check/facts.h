/*
 * The facts that a record has about its page. The record may come from a run of
 * `scrape check`, or may have been saved by another command with other options.
 * Facts that the record does not have are unknown, and cause no finding.
 */
#ifndef CMD_CHECK_FACTS_H
#define CMD_CHECK_FACTS_H

#include <stdbool.h>

#include "base/slice.h"

struct facts {
	/* Texts, owned; NULL: unknown, or none. */
	char *url, *final_url;
	char *error_kind, *error_message;
	char *title, *description, *canonical;
	char *robots;		/* value of a meta element or of X-Robots-Tag */
	char *not_after;	/* when the certificate expires */
	char *ip;		/* address of the server */

	unsigned status;	/* 0: none */
	double seconds;		/* time on the network */
	bool has_tls;		/* days_left is known */
	long days_left;		/* days until the certificate expires */
	bool is_html;
	bool has_meta;		/* description, canonical and robots are
				 * known */
	bool has_headers;	/* the X-Robots-Tag headers are known */
	/* JSON arrays, borrowed from the record; p NULL: unknown. */
	struct slice redirects, links;
	struct slice insecure, styles;	/* http: URLs of the page's resources,
					 * and of style sheets */
	struct slice ids, names;	/* targets of fragments */
};

/* Reads a record, which is compact JSON with a text as its url. */
void facts_read(struct facts *f, struct slice record);

void facts_release(struct facts *f);

/* Returns a copy of a JSON string's text, without characters that would end
 * it; NULL if the value is not a string. */
char *facts_text(struct slice value);

#endif
