/* Decides how a body is to be parsed: from the user's options, from what the
 * server declares and, where that says little, from its first bytes. */
#ifndef PARSE_BODY_TYPE_H
#define PARSE_BODY_TYPE_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/config.h"
#include "parse/encoding/media_type.h"

struct body_type {
	const struct parse_config *config;	/* borrowed */
	enum media declared;
	enum media name;	/* media type by the file name's ending; NONE:
				 * unknown */
	bool was_packed;	/* the body was a gzip file and has been
				 * unpacked */
	bool is_sniffed;	/* set by body_type_decide(): guessed from the
				 * body's bytes alone, so it may be wrong */
};

/* Returns the type by the ending of the URL's path (NULL: unknown URL). */
enum media body_type_of_url(const char *url);

/* Returns true if the body is a gzip file that is to be unpacked. Archives and
 * images stay as they came, and so does plain text that no option asks for: it
 * might be unpacked to a very large body only to be ignored. */
bool body_type_should_unpack(const struct body_type *t, struct slice body);

/* Returns the type to parse the body as, never NONE, and sets t->is_sniffed. */
enum media body_type_decide(struct body_type *t, struct slice body);

#endif
