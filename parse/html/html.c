#include "parse/html/html.h"

#include <pthread.h>

#include "parse/html/page.h"
#include "parse/tree/tree.h"

/*
 * Parsers that nobody uses: far fewer threads parse at a time than there may
 * be, and each has 100 KB of names. The one given back last is taken first.
 */
enum { SPARES = 16 };

/* Guards spare and spares. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct html_page *spare[SPARES];
static unsigned spares;

static struct html_page *take_parser(void)
{
	struct html_page *parser = NULL;

	pthread_mutex_lock(&lock);
	if (spares)
		parser = spare[--spares];
	pthread_mutex_unlock(&lock);
	return parser ? parser : html_page_new();
}

static void give_parser(struct html_page *parser)
{
	html_page_clear(parser);
	pthread_mutex_lock(&lock);
	if (spares < SPARES) {
		spare[spares++] = parser;
		parser = NULL;
	}
	pthread_mutex_unlock(&lock);
	html_page_free(parser);
}

void html_open(void)
{
	tree_open();
}

void html_close(void)
{
	tree_close();
}

xmlDoc *html_parse(char *s, size_t len, const char **why)
{
	struct html_page *parser = take_parser();
	xmlDoc *doc = html_page_parse(parser, s, len, false, why);

	if (!doc)
		give_parser(parser);
	return doc;
}

xmlDoc *html_outline(char *s, size_t *len, bool meta)
{
	struct html_page *parser = take_parser();
	xmlDoc *doc = html_page_outline(parser, s, len, meta);

	if (!doc)
		give_parser(parser);
	return doc;
}

void html_free(xmlDoc *doc)
{
	if (doc)
		give_parser(((struct html_document *)doc)->page);
}

const xmlNode *html_next_node(const xmlNode *n)
{
	if (n->type == XML_ELEMENT_NODE && n->children &&
	    html_name(n)->id != N_TEMPLATE)
		return n->children;
	while (!n->next) {
		n = n->parent;
		if (!n || n->type != XML_ELEMENT_NODE)
			return NULL;
	}
	return n->next;
}
