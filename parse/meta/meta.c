/* One walk over the page that looks at <html>, <link>, <meta> and <script>
 * only; microdata has a walk of its own. */
#include "parse/meta/meta.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/json/compact.h"
#include "parse/html/html.h"
#include "parse/meta/json_ld.h"
#include "parse/meta/microdata.h"
#include "parse/meta/properties.h"
#include "parse/text/node_text.h"

/* Values collected by the walk. Strings are stored as JSON, with their
 * quotes. */
struct meta {
	const struct url *base;		/* the document's base URL; NULL:
					 * unknown */
	struct buf description, canonical, language, robots, favicon;
	struct buf feeds, json_ld;	/* JSON values joined by "," */
	size_t json_ld_invalid;		/* number of JSON-LD scripts that are
					 * not valid JSON */
	struct property *open_graph, *twitter;
	struct buf scratch;
};

static const char *attribute(struct meta *m, const xmlNode *n,
			     const char *name)
{
	buf_clear(&m->scratch);
	return text_attribute(n, name, &m->scratch);
}

/* Sets a string unless it is set already, because the first value in the page
 * counts. */
static void set_text(struct buf *to, const char *s)
{
	struct buf text = {0};

	if (!s || to->len)
		return;
	text_collapse(&text, s, strlen(s));
	json_add_string(to, text.data ? text.data : "", text.len);
	buf_release(&text);
}

static void add_url(struct meta *m, struct buf *to, const char *href)
{
	struct buf url = {0};

	url_resolve(&url, href, strlen(href), m->base);
	json_add_string(to, url.data ? url.data : "", url.len);
	buf_release(&url);
}

static void set_url(struct meta *m, struct buf *to, const char *href)
{
	if (href && *href && !to->len)
		add_url(m, to, href);
}

/* Returns true if word is in a list separated by white space. */
static bool has_word(const char *list, const char *word)
{
	struct slice one = {list, 0};

	if (!list)
		return false;
	for (; *one.p; one.p += one.len) {
		while (ascii_is_space(*one.p))
			one.p++;
		one.len = 0;
		while (one.p[one.len] && !ascii_is_space(one.p[one.len]))
			one.len++;
		if (ascii_is(one, word))
			return true;
	}
	return false;
}

static void add_property(struct property **table, const char *name,
			 const char *content)
{
	struct buf *to = properties_add(table, (struct slice){name,
							      strlen(name)});

	json_add_string(to, content, strlen(content));
}

/* Returns true if a name begins with a prefix of https://ogp.me or of one of
 * its common extensions. */
static bool is_open_graph(const char *name)
{
	static const char *const prefixes[] = {
		"og:", "article:", "book:", "profile:", "video:", "music:",
		"product:", "fb:",
	};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (!strncmp(name, prefixes[i], strlen(prefixes[i])))
			return true;
	return false;
}

/* Reads a <meta>. Its name may be in the attribute `name` or `property`,
 * because pages confuse the two. */
static void read_meta_element(struct meta *m, const xmlNode *n)
{
	struct buf scratch[2] = {0};
	const char *name = text_attribute(n, "property", &scratch[0]);
	const char *content = attribute(m, n, "content");

	if (!name || !*name)
		name = text_attribute(n, "name", &scratch[1]);
	if (!name || !content) {
		/* charset and the like: not part of the metadata. */
	} else if (!strcasecmp(name, "description")) {
		set_text(&m->description, content);
	} else if (!strcasecmp(name, "robots")) {
		set_text(&m->robots, content);
	} else if (!strncmp(name, "twitter:", 8)) {
		add_property(&m->twitter, name, content);
	} else if (is_open_graph(name)) {
		add_property(&m->open_graph, name, content);
	}
	buf_release(&scratch[0]);
	buf_release(&scratch[1]);
}

static void add_feed(struct meta *m, const xmlNode *n, const char *href,
		     const char *type)
{
	if (m->feeds.len)
		buf_addch(&m->feeds, ',');
	buf_addstr(&m->feeds, "{\"url\":");
	add_url(m, &m->feeds, href);
	buf_addstr(&m->feeds, ",\"type\":");
	json_add_string(&m->feeds, type, strlen(type));
	buf_addstr(&m->feeds, ",\"title\":");
	href = attribute(m, n, "title");
	if (href)
		json_add_string(&m->feeds, href, strlen(href));
	else
		buf_addstr(&m->feeds, "null");
	buf_addch(&m->feeds, '}');
}

