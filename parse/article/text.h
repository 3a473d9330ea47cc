/* Writes content as plain text. */
#ifndef PARSE_ARTICLE_TEXT_H
#define PARSE_ARTICLE_TEXT_H

#include <stdint.h>

#include "base/buf.h"
#include "parse/article/content.h"

/* Appends the text: paragraphs separated by an empty line, items of lists and
 * rows of tables on lines of their own, cells separated by tabs. In <pre>, the
 * lines stay as they are. max: of bytes; 0: no limit. */
void text_write(struct buf *out, const struct content *content, uint64_t max);

/* Cuts the text off between two characters if it is longer than max bytes. 0:
 * no limit. */
void text_limit(struct buf *text, uint64_t max);

/* Counts the words (run_text.h). */
uint64_t text_words(const struct buf *text);

#endif
