/* Reads title, links and metadata of any text with a tree and with an outline,
 * which must give the same. The first byte selects the kind of outline. */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "tests/html/html_says.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = {0}, tree = {0}, outline = {0};
	char *copy;
	const char *why;
	size_t len;
	xmlDoc *doc;
	enum html_outline what;

	if (!size)
		return 0;
	what = (enum html_outline)(HTML_OUTLINE_COUNT + data[0] % 4);
	utf8_add(&text, (const char *)data + 1, size - 1);
	len = text.len;
	copy = xmemdup(buf_cstr(&text), len);
	doc = html_outline(copy, &len, what, NULL);
	if (doc) {
		html_says(&outline, doc, what);
		html_free(doc);
		doc = html_parse(text.data, text.len, &why);
		html_says(&tree, doc, what);
		if (tree.len != outline.len ||
		    memcmp(buf_cstr(&tree), buf_cstr(&outline), tree.len) != 0)
			abort();
		html_free(doc);
	}
	free(copy);
	buf_release(&text);
	buf_release(&tree);
	buf_release(&outline);
	return 0;
}
