/* Creates elements and attributes of the tree, in the layout of libxml2's
 * nodes. */
#include "parse/html/nodes/internal.h"

#include "base/utf8.h"
#include "parse/html/nodes/document.h"
#include "parse/html/tokenizer/find.h"
#include "parse/html/tokenizer/references.h"

/* Elements with more attributes get their memory piece by piece. */
enum { MANY_ATTRS = 64 };

/* An attribute and its text node, allocated together. */
struct attr_with_text {
	xmlAttr attr;
	char text[NODE_TEXT_BYTES];
};

_Static_assert(offsetof(struct attr_with_text, text) % 8 == 0,
	       "nodes are aligned");

/* Decodes the references of a value and writes the result to to, which must be
 * large enough. Returns the length of the result. */
static size_t decode_value(char *to, const char *p, size_t len)
{
	const char *end = p + len, *special;
	char *start = to, chars[REFERENCE_MAX];
	size_t taken, made;

	while (p < end) {
		special = find3(p, end, '&', '\0', '\0');
		memmove(to, p, (size_t)(special - p));
		to += special - p;
		p = special;
		if (p == end)
			break;
		if (!*p) {
			memcpy(to, UTF8_REPLACEMENT, 3);
			to += 3;
			p++;
			continue;
		}
		taken = html_reference(p, true, chars, &made);
		if (!taken) {
			*to++ = *p++;
			continue;
		}
		memcpy(to, chars, made);
		to += made;
		p += taken;
	}
	return (size_t)(to - start);
}

/* Returns true if a value may grow when it is decoded: with U+0000, or with the
 * references "&nGt;" and "&nLt;". */
static bool may_grow(const char *p, size_t len)
{
	const char *end = p + len;

	while ((p = find3(p, end, '&', '\0', '\0')) < end) {
		if (!*p || p[1] == 'n')
			return true;
		p++;
	}
	return false;
}

/* Copies a value to the region, for outlines, which do not modify the text. */
static xmlChar *copy_value(struct html_nodes *n, const struct html_attr *a)
{
	const bool grows = a->raw && may_grow(a->value, a->len);
	size_t len = a->len;
	char *to = html_region_get(&n->region, len * (grows ? 3 : 1) + 1);

	if (a->raw)
		len = decode_value(to, a->value, len);
	else
		memcpy(to, a->value, len);
	to[len] = '\0';
	return (xmlChar *)to;
}

xmlChar *html_nodes_value(struct html_nodes *n, const struct html_attr *a)
{
	char *to = (char *)a->value;
	size_t len = a->len;

	if (!len)
		return (xmlChar *)"";
	if (__builtin_expect(n->outline, 0))
		return copy_value(n, a);
	if (__builtin_expect(a->raw, 0)) {
		if (may_grow(a->value, len))
			to = html_region_get(&n->region, len * 3 + 1);
		len = decode_value(to, a->value, len);
	}
	to[len] = '\0';
	return (xmlChar *)to;
}


/* Like html_nodes_value(), for a tree and written for speed. */
static inline xmlChar *tree_value(struct html_nodes *n,
				  const struct html_attr *a)
{
	char *value = (char *)a->value;

	if (__builtin_expect(a->raw || !a->len, 0))
		return html_nodes_value(n, a);
	value[a->len] = '\0';
	return (xmlChar *)value;
}

/* Initialises an attribute, and the text node behind it unless the value is
 * NULL, which means empty. */
static inline xmlAttr *init_attr(struct attr_with_text *new, xmlDoc *doc,
				 xmlNode *element, struct html_name *name,
				 xmlChar *value)
{
	xmlAttr *attr = &new->attr;
	xmlNode *text = NULL;

	if (value) {
		text = (xmlNode *)(void *)new->text;
		node_init(text, XML_TEXT_NODE, doc, html_nodes_text_name,
			  value);
		text->parent = (xmlNode *)attr;
	}
	attr->_private = NULL;
	attr->type = XML_ATTRIBUTE_NODE;
	attr->name = (const xmlChar *)name->text;
	attr->children = attr->last = text;
	attr->parent = element;
	attr->next = attr->prev = NULL;
	attr->doc = doc;
	attr->ns = NULL;
	attr->atype = 0;
	attr->psvi = name;
	return attr;
}

/* Returns the bytes that an attribute takes. */
static inline size_t attr_bytes(bool has_value)
{
	return has_value ? sizeof(struct attr_with_text) : sizeof(xmlAttr);
}

