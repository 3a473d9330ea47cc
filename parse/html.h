/*
 * HTML text to a tree of libxml2 nodes. The only file that knows which parser
 * makes them: today libxml2's own.
 *
 * It keeps that parser away from what it cannot bear. Attributes of a tag are
 * compared pair by pair (0.9 MB with 100,000 of them: 10 s); a table of names
 * stops growing and is searched (16 MB: minutes); without HUGE it stops for
 * good at a depth of 256, and with it searches a stack of any depth for each
 * stray end tag. So the tree is capped at HTML_TREE_DEPTH as in browsers
 * (deeper elements become siblings), and absurd pages are refused, most of them
 * before it sees them (tags.h): the worst 16 MB that were tried take 2 s.
 */
#ifndef PARSE_HTML_H
#define PARSE_HTML_H

#include <stddef.h>

#include <libxml/tree.h>

enum { HTML_TREE_DEPTH = 512, HTML_MAX_DEPTH = 1000 };

/* Once in each thread that parses: trees are built in an arena then. Not
 * needed for anything but speed; pairs may be nested. */
void html_open(void);
void html_close(void);

/* The tree of len bytes of clean UTF-8 at s (U+0000 reads as U+FFFD), for
 * html_free(). An empty text has an empty tree. NULL: the page is refused, and
 * *why says what for (static). Uses no network and prints nothing. A thread
 * has one tree at a time, and adds nothing to it. */
xmlDoc *html_parse(const char *s, size_t len, const char **why);

/* In the same thread. NULL is fine. */
void html_free(xmlDoc *doc);

/* The node after n in document order; NULL at the end. Not those inside a
 * <template>: browsers keep them out of the document. */
const xmlNode *html_next_node(const xmlNode *n);

#endif
