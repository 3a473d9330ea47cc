/*
 * Converts response bytes to clean UTF-8, as a browser would read them.
 *
 * Labels and encodings are those of the Encoding Standard
 * (https://encoding.spec.whatwg.org/); ICU converts the multi-byte ones.
 * Conversion cannot fail: malformed bytes become U+FFFD, and U+0000 stays in
 * the text. The locale has no influence.
 */
#ifndef PARSE_ENCODING_CHARSET_H
#define PARSE_ENCODING_CHARSET_H

#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

enum charset_kind {
	/* BOM, charset of the Content-Type, <meta> in the first 1,024 bytes
	 * (the standard's prescan) or in a longer head, else windows-1252.
	 * There is one deviation: where no encoding is declared, text that is
	 * valid UTF-8 throughout is read as UTF-8, which browsers do only for
	 * local files. */
	CHARSET_HTML,
	/* BOM, charset of the Content-Type, XML declaration, else UTF-8. */
	CHARSET_XML,
	/* Always UTF-8 (RFC 8259, 8.1), unless there is a BOM of UTF-16 or
	 * UTF-32. */
	CHARSET_JSON,
	/* BOM, charset of the Content-Type, UTF-8 if the text is valid UTF-8,
	 * else windows-1252. */
	CHARSET_TEXT,
};

/* Creates the converters of one worker, each of which is opened on first use.
 * They may be used by one thread only. */
struct charset *charset_new(void);
void charset_free(struct charset *c);	/* NULL is fine */

/* Loads ICU, but none of its data. */
void charset_load_library(void);

/* Opens each converter once, so that its tables stay in memory: ICU looks for
 * files when it opens the first one of a kind. */
void charset_load_all(void);

/*
 * Converts body to UTF-8 and removes its BOM. content_type is the value of the
 * Content-Type header, or empty. Returns the name of the body's original
 * encoding ("UTF-8", "windows-1252"...; static). Valid UTF-8 without a BOM is
 * not moved.
 */
const char *charset_to_utf8(struct charset *c, struct buf *body,
			    struct slice content_type,
			    enum charset_kind kind);

/* Returns the name of the encoding that a body declares, as charset_to_utf8()
 * finds it, although the body has been converted to UTF-8 already; "UTF-8" if
 * none is declared. */
const char *charset_declared(const struct buf *body, struct slice content_type,
			     enum charset_kind kind);

/* Returns the name of the encoding that a label stands for ("latin1":
 * "windows-1252"), static; NULL if the label is unknown. */
const char *charset_name(const char *label, size_t len);

#endif
