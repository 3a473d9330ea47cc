/* Words before dates, in ten languages: Dutch, English, French, German,
 * Italian, Polish, Portuguese, Russian, Spanish and Swedish. */
#ifndef PARSE_ARTICLE_METADATA_DATE_WORDS_H
#define PARSE_ARTICLE_METADATA_DATE_WORDS_H

#include "base/slice.h"

/* The meaning of a date, as given by the text before it. */
enum date_label {
	DATE_LABEL_NONE,
	DATE_LABEL_PUBLISHED,
	DATE_LABEL_FIRST,	/* published for the first time: "originally
				 * published on" */
	DATE_LABEL_MODIFIED,
	DATE_LABEL_OTHER,	/* a date of something else: an event, an
				 * offer, a copyright */
};

/* Returns the label of a date that has this text before it. The last label in
 * the text counts. */
enum date_label date_label_of(struct slice text);

#endif
