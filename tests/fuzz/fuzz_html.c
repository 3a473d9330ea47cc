/* Parses any text as HTML. The tree must be valid, and its elements can be
 * found by selectors and XPath, and serialised. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "parse/css/css.h"
#include "parse/css/match.h"
#include "parse/library.h"
#include "parse/text/node_text.h"
#include "parse/xpath/xpath.h"
#include "tests/unit/html/html_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const selectors[] = {
	"*", ":root", "p b, td:nth-of-type(2) ~ *", ":has(> a[href])",
	"svg *|*, foreignObject", ":empty:not(br)", ":checked, :disabled",
	"#i, .x, [a=b i]", ":lang(en) > :last-child",
};

static const char *const paths[] = {
	"//*", "//text()[normalize-space()]", "id('i')/ancestor::*",
	"//@*[name() = 'class']/..", "string(/)", "//p[has-class('x')]",
};

enum { SELECTORS = sizeof(selectors) / sizeof(*selectors) };
enum { PATHS = sizeof(paths) / sizeof(*paths) };

static struct css *css[SELECTORS];
static struct css_set *set;
static struct xpath *compiled[PATHS];

static void compile(void)
{
	struct buf why = {0};
	size_t at;

	parse_global_init();
	set = css_set_new();
	for (size_t i = 0; i < SELECTORS; i++) {
		css[i] = css_compile(selectors[i], strlen(selectors[i]), &why,
				     &at);
		if (!css[i])
			abort();
		css_set_add(set, css[i], true);
	}
	for (size_t i = 0; i < PATHS; i++) {
		compiled[i] = xpath_compile(paths[i], strlen(paths[i]), &why,
					    &at);
		if (!compiled[i])
			abort();
	}
}

static void on_match(void *ctx, size_t which, xmlNode *node)
{
	(void)which;
	*(size_t *)ctx += node->type == XML_ELEMENT_NODE;
}

static void look(xmlDoc *doc)
{
	struct css_document *found_in = css_document_new(doc, true);
	struct xpath_document *xpath = xpath_document_new(doc);
	const char *why;
	size_t found = 0;

	css_find(found_in, set, NULL, on_match, &found);
	if (found < 3)
		abort();
	for (size_t i = 0; i < PATHS; i++)
		xmlXPathFreeObject(xpath_evaluate(xpath, compiled[i], NULL,
						  &why));
	xpath_document_free(xpath);
	css_document_free(found_in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = {0}, out = {0};
	const char *why;
	xmlDoc *doc;

	if (!set)
		compile();
	utf8_add(&text, (const char *)data, size);
	doc = html_parse((char *)buf_cstr(&text), text.len, &why);
	if (!doc || html_broken(doc))
		abort();
	look(doc);
	text_outer_html(&out, (const xmlNode *)doc);
	html_free(doc);
	buf_release(&text);
	buf_release(&out);
	return 0;
}
