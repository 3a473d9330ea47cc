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

/* Releases the body; if page->json is a part of the body, keeps its memory as
 * page->json_buf. */
void page_json_drop_body(struct page *page);

#endif
