/*
 * Names of the WARC format (ISO 28500):
 * https://iipc.github.io/warc-specifications/
 *
 * A record is a version line, header fields, an empty line, a block of
 * Content-Length bytes, and two line ends. Names of types are matched without
 * regard to case, as names of fields are.
 */
#ifndef CMD_WARC_FORMAT_H
#define CMD_WARC_FORMAT_H

#include "base/slice.h"

/* Types of records. WARC_UNKNOWN: a type that the format does not have. */
enum warc_type {
	WARC_UNKNOWN,
	WARC_WARCINFO,
	WARC_REQUEST,
	WARC_RESPONSE,
	WARC_REVISIT,
	WARC_METADATA,
	WARC_RESOURCE,
	WARC_CONVERSION,
	WARC_CONTINUATION,
	WARC_TYPES
};

/* Returns the type's name in WARC-Type; "unknown" for WARC_UNKNOWN. Static. */
const char *warc_type_name(enum warc_type type);

enum warc_type warc_type_of(struct slice name);

#endif
