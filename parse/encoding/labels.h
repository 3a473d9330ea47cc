/*
 * The encodings of the Encoding Standard and the names ("labels") by which
 * documents ask for them.
 */
#ifndef PARSE_ENCODING_LABELS_H
#define PARSE_ENCODING_LABELS_H

#include "base/slice.h"

/* How an encoding is read. */
enum encoding_kind {
	ENCODING_UTF8,
	ENCODING_SINGLE_BYTE,	/* by a table made from ICU's converter */
	ENCODING_MULTI_BYTE,	/* by ICU's converter; ASCII bytes that do not
				 * fit what precedes them are characters */
	ENCODING_OTHER,		/* by ICU's converter */
	ENCODING_WINDOWS_1252,
	ENCODING_USER_DEFINED,	/* high bytes are U+F780 and up */
	ENCODING_REPLACEMENT,	/* dangerous ones: one U+FFFD for it all */
};

struct encoding {
	const char *name;
	enum encoding_kind kind;
	const char *converter;	/* ICU's name for the nearest one */
	const char *labels;	/* lower case, a space after each */
};

enum { ENCODINGS = 42 };

/* All of them: the 40 of the standard, then UTF-32LE and UTF-32BE, which no
 * label asks for but a byte order mark in JSON may. */
extern const struct encoding encodings[ENCODINGS];

/* The encoding of a label in any letter case, white space around it ignored;
 * NULL when there is none. */
const struct encoding *encoding_by_label(struct slice label);

/* By its name, which must be one. */
const struct encoding *encoding_by_name(const char *name);

#endif
