/*
 * Any text becomes Markdown that is valid UTF-8 without NUL and carriage
 * returns, and whose length is linear in that of the text: for a whole page and
 * for a part of it, with and without a limit. The first byte of the input
 * chooses which.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "base/utf8.h"
#include "parse/html/html.h"
#include "parse/markdown/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define BASE "http://a.example/b/c?d"

enum {
	/* Maximum bytes of Markdown for a byte of HTML. The worst case is a
	 * tag of 4 bytes that begins a line in the deepest list: this line and
	 * an empty one each have a prefix of 40 markers, of up to 11 bytes
	 * each. */
	GROWTH = 300,
	/* Maximum bytes that spans of tables and repeated URLs of links may
	 * add. */
	CONSTANT = 4 << 20,
};

static const xmlNode *find_body(const xmlDoc *doc)
{
	for (const xmlNode *n = doc->children; n; n = html_next_node(n))
		if (n->type == XML_ELEMENT_NODE && html_is(n, N_BODY))
			return n;
	return NULL;
}

static bool skips_some(const void *ctx, const xmlNode *n)
{
	(void)ctx;
	return n->type == XML_ELEMENT_NODE && html_is(n, N_NAV);
}

static void check(const struct buf *out, size_t len, uint64_t max)
{
	if (out->len > CONSTANT + GROWTH * len)
		abort();
	if (max && out->len > max)
		abort();
	if (out->len && utf8_valid_prefix(out->data, out->len) != out->len)
		abort();
	if (out->len && (memchr(out->data, '\r', out->len) ||
			 memchr(out->data, '\0', out->len)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const uint8_t flags = len ? data[0] : 0;
	struct markdown_source source = {
		.count = 1, .whole = flags & 1, .max = flags & 4 ? len / 2 : 0};
	struct buf text = {0}, out = {0};
	struct url base = {0};
	const xmlNode *body = NULL;
	const char *why;
	xmlDoc *doc;

	if (len)
		utf8_add(&text, (const char *)data + 1, len - 1);
	buf_cstr(&text);
	url_parse(&base, BASE, strlen(BASE), NULL);
	doc = html_parse(text.data, text.len, &why);
	body = doc ? find_body(doc) : NULL;
	source.roots = &body;
	source.base = flags & 8 ? NULL : &base;
	source.skips = flags & 2 ? skips_some : NULL;
	if (body)
		markdown_write(&out, &source);
	check(&out, len, source.max);
	html_free(doc);
	url_release(&base);
	buf_release(&text);
	buf_release(&out);
	return 0;
}
