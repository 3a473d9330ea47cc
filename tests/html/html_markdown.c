/*
 * Prints the Markdown of the body of HTML: of standard input, or with --batch,
 * reads a decimal length, a line feed and that many bytes again and again, and
 * answers each in the same way. --base URL: the base URL of links. --main:
 * leaves out links without text, as for the main content of a page.
 */
#include <stdio.h>
#include <string.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"
#include "base/utf8.h"
#include "parse/html/page.h"
#include "parse/markdown/markdown.h"

static struct html_page *parser;

static const xmlNode *find_body(const xmlDoc *doc)
{
	const xmlNode *n = xmlDocGetRootElement(doc);

	for (n = n ? n->children : NULL; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE && html_is(n, N_BODY))
			return n;
	return NULL;
}

static void answer(struct buf *text, const struct url *base, bool whole,
		   bool batch)
{
	struct buf out = {0};
	const char *why;
	const xmlNode *body;
	xmlDoc *doc;

	utf8_repair(text);
	buf_cstr(text);
	doc = html_page_parse(parser, text->data, text->len, false, &why);
	body = doc ? find_body(doc) : NULL;
	if (body)
		markdown_write(&out, &(struct markdown_source){
			.roots = &body, .count = 1, .whole = whole,
			.base = base->href ? base : NULL});
	if (batch)
		printf("%zu\n", out.len);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	fflush(stdout);
	buf_release(&out);
}

static bool read_bytes(struct buf *text, size_t len)
{
	buf_clear(text);
	text->len = fread(buf_reserve(text, len + 1), 1, len, stdin);
	return text->len == len;
}

static void read_all(struct buf *text)
{
	enum { CHUNK = 1 << 16 };
	size_t n;

	do {
		n = fread(buf_reserve(text, CHUNK), 1, CHUNK, stdin);
		text->len += n;
	} while (n);
}

int main(int argc, char **argv)
{
	bool batch = false, whole = true;
	struct url base = {0};
	struct buf text = {0};
	size_t len;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--batch"))
			batch = true;
		else if (!strcmp(argv[i], "--main"))
			whole = false;
		else if (!strcmp(argv[i], "--base") && i + 1 < argc &&
			 ++i && url_parse(&base, argv[i], strlen(argv[i]),
					  NULL))
			return 2;
	}
	parser = html_page_new();
	if (!batch) {
		read_all(&text);
		answer(&text, &base, whole, false);
	}
	while (batch && scanf("%zu", &len) == 1 && getchar() == '\n' &&
	       read_bytes(&text, len))
		answer(&text, &base, whole, true);
	buf_release(&text);
	url_release(&base);
	html_page_free(parser);
	return 0;
}
