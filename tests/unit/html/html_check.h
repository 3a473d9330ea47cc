/* Checks the properties that every tree of html_parse() has. */
#ifndef TESTS_HTML_CHECK_H
#define TESTS_HTML_CHECK_H

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "parse/html/common/limits.h"
#include "parse/html/html.h"

static _Thread_local const char *html_is_broken;

static void check_html(bool is_true, const char *what)
{
	if (!is_true && !html_is_broken)
		html_is_broken = what;
}

static bool is_element(const xmlNode *n, const char *name)
{
	return n && n->type == XML_ELEMENT_NODE &&
	       !strcmp((const char *)n->name, name);
}

static void check_attributes(const xmlNode *n)
{
	const xmlAttr *before = NULL;

	for (const xmlAttr *a = n->properties; a; a = a->next) {
		check_html(a->prev == before && a->parent == n, "attribute's links");
		check_html(a->psvi && a->doc == n->doc, "attribute's name");
		check_html(!a->children || *a->children->content,
		      "empty value with a text");
		check_html(!a->children || a->children->parent == (xmlNode *)a,
		      "value's parent");
		before = a;
	}
}

static void check_node(const xmlNode *n, size_t depth)
{
	check_html(n->parent, "no parent");
	check_html(n->prev ? n->prev->next == n : n->parent->children == n, "prev");
	check_html(n->next ? n->next->prev == n : n->parent->last == n, "next");
	switch (n->type) {
	case XML_ELEMENT_NODE:
		check_html(depth <= HTML_TREE_DEPTH + 1, "too deep");
		check_html(html_name(n) && !n->ns && !n->content, "element");
		check_html(!n->children == !n->last, "last");
		check_attributes(n);
		break;
	case XML_TEXT_NODE:
		check_html(n->content && *n->content, "empty text");
		check_html(!n->next || n->next->type != XML_TEXT_NODE,
		      "texts beside each other");
		check_html(utf8_valid_prefix((const char *)n->content,
					strlen((const char *)n->content)) ==
			      strlen((const char *)n->content), "UTF-8");
		break;
	default:
		check_html(n->type == XML_COMMENT_NODE || n->type == XML_PI_NODE ||
		      n->type == XML_DTD_NODE, "kind of node");
	}
}

/* Checks that there is one html element, with head, and body or frameset. */
static void check_page(const xmlDoc *doc)
{
	const xmlNode *html = NULL, *parts[2] = {NULL, NULL};
	size_t roots = 0, count = 0;

	for (const xmlNode *n = doc->children; n; n = n->next) {
		check_html(n->type != XML_TEXT_NODE, "text of the document");
		roots += n->type == XML_ELEMENT_NODE;
		html = is_element(n, "html") ? n : html;
	}
	check_html(html && roots == 1, "one html");
	for (const xmlNode *n = html ? html->children : NULL; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE && count++ < 2)
			parts[count - 1] = n;
	check_html(is_element(parts[0], "head"), "head");
	check_html(is_element(parts[1], "body") || is_element(parts[1], "frameset"),
	      "body");
}

/* Returns the first fault of the tree, as a text; NULL: it has none. */
static inline const char *html_broken(const xmlDoc *doc)
{
	const xmlNode *n = doc->children;
	size_t depth = 1;

	html_is_broken = NULL;
	check_page(doc);
	while (n && !html_is_broken) {
		check_node(n, depth);
		if (n->type == XML_ELEMENT_NODE && n->children) {
			n = n->children;
			depth++;
			continue;
		}
		while (n && !n->next) {
			n = n->parent;
			depth--;
		}
		n = n ? n->next : NULL;
	}
	return html_is_broken;
}

#endif
