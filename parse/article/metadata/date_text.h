/* Finds dates in text as people write it: "Published on 8 October 2024",
 * "10/08/2024", "2024年10月8日". Names of months are in ten languages. */
#ifndef PARSE_ARTICLE_METADATA_DATE_TEXT_H
#define PARSE_ARTICLE_METADATA_DATE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* The order of day and month in a date such as 3/4/2024. */
enum day_order {
	DAY_ORDER_UNKNOWN,	/* such a date is not read */
	DAY_FIRST,
	MONTH_FIRST,
};

enum { DATE_TEXT_MAX = 40 };

/* A date, and its place in the text. */
struct date_text {
	char iso[DATE_TEXT_MAX];	/* YYYY-MM-DD */
	size_t start, end;		/* offsets in the text */
	bool ambiguous;			/* only the given order decided which
					 * number is the day */
	enum day_order written;		/* the order of a date that has only one
					 * reading */
};

/* Returns the order that is usual in a language ("en-GB"; NULL or empty:
 * unknown). */
enum day_order day_order_of(const char *language);

/* Returns the number of days from a fixed day to the date at the beginning of a
 * text (YYYY-MM-DD); 0: the text begins with something else. */
int date_text_day(const char *iso);

/* Finds the first date at or after `from`. Only the first 600 bytes from there
 * are searched. Returns false if there is none. */
bool date_text_find(struct date_text *found, struct slice text, size_t from,
		    enum day_order order);

#endif
