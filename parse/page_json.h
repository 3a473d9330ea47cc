/* Reads a body as JSON. JSON that is compact already is not copied, so
 * page->json may be a part of page->body. */
#ifndef PARSE_PAGE_JSON_H
#define PARSE_PAGE_JSON_H

#include "base/slice.h"
#include "parse/record.h"

enum json_form {
	JSON_ONE_VALUE,
	JSON_SEVERAL_VALUES,	/* a sequence of values, such as JSON lines */
	JSON_ANY_VALUES,	/* one value, or a sequence of values */
};

/* Reads a text, which may begin with a prefix that protects it from being run
 * as a script, and sets is_json, is_stream, json_is_utf8 and json of the page.
 * Returns NULL; or an error message (static) with its byte offset in *at. */
const char *page_json_read(struct page *page, enum json_form form,
			   struct slice text, size_t *at);

/* Resets the members of the page that page_json_read() has set. */
void page_json_clear(struct page *page);

/* Sets the digest of the body, and releases the body, as far as the
 * configuration wants this. Call it when the body was read. If page->json is a
 * part of the body, keeps its memory as page->json_buf.
 *
 * Parsers overwrite the body. Equal bodies are overwritten in the same way, so
 * their digests are equal. */
void page_finish_body(struct page *page, const struct parse_config *config);

#endif
