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

/* Returns the media type that the ending of the URL's path stands for, or
 * MEDIA_NONE. url may be NULL. */
enum media body_type_of_url(const char *url);

/* Returns true if the body is a gzip file that is to be unpacked. Archives and
 * images are not unpacked. Plain text is unpacked only if an option asks for
 * text: the text might be very large, and nothing would read it. */
bool body_type_should_unpack(const struct body_type *t, struct slice body);

/* Returns the type to parse the body as, never NONE, and sets t->is_sniffed. */
enum media body_type_decide(struct body_type *t, struct slice body);

#endif
