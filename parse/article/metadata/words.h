/* Words of text in UTF-8, compared without regard to case: ASCII, Latin-1 and
 * Cyrillic letters. */
#ifndef PARSE_ARTICLE_METADATA_WORDS_H
#define PARSE_ARTICLE_METADATA_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* Writes text in lower case. Returns its length, or 0 if the text does not fit
 * into `size` bytes. */
size_t words_lower(char *to, size_t size, struct slice text);

/* Returns the number of characters. */
size_t words_letters(struct slice text);

/* Returns true if a byte is part of a word: a letter or a digit of ASCII, or a
 * byte of a character that is not ASCII. */
bool words_is_inside(char c);

/* Moves *at to the next word of text and sets *word. Returns false at the
 * end. */
bool words_next(struct slice text, size_t *at, struct slice *word);

/* Returns text without white space at both ends, also non-breaking spaces. */
struct slice words_trim(struct slice text);

/* Returns a C string as a slice of at most max bytes, cut off between two
 * characters. */
struct slice words_clip(const char *s, size_t max);

/* Appends the words of text in lower case, each after a space. */
void words_add_folded(struct buf *out, struct slice text);

/* Returns true if the word, in upper or lower case, is in the list (lower case,
 * NULL at the end). */
bool words_are_listed(struct slice word, const char *const *list);

/* The next two functions look at the first WORDS_ATTRIBUTE_MAX bytes of an
 * attribute's value only. */
enum { WORDS_ATTRIBUTE_MAX = 1000 };

/* Returns true if the attribute's value, a class or an id, has one of the parts
 * (lower case, NULL at the end). "post-author", "post_author" and "postAuthor"
 * have the parts "post" and "author". */
bool words_have_part(const char *value, const char *const *parts);

/* Returns true if one of the words (lower case, NULL at the end) is among the
 * tokens of the attribute's value, which are separated by white space. */
bool words_have_token(const char *value, const char *const *words);

#endif
