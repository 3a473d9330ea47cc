/* List of the names of authors, cleaned: "By Jane Doe and John Roe, Staff" is
 * Jane Doe and John Roe. */
#ifndef PARSE_ARTICLE_METADATA_PEOPLE_H
#define PARSE_ARTICLE_METADATA_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

enum { PEOPLE_MAX = 64 };

/* Zero is an empty list. */
struct people {
	char **names;		/* owned */
	size_t count;
};

/* Adds the names in a text. Splits it at commas, semicolons, "&" and words for
 * "and" in ten languages. Leaves out texts that are not names (URLs, addresses,
 * "Admin", degrees), names that the list has, and all after PEOPLE_MAX
 * names. */
void people_add(struct people *people, struct slice text);

/* Adds the name of one author, which may be written with the family name first:
 * "Doe, Jane". */
void people_add_inverted(struct people *people, struct slice text);

/* Returns what follows a word such as "By" or "Written by", in ten languages,
 * at the beginning of text; text itself if there is no such word. */
struct slice people_after_by(struct slice text);

/* Returns true if the whole text is such a word: "By", "Author:". */
bool people_is_by(struct slice text);

void people_release(struct people *people);

#endif