static inline xmlAttr *new_attr(struct html_nodes *n, xmlNode *element,
				struct html_name *name, xmlChar *value)
{
	const struct html_name *of = element->psvi;
	xmlAttr *attr = init_attr(
		html_region_get(&n->region, attr_bytes(*value)), n->doc,
		element, name, *value ? value : NULL);

	if (__builtin_expect(of->space != HTML_SPACE, 0))
		attr->name = (const xmlChar *)html_name_attribute(name,
								  of->space);
	return attr;
}

/* Appends an attribute to an element. last: the element's last attribute, or
 * NULL. */
static xmlAttr *add_attr(xmlNode *element, xmlAttr *last, xmlAttr *attr)
{
	attr->prev = last;
	if (last)
		last->next = attr;
	else
		element->properties = attr;
	return attr;
}

static inline __attribute__((always_inline)) void init_element(
	xmlNode *node, xmlDoc *doc, const struct html_name *name)
{
	node_init(node, XML_ELEMENT_NODE, doc, (const xmlChar *)name->text,
		  NULL);
	node->properties = NULL;
	node->psvi = (void *)name;
	node->nsDef = NULL;
}

static inline __attribute__((always_inline)) xmlNode *new_element(
	struct html_nodes *n, const struct html_name *name)
{
	xmlNode *node = html_region_get(&n->region, NODE_ELEMENT_BYTES);

	init_element(node, n->doc, name);
	return node;
}

xmlNode *html_outline_count_link(struct html_nodes *n,
				 const struct html_name *name, bool inserted)
{
	if (!n->some_link)
		n->some_link = new_element(n, name);
	n->links += inserted;
	return n->some_link;
}

static xmlNode *outline_element(struct html_nodes *n, struct html_place place,
				const struct html_name *name,
				const struct html_attr *attrs, size_t count)
{
	xmlNode *node;
	xmlAttr *last = NULL;

	if (!html_outline_must_create(n, name, attrs, count) ||
	    html_outline_is_second(n, name, place))
		return NULL;
	node = new_element(n, name);
	for (size_t i = 0; i < count; i++)
		if (html_outline_wants_attr(n, name, attrs[i].name))
			last = add_attr(node, last,
					new_attr(n, node, attrs[i].name,
						 html_nodes_value(n, &attrs[i])));
	html_outline_insert(n, node, place);
	return node;
}

xmlNode *html_nodes_element(struct html_nodes *n, struct html_place place,
			    struct html_name *name,
			    const struct html_attr *attrs, size_t count)
{
	xmlNode *node;
	xmlAttr *last = NULL;

	if (__builtin_expect(n->outline, 0))
		return outline_element(n, place, name, attrs, count);
	html_nodes_close_text(n);
	node = new_element(n, name);
	node_link(node, place);
	for (size_t i = 0; i < count; i++)
		last = add_attr(node, last,
				new_attr(n, node, attrs[i].name,
					 tree_value(n, &attrs[i])));
	return node;
}

/* Initialises the attributes of the token, which have no references, in the
 * memory at p. Returns the end of the memory used. */
static inline char *init_attrs(char *p, xmlNode *node,
			       const struct html_token *token)
{
	xmlAttr *last = NULL;

	for (size_t i = 0; i < token->count; i++) {
		const struct html_attr *a = &token->attrs[i];
		xmlChar *value = a->len ? (xmlChar *)a->value : NULL;

		if (value)
			value[a->len] = '\0';
		last = add_attr(node, last,
				init_attr((void *)p, node->doc, node, a->name,
					  value));
		p += attr_bytes(value);
	}
	return p;
}

/* Written for speed: the memory for an element and its attributes is taken at
 * once, and what attributes without values do not need is given back. The usual
 * path calls no function, so that no registers have to be saved. */
xmlNode *html_nodes_append(struct html_nodes *n, xmlNode *parent,
			   struct html_name *name)
{
	const struct html_token *token = n->token;
	const size_t most = NODE_ELEMENT_BYTES +
			    token->count * sizeof(struct attr_with_text);
	xmlNode *node;

	if (__builtin_expect(token->count > MANY_ATTRS || token->has_raw ||
			     name->space != HTML_SPACE ||
			     !html_nodes_ends_simply(n) ||
			     !html_region_has(&n->region, most), 0))
		return html_nodes_element(n, (struct html_place){parent, NULL},
					  name, token->attrs, token->count);
	html_nodes_end_simply(n);
	node = html_region_take(&n->region, most);
	init_element(node, n->doc, name);
	node_link(node, (struct html_place){parent, NULL});
	n->region.next = init_attrs((char *)node + NODE_ELEMENT_BYTES, node,
				    token) + HTML_REGION_GAP;
	return node;
}

