/*
 * Finds out which delimiters of emphasis Markdown reads as intended. It does
 * what parsers do (CommonMark 0.31, "Phase 2: inline structure"), because the
 * rules depend on all delimiters of a paragraph and on their neighbours.
 */
#ifndef PARSE_MARKDOWN_EMPHASIS_H
#define PARSE_MARKDOWN_EMPHASIS_H

#include <stdbool.h>
#include <stddef.h>

/* A delimiter in a paragraph, in the order of the text. */
struct md_delimiter {
	size_t at;		/* offset in the text */
	unsigned len;		/* 1 or 2 */
	char mark;		/* '*', '_', '~'; '[' and ']' are the ends of
				 * links, inside of which emphasis is read by
				 * itself */
	bool opens;
	size_t token;		/* index of the delimiter's token */
	size_t pair;		/* index of the token of the other end */
	bool survives;		/* result: Markdown pairs the delimiter with the
				 * intended other end */
	bool hopeless;		/* result: read as plain text, whatever the
				 * other delimiters are */
};

/* Sets the results. Returns true if all delimiters survive, by the rules of
 * CommonMark as well as by those of GitHub's parser. */
bool md_emphasis_check(const char *text, size_t len,
		       struct md_delimiter *delimiters, size_t count);

#endif
