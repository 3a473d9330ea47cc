/* Writes content as plain text. */
#ifndef PARSE_ARTICLE_TEXT_H
#define PARSE_ARTICLE_TEXT_H

#include <stdint.h>

#include "base/buf.h"
#include "parse/article/content.h"

/* Appends the text: paragraphs separated by an empty line, items of lists and
 * rows of tables on lines of their own, cells separated by tabs. In <pre>, the
 * lines stay as they are. max: of bytes; 0: no limit. Returns the number of
 * words. */
uint64_t text_write(struct buf *out, const struct content *content,
		    uint64_t max);

#endif
