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

/* The elements found on a page so far. */
struct html_seen {
	size_t links;
	bool title, base;
};

/* Appends a link or the first <base>; with HTML_OUTLINE_COUNT, only counts. */
static void say_href(struct buf *out, const xmlNode *n, enum html_outline what,
		     struct html_seen *seen)
{
	const bool is_base = html_name(n)->id == N_BASE;

	if (!has_attribute(n, "href") || (is_base && seen->base))
		return;
	seen->base |= is_base;
	seen->links += !is_base;
	if (what == HTML_OUTLINE_COUNT)
		return;
	buf_addf(out, "\n%s", n->name);
	say_attributes(out, n, "href");
	if (what == HTML_OUTLINE_CRAWL && !is_base)
		say_attributes(out, n, "rel");
}

/* Appends the first title, links and metadata in document order. */
static void say(struct buf *out, const xmlNode *n, enum html_outline what,
		struct html_seen *seen)
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
		say_href(out, n, what, seen);
		break;
	case N_TITLE:
		if (seen->title)
			break;
		seen->title = true;
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
	struct html_seen seen = {0};

	buf_clear(out);
	for (const xmlNode *n = doc->children; n; n = html_next_node(n))
		if (n->type == XML_ELEMENT_NODE)
			say(out, n, what, &seen);
	buf_addf(out, "\n%zu links", seen.links + html_links(doc));
}

#endif
