/* Tokens of a page as a whole: what its head, its URL and its body's class say
 * about its type. */
#ifndef PARSE_ARTICLE_PAGE_TOKENS_H
#define PARSE_ARTICLE_PAGE_TOKENS_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "parse/article/blocks.h"
#include "parse/article/tokens.h"
#include "parse/html/html.h"

/* Kinds of tokens of a page. */
enum page_token_kind {
	PAGE_GENERATOR = 'G',
	PAGE_OPENGRAPH = 'O',	/* og:type */
	PAGE_JSON_LD = 'L',	/* @type */
	PAGE_ITEM = 'I',	/* itemtype */
	PAGE_HOST = 'H',
	PAGE_PATH = 'U',
	PAGE_BODY = 'B',	/* class of <body> and <html> */
};

/* Returns true if tokens of the page are in the <meta>, <link> or <script>. */
bool page_tokens_note(const xmlNode *element);

/* Returns true if tokens of the page are in the element, apart from its
 * itemtype. */
static inline bool page_tokens_are_in(const xmlNode *element)
{
	const enum html_id id = html_name(element)->id;

	return (id == N_SCRIPT || id == N_META || id == N_LINK) &&
	       page_tokens_note(element);
}

/* Finds the tokens; a token may come several times. b: the blocks of the page.
 * url: of the page; NULL: that in the page's head. */
void page_tokens(const struct blocks *b, const xmlDoc *doc, const char *url,
		 const struct token_sink *sink);

#endif
