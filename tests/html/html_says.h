/* Writes the title, links and metadata of a page, from its tree or from its
 * outline. */
#ifndef TESTS_HTML_SAYS_H
#define TESTS_HTML_SAYS_H

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "parse/html/html.h"
#include "parse/text/node_text.h"

/* Appends the attribute `only`; if that is NULL, the attributes listed in
 * names.def. */
static void say_attributes(struct buf *out, const xmlNode *n, const char *only)
{
	for (const xmlAttr *a = n->properties; a; a = a->next)
		if (only ? !strcmp((const char *)a->name, only) :
			   ((const struct html_name *)a->psvi)->known)
			buf_addf(out, " %s=%s", a->name, a->children
				 ? (const char *)a->children->content : "");
}

static bool has_attribute(const xmlNode *n, const char *name)
{
	const xmlAttr *a = n->properties;

	while (a && strcmp((const char *)a->name, name))
		a = a->next;
	return a;
}

/* Appends the title, links and metadata in document order. */
static void say(struct buf *out, const xmlNode *n, enum html_outline what)
{
	const enum html_id id = html_name(n)->id;
	const bool meta = what == HTML_OUTLINE_META;

	switch (id) {
	case N_HTML:
		/* If the html element has several start tags, the first
		 * attribute counts. */
		if (meta)
			say_attributes(out, n, "lang");
		break;
	case N_A:
	case N_AREA:
	case N_BASE:
		if (!has_attribute(n, "href"))
			break;
		buf_addf(out, "\n%s", n->name);
		if (what != HTML_OUTLINE_COUNT)
			say_attributes(out, n, "href");
		if (what == HTML_OUTLINE_CRAWL && id != N_BASE)
			say_attributes(out, n, "rel");
		break;
	case N_TITLE:
		buf_addf(out, "\ntitle ");
		text_of(out, n);
		break;
	case N_FRAME:
	case N_IFRAME:
	case N_IMG:
		if (what != HTML_OUTLINE_CRAWL)
			break;
		buf_addf(out, "\n%s", n->name);
		say_attributes(out, n, "src");
		break;
	case N_META:
	case N_LINK:
	case N_SCRIPT:
		if (!meta && (what != HTML_OUTLINE_CRAWL || id == N_SCRIPT))
			break;
		buf_addf(out, "\n%s", n->name);
		say_attributes(out, n, NULL);
		if (id == N_SCRIPT && has_attribute(n, "type"))
			text_of(out, n);
		break;
	default:
		break;
	}
}

static inline void html_says(struct buf *out, const xmlDoc *doc,
			     enum html_outline what)
{
	buf_clear(out);
	for (const xmlNode *n = doc->children; n; n = html_next_node(n))
		if (n->type == XML_ELEMENT_NODE)
			say(out, n, what);
}

#endif
