/*
 * Creates the nodes of an outline: only for elements with information about the
 * page, and for links only if their addresses are wanted. The nodes are
 * children of the document, one after the other, with their texts; all strings
 * are copied. Nodes of links in a template are created, too, but not inserted:
 * such a link may be reopened outside of the template.
 */
#include "parse/html/nodes/internal.h"

bool html_outline_keeps(const struct html_nodes *n,
			const struct html_name *name)
{
	if (!(name->flags & IN_OUTLINE) || n->template->top)
		return false;
	switch (name->id) {
	case N_HTML:
	case N_SCRIPT:
		return n->outline == HTML_OUTLINE_META;
	case N_META:
	case N_LINK:
		return n->outline >= HTML_OUTLINE_META;
	case N_FRAME:
	case N_IFRAME:
	case N_IMG:
		return n->outline == HTML_OUTLINE_CRAWL;
	case N_BASE:
		return n->outline != HTML_OUTLINE_COUNT;
	default:
		return true;
	}
}

bool html_outline_counts(const struct html_nodes *n,
			 const struct html_name *name)
{
	return n->outline == HTML_OUTLINE_COUNT && name->id != N_TITLE;
}

bool html_outline_has_href(const struct html_attr *attrs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (attrs[i].name->id == N_HREF)
			return true;
	return false;
}

bool html_outline_wants(const struct html_nodes *n,
			const struct html_name *name,
			const struct html_attr *attrs, size_t count)
{
	if (!html_outline_keeps(n, name))
		return false;
	switch (name->id) {
	case N_A:
	case N_AREA:
	case N_BASE:
		return html_outline_has_href(attrs, count);
	default:
		return true;
	}
}

bool html_outline_must_create(const struct html_nodes *n,
			      const struct html_name *name,
			const struct html_attr *attrs, size_t count)
{
	if (name->id == N_A)
		return html_outline_has_href(attrs, count);
	return html_outline_wants(n, name, attrs, count);
}

bool html_outline_wants_attr(const struct html_nodes *n,
			     const struct html_name *name,
			     const struct html_name *attr)
{
	switch (name->id) {
	case N_A:
	case N_AREA:
		return attr->id == N_HREF || (n->outline == HTML_OUTLINE_CRAWL &&
					      attr->id == N_REL);
	case N_BASE:
		return attr->id == N_HREF;
	case N_FRAME:
	case N_IFRAME:
	case N_IMG:
		return attr->id == N_SRC;
	case N_TITLE:
		return false;
	default:
		return true;
	}
}

bool html_outline_is_second(struct html_nodes *n, const struct html_name *name,
			    struct html_place place)
{
	bool *has = NULL, is_second;

	if (name->id == N_TITLE)
		has = &n->has_title;
	else if (name->id == N_BASE)
		has = &n->has_base;
	if (!has)
		return false;
	is_second = *has && !place.before;
	*has = true;
	return is_second;
}

void html_outline_insert(struct html_nodes *n, xmlNode *node,
			 struct html_place place)
{
	if (node == n->some_link)
		n->links += place.parent == (xmlNode *)n->doc;
	else if (!node->parent && place.parent == (xmlNode *)n->doc)
		node_link(node, place);
}

/* Returns the document as a node whose children are the outline's elements. The
 * list of children is only written through this type. */
static xmlNode *list_of(const struct html_nodes *n)
{
	return (xmlNode *)n->doc;
}

xmlNode *html_outline_last(const struct html_nodes *n)
{
	return list_of(n)->last;
}

xmlNode *html_outline_previous(const xmlNode *node)
{
	return node->prev;
}

struct html_place html_outline_place_after(const struct html_nodes *n,
					   xmlNode *node)
{
	return (struct html_place){
		list_of(n), node ? node->next : list_of(n)->children};
}

/* Inserts a marker node, which html_outline_end() removes. */
xmlNode *html_outline_add_marker(struct html_nodes *n, xmlNode *node,
				 uint32_t owner)
{
	xmlNode *mark = node_new(n, XML_COMMENT_NODE, NULL,
				 (xmlChar *)(uintptr_t)owner);

	mark->_private = n->markers;
	n->markers = mark;
	node_link(mark, html_outline_place_after(n, node));
	return mark;
}

bool html_outline_is_marker(const xmlNode *node, uint32_t owner)
{
	return node && node->type == XML_COMMENT_NODE &&
	       (uintptr_t)node->content == owner;
}

void html_outline_drop_after(struct html_nodes *n, xmlNode *node)
{
	n->links = 0;
	n->has_title = n->has_base = false;
	while (list_of(n)->last != node)
		node_unlink(list_of(n)->last);
}

void html_outline_end(struct html_nodes *n)
{
	for (xmlNode *mark = n->markers; mark; mark = mark->_private)
		node_unlink(mark);
}

/* Returns true if a script has a type attribute. Only such scripts are kept
 * with their text, because they may be data; the text of all others would take
 * much memory. */
static bool has_type(const xmlNode *script)
{
	for (const xmlAttr *a = script->properties; a; a = a->next)
		if (((const struct html_name *)a->psvi)->id == N_TYPE)
			return true;
	return false;
}

static bool wants_text(const xmlNode *in)
{
	const struct html_name *name;

	if (!in || in->type != XML_ELEMENT_NODE || !in->parent)
		return false;
	name = in->psvi;
	return name->id == N_TITLE || (name->id == N_SCRIPT && has_type(in));
}

void html_outline_text(struct html_nodes *n, xmlNode *in, const char *p,
		       size_t len)
{
	if (!wants_text(in))
		return;
	if (!in->last) {
		xmlNode *text = node_new(n, XML_TEXT_NODE,
					 html_nodes_text_name, (xmlChar *)"");

		node_link(text, (struct html_place){in, NULL});
	}
	html_nodes_add_text(n, in->last, p, len);
}
