/*
 * The form of a URL: what it has in common with the URLs that a program makes
 * in the same way. The rules for traps count pages by form. Pure; any thread.
 *
 *	https://a.example/news/2026-03-17/item5?sort=up&page=2
 *	https://a.example/news/#/item#?page&sort
 *
 * Numbers, hexadecimal numbers, identifiers, dates and names of months become
 * "#". Of the query only the names of parameters remain, sorted, each once.
 */
#ifndef CRAWL_TRAPS_URL_FORM_H
#define CRAWL_TRAPS_URL_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/url/url.h"

/* Maximum number of segments of a path after the first one; a path with more
 * segments is a trap because of its form (crawl/traps/trap.h). */
enum { URL_FORM_SEGMENTS = 20 };

struct url_form {
	struct buf text;	/* the form; reuse it for the next URL */
	size_t path_len;	/* length of the form without the query; the
				 * whole form if the URL has no query */
	bool has_date;		/* the URL has a date, or parameters that choose
				 * a date */
	uint64_t group;		/* hash of the origin and the first segment of
				 * the path */
	uint64_t segments[URL_FORM_SEGMENTS];	/* for each segment after the
						 * first one, the hash of the
						 * group and the segment */
	unsigned n_segments;
};

/* Sets *form to the form of an http or https URL. Zero *form before the first
 * use. */
void url_form_set(struct url_form *form, const struct url *url);

void url_form_release(struct url_form *form);

#endif
