#include "parse/article/page_tokens.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "parse/html/html.h"

enum {
	MAX_SCRIPT_TYPES = 64,	/* types read from the page's JSON-LD */
	MAX_ITEMS = 64,
};

struct page {
	const struct token_sink *sink;
	const char *url;
	int types, items;	/* seen so far */
};

static const char *attribute(const xmlNode *n, enum html_id id)
{
	for (const xmlAttr *a = n->properties; a; a = a->next)
		if (((const struct html_name *)a->psvi)->id == id)
			return a->children ? (const char *)a->children->content
					   : "";
	return "";
}

static void add_words(struct page *p, enum page_token_kind kind, const char *s,
		      size_t len)
{
	tokens_of_words((enum token_kind)kind, s, len < 200 ? len : 200,
			p->sink);
}

static void add_text(struct page *p, enum page_token_kind kind, const char *s)
{
	add_words(p, kind, s, strlen(s));
}

static void read_meta(struct page *p, const xmlNode *n)
{
	const char *name = attribute(n, N_NAME);
	const char *property = attribute(n, N_PROPERTY);
	const char *content = attribute(n, N_CONTENT);

	if (!strcasecmp(name, "generator"))
		add_text(p, PAGE_GENERATOR, content);
	if (!strcmp(property, "og:type") || !strcmp(name, "og:type"))
		add_text(p, PAGE_OPENGRAPH, content);
	if (!strcmp(property, "og:url") && !p->url)
		p->url = content;
}

static void read_link(struct page *p, const xmlNode *n)
{
	if (!strcasecmp(attribute(n, N_REL), "canonical"))
		p->url = attribute(n, N_HREF);
}

/* Finds the types in JSON-LD. The JSON is not read: types look the same in
 * JSON that is broken. */
static void read_script(struct page *p, const xmlNode *n)
{
	const char *s = n->children ? (const char *)n->children->content : NULL;

	if (!s || !strstr(attribute(n, N_TYPE), "ld+json"))
		return;
	while (p->types < MAX_SCRIPT_TYPES && (s = strstr(s, "\"@type\""))) {
		s += strlen("\"@type\"");
		s += strspn(s, " \t\r\n:[\"");
		add_words(p, PAGE_JSON_LD, s, strcspn(s, "\""));
		p->types++;
	}
}

static void read_item(struct page *p, const xmlNode *n)
{
	const char *type = attribute(n, N_ITEMTYPE);
	const char *slash = strrchr(type, '/');

	if (!*type || p->items++ >= MAX_ITEMS)
		return;
	add_text(p, PAGE_ITEM, slash ? slash + 1 : type);
}

static void read_url(struct page *p)
{
	const char *s = p->url ? strstr(p->url, "://") : NULL;
	size_t host;

	if (!s)
		return;
	s += 3;
	host = strcspn(s, "/?#");
	add_words(p, PAGE_HOST, s, host);
	add_text(p, PAGE_PATH, s + host);
}

static void read_element(struct page *p, const xmlNode *n)
{
	switch (html_name(n)->id) {
	case N_META:
		read_meta(p, n);
		break;
	case N_LINK:
		read_link(p, n);
		break;
	case N_SCRIPT:
		read_script(p, n);
		break;
	case N_HTML:
	case N_BODY:
		add_text(p, PAGE_BODY, attribute(n, N_CLASS));
		break;
	}
	read_item(p, n);
}

bool page_tokens_note(const xmlNode *n)
{
	switch (html_name(n)->id) {
	case N_META:
		return *attribute(n, N_NAME) || *attribute(n, N_PROPERTY);
	case N_LINK:
		return !strcasecmp(attribute(n, N_REL), "canonical");
	default:
		return strstr(attribute(n, N_TYPE), "ld+json");
	}
}

/* Reads the descendants of an element. */
static void read_inside(struct page *p, const xmlNode *root)
{
	for (const xmlNode *n = root->children; n;) {
		const bool enter = n->type == XML_ELEMENT_NODE &&
				   n->children && !html_is(n, N_TEMPLATE);

		if (n->type == XML_ELEMENT_NODE)
			read_element(p, n);
		n = enter ? n->children : blocks_skip(n, root, NULL, NULL);
	}
}

/* Reads <html>, <head> with its descendants, and <body>. */
static void read_html(struct page *p, const xmlNode *html)
{
	read_element(p, html);
	for (const xmlNode *n = html->children; n; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		read_element(p, n);
		if (html_is(n, N_HEAD))
			read_inside(p, n);
	}
}

void page_tokens(const struct blocks *b, const xmlDoc *doc, const char *url,
		 const struct token_sink *sink)
{
	struct page p = {.sink = sink};

	for (const xmlNode *n = doc->children; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE)
			read_html(&p, n);
	for (size_t i = 0; i < b->notes_count; i++)
		read_element(&p, b->notes[i]);
	if (url && strstr(url, "://"))
		p.url = url;
	read_url(&p);
}
