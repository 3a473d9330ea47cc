/* Tokens of a page as a whole: what its head, its URL and its body's class say
 * about its type. */
#ifndef PARSE_ARTICLE_PAGE_TOKENS_H
#define PARSE_ARTICLE_PAGE_TOKENS_H

#include <libxml/tree.h>

#include "parse/article/tokens.h"

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

/* Finds the tokens; a token may come several times. url: of the page; NULL:
 * that in the page's head. */
void page_tokens(const xmlDoc *doc, const char *url,
		 const struct token_sink *sink);

#endif
