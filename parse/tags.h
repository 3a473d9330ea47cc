/* A look at the tags of an HTML page before it is parsed, in one pass. */
#ifndef PARSE_TAGS_H
#define PARSE_TAGS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether there are tags with so many attributes that libxml2, which compares
 * each with each, would take long. Divides the text as libxml2 does. */
bool tags_are_absurd(const char *p, size_t len);

#endif
