/* Estimates how likely each date in a page is the date of its text, by the
 * distance from the title and by the elements around the date. */
#ifndef PARSE_ARTICLE_METADATA_DATE_COSTS_H
#define PARSE_ARTICLE_METADATA_DATE_COSTS_H

#include <stddef.h>

#include "parse/article/metadata/findings.h"

enum { DATE_FAR = 1 << 20 };	/* added to the cost of a date that is far from
				 * the title */

/* Sets the costs of the dates. The date with the lowest cost is the most likely
 * one; one with SIZE_MAX is never taken. heading: the title in the page; NULL:
 * unknown. */
void date_costs_set(size_t costs[DATES_MAX], const struct findings *f,
		    const struct heading *heading);

#endif