static bool is_feed(const char *type)
{
	return type && (!strcasecmp(type, "application/rss+xml") ||
			!strcasecmp(type, "application/atom+xml") ||
			!strcasecmp(type, "application/feed+json"));
}

static void read_link(struct meta *m, const xmlNode *n)
{
	struct buf scratch[3] = {0};
	const char *rel = text_attribute(n, "rel", &scratch[0]);
	const char *href = text_attribute(n, "href", &scratch[1]);
	const char *type = text_attribute(n, "type", &scratch[2]);

	if (has_word(rel, "canonical"))
		set_url(m, &m->canonical, href);
	if (has_word(rel, "icon"))
		set_url(m, &m->favicon, href);
	if (href && has_word(rel, "alternate") && is_feed(type))
		add_feed(m, n, href, type);
	for (size_t i = 0; i < sizeof(scratch) / sizeof(*scratch); i++)
		buf_release(&scratch[i]);
}

/* Reads a JSON-LD script. A script that is not JSON is skipped and counted. */
static void read_script(struct meta *m, const xmlNode *n)
{
	const char *type = attribute(m, n, "type");
	struct buf text = {0};
	const size_t before = m->json_ld.len;
	size_t count;

	if (!type || !json_ld_is_type(type))
		return;
	text_of(&text, n);
	if (before)
		buf_addch(&m->json_ld, ',');
	if (!json_ld_read(&m->json_ld, (struct slice){buf_cstr(&text),
						      text.len}, &count)) {
		m->json_ld_invalid++;
		count = 0;
	}
	if (!count)
		m->json_ld.len = before;
	buf_release(&text);
}

static void read_element(struct meta *m, const xmlNode *n)
{
	switch (html_name(n)->id) {
	case N_HTML:
		set_text(&m->language, attribute(m, n, "lang"));
		break;
	case N_LINK:
		read_link(m, n);
		break;
	case N_META:
		read_meta_element(m, n);
		break;
	case N_SCRIPT:
		read_script(m, n);
		break;
	}
}

static void add_member(struct buf *out, const char *name,
		       const struct buf *json)
{
	buf_addf(out, "\"%s\":", name);
	if (json->len)
		buf_add(out, json->data, json->len);
	else
		buf_addstr(out, "null");
	buf_addch(out, ',');
}

static void add_array(struct buf *out, const char *name,
		      const struct buf *values)
{
	buf_addf(out, "\"%s\":[", name);
	buf_add(out, values->data, values->len);
	buf_addstr(out, "],");
}

static void write_out(struct buf *out, struct meta *m, const xmlDoc *doc)
{
	buf_addch(out, '{');
	add_member(out, "description", &m->description);
	add_member(out, "canonical", &m->canonical);
	add_member(out, "language", &m->language);
	add_member(out, "robots", &m->robots);
	add_member(out, "favicon", &m->favicon);
	add_array(out, "feeds", &m->feeds);
	buf_addstr(out, "\"opengraph\":");
	properties_write(out, &m->open_graph, false);
	buf_addstr(out, ",\"twitter\":");
	properties_write(out, &m->twitter, false);
	buf_addch(out, ',');
	add_array(out, "json_ld", &m->json_ld);
	buf_addf(out, "\"json_ld_invalid\":%zu,", m->json_ld_invalid);
	buf_addstr(out, "\"microdata\":");
	microdata_read(out, doc, m->base);
	buf_addch(out, '}');
}

void meta_read(struct buf *out, const xmlDoc *doc, const struct url *base)
{
	struct meta m = {.base = base};

	for (const xmlNode *n = doc->children; n; n = html_next_node(n))
		if (n->type == XML_ELEMENT_NODE)
			read_element(&m, n);
	write_out(out, &m, doc);
	buf_release(&m.description);
	buf_release(&m.canonical);
	buf_release(&m.language);
	buf_release(&m.robots);
	buf_release(&m.favicon);
	buf_release(&m.feeds);
	buf_release(&m.json_ld);
	buf_release(&m.scratch);
}
