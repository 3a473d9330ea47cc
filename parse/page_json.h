/* Reads a body as JSON: compacted only if it is not compact already, so that
 * page->json may be a part of page->body. */
#ifndef PARSE_PAGE_JSON_H
#define PARSE_PAGE_JSON_H

#include "base/slice.h"
#include "parse/record.h"

enum json_form {
	JSON_ONE_VALUE,
	JSON_SEVERAL_VALUES,	/* in a row, such as JSON lines */
	JSON_ANY_VALUES,	/* one value or several */
};

/* Reads a text, which may begin with a prefix that protects it from being run
 * as a script, and sets is_json, is_stream, json_is_utf8 and json of the page.
 * Returns NULL; or an error message (static) with its byte offset in *at. */
const char *page_json_read(struct page *page, enum json_form form,
			   struct slice text, size_t *at);

/* Undoes page_json_read(). */
void page_json_clear(struct page *page);

/* Releases the body, but not if the JSON is a part of it. */
void page_json_drop_body(struct page *page);

#endif
