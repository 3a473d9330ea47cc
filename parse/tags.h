/* A look at the tags of an HTML page before it is parsed, in one pass. */
#ifndef PARSE_TAGS_H
#define PARSE_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Whether there are tags with so many attributes that libxml2, which compares
 * each with each, would take long. Divides the text as libxml2 does. */
bool tags_are_absurd(const char *p, size_t len);

/* Whether there may be comments for tags_write_out(). */
bool tags_have_short_comments(const char *p, size_t len);

/* Appends the text with the comments "<!-->" and "<!--->" written as "<!---->":
 * libxml2 2.9.14 finds no end to them and loses the rest of the page. */
void tags_write_out(struct buf *out, const char *p, size_t len);

#endif