/* Sets a bit in the names of the element's attributes, so that later tags can
 * add attributes in linear time, however many tags follow. */
static void hold_attrs(struct html_held *held, xmlNode *element, uint8_t bit)
{
	held->element = element;
	for (xmlAttr *a = element->properties; a; a = a->next) {
		((struct html_name *)a->psvi)->held |= bit;
		held->last = (xmlNode *)a;
	}
}

void html_nodes_add_attrs(struct html_nodes *n, xmlNode *element,
			  const struct html_attr *attrs, size_t count)
{
	const struct html_name *name = element ? element->psvi : NULL;
	const bool body = name && name->id == N_BODY;
	const uint8_t bit = body ? 2 : 1;
	struct html_held *held = &n->held[body];

	if (!element || !count)
		return;
	html_nodes_close_text(n);
	if (!held->element)
		hold_attrs(held, element, bit);
	for (size_t i = 0; i < count; i++) {
		if (attrs[i].name->held & bit)
			continue;
		attrs[i].name->held |= bit;
		held->last = (xmlNode *)add_attr(
			element, (xmlAttr *)held->last,
			new_attr(n, element, attrs[i].name,
				 html_nodes_value(n, &attrs[i])));
	}
}

static void release_held(struct html_nodes *n)
{
	for (size_t i = 0; i < 2; i++) {
		const xmlNode *element = n->held[i].element;
		xmlAttr *a = element ? element->properties : NULL;

		for (; a; a = a->next)
			((struct html_name *)a->psvi)->held = 0;
		n->held[i] = (struct html_held){0};
	}
}

xmlNode *html_nodes_clone(struct html_nodes *n, const xmlNode *element)
{
	xmlNode *node;
	xmlAttr *last = NULL;

	if (!element)
		return NULL;
	if (element == n->some_link)
		return n->some_link;
	node = new_element(n, element->psvi);
	for (const xmlAttr *a = element->properties; a; a = a->next) {
		xmlChar *value = a->children ? a->children->content :
					       (xmlChar *)"";

		last = add_attr(node, last,
				new_attr(n, node, a->psvi, value));
	}
	return node;
}


void html_nodes_move(struct html_nodes *n, xmlNode *node,
		     struct html_place place)
{
	if (!node)
		return;
	if (n->outline) {
		html_outline_insert(n, node, place);
		return;
	}
	node_unlink(node);
	node_link(node, place);
}

void html_nodes_remove(struct html_nodes *n, xmlNode *node)
{
	(void)n;
	if (node)
		node_unlink(node);
}

void html_nodes_move_children(struct html_nodes *n, xmlNode *from, xmlNode *to)
{
	(void)n;
	if (!from || !from->children)
		return;
	for (xmlNode *child = from->children; child; child = child->next)
		child->parent = to;
	from->children->prev = to->last;
	if (to->last)
		to->last->next = from->children;
	else
		to->children = from->children;
	to->last = from->last;
	from->children = from->last = NULL;
}

xmlNode *html_nodes_document(const struct html_nodes *n)
{
	return (xmlNode *)n->doc;
}

xmlNode *html_nodes_parent(const xmlNode *node)
{
	return node ? node->parent : NULL;
}

void html_nodes_begin(struct html_nodes *n, const struct html_token *token)
{
	struct html_document *d = html_region_get(&n->region, sizeof(*d));

	memset(d, 0, sizeof(*d));
	d->doc.type = XML_HTML_DOCUMENT_NODE;
	d->doc.doc = &d->doc;
	d->doc.standalone = 1;
	d->doc.charset = XML_CHAR_ENCODING_UTF8;
	d->doc.properties = XML_DOC_HTML;
	d->quirks = HTML_NO_QUIRKS;
	n->doc = &d->doc;
	n->token = token;
	n->markers = NULL;
	n->sink_end = NULL;
	n->some_link = NULL;
	n->links = 0;
	n->has_title = n->has_base = false;
}

void html_nodes_set_quirks(struct html_nodes *n, enum html_quirks quirks)
{
	((struct html_document *)n->doc)->quirks = quirks;
}

void html_nodes_end(struct html_nodes *n)
{
	html_nodes_close_text(n);
	release_held(n);
	html_outline_end(n);
	((struct html_document *)n->doc)->links = n->links;
}
