/* Finds the dates in the body of a page: <time>, itemprop, and text. */
#ifndef PARSE_ARTICLE_METADATA_DATE_MARKS_H
#define PARSE_ARTICLE_METADATA_DATE_MARKS_H

#include <libxml/tree.h>

#include "base/slice.h"
#include "parse/article/metadata/walk_state.h"

/* Writes the date of a machine-readable text: ISO 8601, complete or only with
 * year and month, or in a form that people write. Returns false if there is
 * none. */
bool date_marks_read(char iso[DATE_TEXT_MAX], struct slice text,
		     enum day_order order);

/* Look at an element with itemprop, at a <time> or an element such as
 * <relative-time>, and at a text node. */
void date_marks_itemprop(struct walk *w, const xmlNode *n,
			 const char *itemprop, const char *value);
void date_marks_time(struct walk *w, const xmlNode *n);
void date_marks_text(struct walk *w, const xmlNode *n, struct slice text);

/* Interprets each date with the help of the other dates. In a language that has
 * the month first, a date such as 3/4/2024 is read with the day first if
 * another date of the page is then the same day, or if the language is English
 * of no country and all other dates of the page have the day first. A date
 * directly before the date of a change is the date of publication. */
void date_marks_settle(struct findings *f);

#endif
