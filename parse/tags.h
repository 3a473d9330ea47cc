/* A look at the tags of an HTML page before it is parsed, in one pass. */
#ifndef PARSE_TAGS_H
#define PARSE_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Why the page is not for libxml2 (static), or NULL. There are tags with so
 * many attributes that it, which compares each with each, would take long; or
 * more than max_depth elements are open at a time. Divides the text as libxml2
 * does, and of the open elements counts only those that are open for certain:
 * what is refused for them is as deep for libxml2, but not the other way
 * round. */
const char *tags_refuse(const char *p, size_t len, size_t max_depth);

/* Whether there may be comments for tags_write_out(). */
bool tags_have_short_comments(const char *p, size_t len);

/* Appends the text with the comments "<!-->" and "<!--->" written as "<!---->":
 * libxml2 2.9.14 finds no end to them and loses the rest of the page. */
void tags_write_out(struct buf *out, const char *p, size_t len);

#endif
