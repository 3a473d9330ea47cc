/*
 * The parts of a page that may be its title, authors or dates, as found by one
 * walk over its tree (walk.h). title.h, authors.h, dates.h and site.h decide.
 * The number of findings of each kind is limited; the first ones are kept.
 */
#ifndef PARSE_ARTICLE_METADATA_FINDINGS_H
#define PARSE_ARTICLE_METADATA_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "parse/article/metadata/date_text.h"
#include "parse/article/metadata/json_items.h"
#include "parse/article/metadata/meta_names.h"
#include "parse/article/metadata/people.h"

enum {
	HEADINGS_MAX = 24,
	DATES_MAX = 256,
	BYLINES_MAX = 256,
	META_VALUE_MAX = 4096,	/* bytes of the content of a meta element */
};

/* A heading of the page. Positions are numbers of bytes of text before the
 * heading. */
struct heading {
	struct buf text;
	unsigned level;		/* 1 or 2; 3: a text that is the title */
	const xmlNode *node;
	size_t start, end;
};

enum date_role { DATE_UNKNOWN, DATE_PUBLISHED, DATE_MODIFIED };

/* Kinds of places with a date, from the strongest to the weakest. */
enum date_place {
	DATE_IN_ITEMPROP,	/* itemprop="datePublished" and the like */
	DATE_IN_TIME,		/* a <time> element */
	DATE_IN_TEXT,
};

struct date_finding {
	char iso[DATE_TEXT_MAX];
	enum date_role role;
	enum date_place place;
	bool labelled;		/* text or class say that it is a date of the
				 * page */
	bool ambiguous;		/* only the page's language decided which number
				 * is the day */
	bool first;		/* the page says that it was published for the
				 * first time on that day */
	const xmlNode *node;	/* the element, or the text node */
	size_t at;
};

/* Kinds of places with an author, from the strongest to the weakest. */
enum byline_place {
	BYLINE_ITEMPROP,	/* itemprop="author" */
	BYLINE_REL,		/* rel="author" */
	BYLINE_NAME,		/* class="author-name" */
	BYLINE_CLASS,		/* class="author", class="byline" */
	BYLINE_TEXT,		/* "By Jane Doe" */
	BYLINE_LINK,		/* a link to /author/jane */
};

struct byline {
	struct buf text;
	enum byline_place place;
	const xmlNode *node;
	size_t at;
};

/* Zero is empty, too. */
struct findings {
	struct buf title;		/* text of the <title> element */
	struct buf language;		/* lang of <html> */
	struct buf canonical;		/* URL of <link rel=canonical>, or
					 * og:url */
	struct buf meta[META_KINDS];	/* for each kind, content of the <meta>
					 * with the lowest rank */
	unsigned meta_rank[META_KINDS];
	struct people meta_authors;
	struct heading headings[HEADINGS_MAX];
	size_t headings_count;
	size_t dates_count, bylines_count;
	bool days_first, months_first;	/* the page writes dates in this order,
					 * where it is certain */
	/* findings_init() leaves the lists unset, as they are large. */
	struct json_items json;
	struct byline bylines[BYLINES_MAX];
	struct date_finding dates[DATES_MAX];
};

/* Makes it empty. */
void findings_init(struct findings *f);

/* Returns the order of day and month in the page's language. */
enum day_order findings_day_order(const struct findings *f);

/* Returns true if the page says that it is an article. item: of JSON-LD; NULL
 * if there is none. */
bool findings_are_of_article(const struct findings *f,
			     const struct json_item *item);

void findings_release(struct findings *f);

#endif
