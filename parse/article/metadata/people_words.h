/* Words around the names of authors, in ten languages: Dutch, English, French,
 * German, Italian, Polish, Portuguese, Russian, Spanish and Swedish. All in
 * lower case; the lists end in NULL. */
#ifndef PARSE_ARTICLE_METADATA_PEOPLE_WORDS_H
#define PARSE_ARTICLE_METADATA_PEOPLE_WORDS_H

#include "base/slice.h"

/* Returns the words before a name ("by") that a text may begin with, judging by
 * its first two bytes, in upper or lower case; the longer ones come first. The
 * text must not be empty. */
const char *const *people_by(struct slice text);

/* Words for "and". */
extern const char *const people_and[];

/* Words of which a text that is no name consists: "admin", "contact". */
extern const char *const people_nobody[];

/* Words before the names of those who wrote a text, and not of those who took
 * its photos: "Words: Jane Doe. Photos: John Roe". */
extern const char *const people_text_credits[];

/* Words in the descriptions of people, after a comma: "editor", "phd". */
extern const char *const people_roles[];

#endif
