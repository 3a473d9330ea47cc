/* State of the walk of walk.h, shared with the parts that look for dates and
 * bylines. */
#ifndef PARSE_ARTICLE_METADATA_WALK_STATE_H
#define PARSE_ARTICLE_METADATA_WALK_STATE_H

#include "parse/article/metadata/findings.h"

enum {
	BEFORE_MAX_BYTES = 60,
	BYLINES_READ_MAX = 2000,
};

struct walk {
	struct findings *f;		/* borrowed */
	size_t at;			/* bytes of text so far */
	struct slice before;		/* the text node before this one, if it
					 * is short; borrowed from the tree */
	bool before_is_by;		/* `before` is a word such as "By" */
	size_t bylines_read;		/* number of elements whose text was
					 * read as a byline */
	enum day_order order;
	struct buf scratch;		/* for the values of attributes */
	const xmlNode *time;		/* the last <time> element whose
					 * attribute is a date */
};

#endif
