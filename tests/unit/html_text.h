/* Makes trees from constant texts. html_parse() writes to its input, so the
 * text is copied; the copy is freed with the tree. */
#ifndef TESTS_HTML_TEXT_H
#define TESTS_HTML_TEXT_H

#include <stdlib.h>

#include "base/mem.h"
#include "parse/html/html.h"

static _Thread_local char *html_text;

/* Returns the tree of a text, or NULL if the text is refused. Each thread can
 * have one tree at a time. */
static inline xmlDoc *html_text_parse(const char *s, size_t len)
{
	const char *why;

	free(html_text);
	html_text = xmemdup(s, len);
	return html_parse(html_text, len, &why);
}

static inline void html_text_free(xmlDoc *doc)
{
	html_free(doc);
	free(html_text);
	html_text = NULL;
}

#endif
