/* The front matter of a page's file: YAML between two lines "---", which other
 * programs read as the metadata of the Markdown that follows. */
#ifndef CMD_OUTPUT_MARKDOWN_FRONT_MATTER_H
#define CMD_OUTPUT_MARKDOWN_FRONT_MATTER_H

#include "base/buf.h"
#include "base/slice.h"

/* Values as the compact JSON text of a record; an empty slice stands for
 * null. */
struct front_matter {
	struct slice title, url, final_url, authors, date, fetched;
	struct slice markdown;	/* the text that follows; not JSON */
};

/* Appends the front matter. Every string is in double quotes, so that no value
 * is taken for a number, a date or YAML. final_url is written only if it is not
 * url. */
void front_matter_add(struct buf *out, const struct front_matter *f);

/* Appends the line of the url as front_matter_add() writes it. */
void front_matter_add_url(struct buf *out, struct slice url);

#endif
