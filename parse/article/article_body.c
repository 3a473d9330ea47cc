#include "parse/article/article_body.h"

#include <string.h>

#include "base/json/string.h"
#include "base/slice.h"
#include "parse/html/html.h"
#include "parse/meta/json_ld.h"

#define NAME "\"articleBody\":\""

/* Returns the JSON string that begins at p, with its quotes. */
static struct slice string_at(const char *p, const char *end)
{
	const char *s = p + 1;

	while (s < end && *s != '"')
		s += *s == '\\' && s + 1 < end ? 2 : 1;
	return (struct slice){p, (size_t)(s < end ? s + 1 - p : end - p)};
}

/* Keeps the longest value in compact JSON. */
static void read_json(struct buf *out, struct slice json)
{
	const char *end = json.p + json.len;
	const char *p = json.p;

	while ((p = memmem(p, (size_t)(end - p), NAME, strlen(NAME)))) {
		const struct slice value = string_at(p + strlen(NAME) - 1, end);

		p = value.p + value.len;
		if (value.len <= out->len || value.p[value.len - 1] != '"')
			continue;
		buf_clear(out);
		json_string_text(out, value);
	}
}

static const char *type_of(const xmlNode *script)
{
	for (const xmlAttr *a = script->properties; a; a = a->next)
		if (((const struct html_name *)a->psvi)->id == N_TYPE &&
		    a->children)
			return (const char *)a->children->content;
	return "";
}

static void read_script(struct buf *out, const xmlNode *script)
{
	struct buf json = {0};
	size_t count;

	if (!script->children || !json_ld_is_type(type_of(script)))
		return;
	const char *text = (const char *)script->children->content;

	if (strstr(text, "articleBody") &&
	    json_ld_read(&json, (struct slice){text, strlen(text)}, &count))
		read_json(out, slice_of(&json));
	buf_release(&json);
}

void article_body_read(struct buf *out, const xmlDoc *doc)
{
	for (const xmlNode *n = doc->children; n; n = html_next_node(n))
		if (n->type == XML_ELEMENT_NODE && html_is(n, N_SCRIPT))
			read_script(out, n);
}
