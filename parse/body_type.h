/* What a body is to be read as: by what the user says, what the server says, and
 * what it looks like where that says little. */
#ifndef PARSE_BODY_TYPE_H
#define PARSE_BODY_TYPE_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/config.h"
#include "parse/encoding/media_type.h"

struct body_type {
	const struct parse_config *config;	/* borrowed */
	enum media declared;
	enum media name;	/* by the ending of its name; NONE: unknown */
	bool was_packed;	/* it was a gzip file */
	bool is_sniffed;	/* set by body_type_decide(): nobody has said
				 * so, so it may be wrong */
};

/* By the last part of where it came from (NULL: unknown). */
enum media body_type_of_url(const char *url);

/* Whether a body is a gzip file that is to be unpacked: archives and images are
 * left as they came, and so is plain text that nobody has asked for, because it
 * may be too large for something that is not looked at. */
bool body_type_should_unpack(const struct body_type *t, struct slice body);

/* Never NONE. */
enum media body_type_decide(struct body_type *t, struct slice body);

#endif
