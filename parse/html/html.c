/* A pool of parsers that threads share, behind the functions of html.h. */
#include "parse/html/html.h"

#include <pthread.h>

#include "parse/html/page.h"
#include "parse/tree/tree.h"

/*
 * Size of the pool of idle parsers: far fewer threads parse at a time than may
 * exist, and each parser has 100 KB of names. The parser returned last is used
 * first.
 */
enum { MAX_IDLE = 16 };

/* Protects the list of idle parsers and their number. */
static pthread_mutex_t pool_lock = PTHREAD_MUTEX_INITIALIZER;
static struct html_page *idle[MAX_IDLE];
static unsigned idle_count;

static struct html_page *acquire_parser(void)
{
	struct html_page *parser = NULL;

	pthread_mutex_lock(&pool_lock);
	if (idle_count)
		parser = idle[--idle_count];
	pthread_mutex_unlock(&pool_lock);
	return parser ? parser : html_page_new();
}

static void release_parser(struct html_page *parser)
{
	html_page_clear(parser);
	pthread_mutex_lock(&pool_lock);
	if (idle_count < MAX_IDLE) {
		idle[idle_count++] = parser;
		parser = NULL;
	}
	pthread_mutex_unlock(&pool_lock);
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
	struct html_page *parser = acquire_parser();
	xmlDoc *doc = html_page_parse(parser, s, len, false, why);

	if (!doc)
		release_parser(parser);
	return doc;
}

xmlDoc *html_outline(char *s, size_t *len, enum html_outline what,
		     const struct html_text_sink *sink)
{
	struct html_page *parser = acquire_parser();
	xmlDoc *doc = html_page_outline(parser, s, len, what, sink);

	if (!doc)
		release_parser(parser);
	return doc;
}

void html_free(xmlDoc *doc)
{
	if (doc)
		release_parser(((struct html_document *)doc)->page);
}
