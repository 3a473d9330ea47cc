/* Names of months in ten languages: Dutch, English, French, German, Italian,
 * Polish, Portuguese, Russian, Spanish and Swedish. */
#ifndef PARSE_ARTICLE_METADATA_MONTHS_H
#define PARSE_ARTICLE_METADATA_MONTHS_H

#include "base/slice.h"

/* Returns the number of the month (1 to 12) with this name, or whose name
 * begins with the word, which then has at least three letters ("Sept"); 0: no
 * month. Ignores case. */
int month_by_name(struct slice word);

#endif
