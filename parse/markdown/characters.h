/* Classes of characters, on which the rules for emphasis depend (CommonMark
 * 0.31, "left-flanking delimiter run"). */
#ifndef PARSE_MARKDOWN_CHARACTERS_H
#define PARSE_MARKDOWN_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ascii.h"

enum md_class {
	MD_LETTER,		/* all characters that have no other class */
	MD_SPACE,
	MD_PUNCTUATION,
	MD_SYMBOL,		/* punctuation in CommonMark 0.31, a letter in
				 * earlier versions and in GitHub's */
};

/* Returns true for ASCII punctuation: the characters that may be escaped with
 * a backslash. */
static inline bool md_is_punctuation(char c)
{
	return c > ' ' && c < 0x7f && !ascii_is_alphanumeric(c);
}

/* Return the class of the character at s, or of the one that ends before s. The
 * text is valid UTF-8. At its end, or before its start: MD_SPACE. */
enum md_class md_class_at(const char *s, const char *end);
enum md_class md_class_before(const char *start, const char *s);

#endif
