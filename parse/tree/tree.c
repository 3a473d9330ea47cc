/* Arms the arena while a parser runs, and frees the tree with the arena. */
#include "parse/tree/tree.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "parse/tree/arena.h"
#include "parse/tree/libxml2.h"

static _Thread_local bool has_tree;
static _Thread_local bool is_prepared;	/* prepare_thread() has been called */

/* Parses a text with errors, so that libxml2 allocates its per-thread error
 * state before the arena is armed (see arena.h). */
static void prepare_thread(void)
{
	static const char bad[] = "<a b='1' b='2'>";

	xmlFreeDoc(xmlReadMemory(bad, (int)strlen(bad), NULL, "UTF-8",
				 XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
				 XML_PARSE_NONET));
	xmlResetLastError();
	is_prepared = true;
}

void tree_open(void)
{
	arena_open();
}

void tree_close(void)
{
	arena_close();
	if (is_prepared)
		xmlResetLastError();
}

static void free_tree(xmlDoc *doc)
{
	if (!arena_has_all())
		xmlFreeDoc(doc);
	arena_reset();
}

void tree_begin(void)
{
	assert(!has_tree);
	if (!is_prepared)
		prepare_thread();
	arena_arm();
}

xmlDoc *tree_end(xmlDoc *doc)
{
	arena_disarm();
	has_tree = doc;
	if (!doc)
		free_tree(NULL);
	return doc;
}

void tree_free(xmlDoc *doc)
{
	if (!doc)
		return;
	has_tree = false;
	free_tree(doc);
}

struct slice tree_text(const char *s, size_t len, struct buf *scratch)
{
	const char *nul;

	if (!len)
		return (struct slice){"", 0};
	if (!memchr(s, '\0', len))
		return (struct slice){s, len};
	while ((nul = memchr(s, '\0', len))) {
		const size_t n = (size_t)(nul - s);

		buf_add(scratch, s, n);
		buf_addstr(scratch, UTF8_REPLACEMENT);
		s += n + 1;
		len -= n + 1;
	}
	buf_add(scratch, s, len);
	return (struct slice){scratch->data, scratch->len};
}
