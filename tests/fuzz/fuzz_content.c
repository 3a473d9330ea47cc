/*
 * Finds the main content of any page. Must hold: at most one root, which is an
 * element of the page and has text; skipped nodes are not the root; the text is
 * clean UTF-8 without white space at its ends; the same page gives the same
 * content again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "parse/article/content.h"
#include "parse/article/model.h"
#include "parse/article/text.h"
#include "parse/html/html.h"
#include "parse/library.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void must(bool claim)
{
	if (!claim)
		abort();
}

static bool is_in(const xmlDoc *doc, const xmlNode *node)
{
	const xmlNode *n = doc->children;

	while (n && n != node)
		n = html_next_node(n);
	return n;
}

static void check_text(const struct buf *text)
{
	if (!text->len)
		return;
	must(utf8_valid_prefix(text->data, text->len) == text->len);
	must(!ascii_is_space(text->data[text->len - 1]));
}

static void check(const xmlDoc *doc, struct content *content,
		  struct buf *text)
{
	content_index(content);
	must(content->count <= 1);
	must(content->confidence >= 0 && content->confidence <= 1);
	must(content->type >= 0 && content->type < MODEL_TYPES);
	for (size_t i = 0; i < content->count; i++) {
		must(content->roots[i]->type == XML_ELEMENT_NODE);
		must(is_in(doc, content->roots[i]));
		must(!content_skips(content, content->roots[i]));
	}
	text_write(text, content, 0);
	must(!text->len == !content->count);
	check_text(text);
}

static void check_page(const xmlDoc *doc)
{
	struct content content = {0}, again = {0}, whole = {0};
	struct buf text = {0}, text_again = {0}, all = {0};

	content_find(&content, doc, "https://a.example/forum/x");
	content_find(&again, doc, "https://a.example/forum/x");
	check(doc, &content, &text);
	check(doc, &again, &text_again);
	must(slice_equal(slice_of(&text), slice_of(&text_again)));
	must(content.type == again.type);
	content_of_page(&whole, doc);
	text_write(&all, &whole, 0);
	check_text(&all);
	buf_release(&text);
	buf_release(&text_again);
	buf_release(&all);
	content_release(&content);
	content_release(&again);
	content_release(&whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static int begun;
	const char *why;
	size_t text_len;
	char *text;
	xmlDoc *doc;

	if (!begun++)
		parse_global_init();
	text = utf8_clean((const char *)data, len, len * 3, &text_len);
	doc = html_parse(text, text_len, &why);
	if (doc)
		check_page(doc);
	html_free(doc);
	free(text);
	return 0;
}
