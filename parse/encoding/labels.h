/*
 * The encodings of the Encoding Standard and the names ("labels") by which
 * documents declare them.
 */
#ifndef PARSE_ENCODING_LABELS_H
#define PARSE_ENCODING_LABELS_H

#include "base/slice.h"

/* Kinds of encodings, by the way in which they are decoded. */
enum encoding_kind {
	ENCODING_UTF8,
	ENCODING_SINGLE_BYTE,	/* decoded by a table made from ICU's
				 * converter */
	ENCODING_MULTI_BYTE,	/* decoded by ICU's converter; an ASCII byte
				 * that does not fit the bytes before it is a
				 * character of its own */
	ENCODING_OTHER,		/* decoded by ICU's converter */
	ENCODING_WINDOWS_1252,
	ENCODING_USER_DEFINED,	/* x-user-defined: bytes from 0x80 on are U+F780
				 * and up */
	ENCODING_REPLACEMENT,	/* encodings that are a security risk: the whole
				 * body becomes one U+FFFD */
};

struct encoding {
	const char *name;
	enum encoding_kind kind;
	const char *converter;	/* ICU's name of the nearest converter */
	const char *labels;	/* all labels in lower case, each followed by a
				 * space */
};

enum { ENCODINGS = 42 };

/* All encodings: the 40 of the standard, then UTF-32LE and UTF-32BE, which have
 * no label but may be declared by a byte order mark in JSON. */
extern const struct encoding encodings[ENCODINGS];

/* Returns the encoding of a label, ignoring letter case and white space around
 * the label; NULL if the label is unknown. */
const struct encoding *encoding_by_label(struct slice label);

/* Returns the encoding of that name. The name must exist. */
const struct encoding *encoding_by_name(const char *name);

#endif
