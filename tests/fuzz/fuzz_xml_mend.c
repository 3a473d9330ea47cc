/*
 * Mends any bytes as XML. What must hold: only "&", "<" and the ">" of "]]>"
 * are changed, each to the reference that stands for it; mending the result
 * again changes nothing; and text without markup becomes the text of its
 * element.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "base/utf8.h"
#include "parse/library.h"
#include "parse/xml/mend.h"
#include "parse/xml/xml.h"

/* Longer texts are mended but not parsed. */
enum { PARSED_MAX = 4 << 10 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
	if (!claim)
		abort();
}

static bool begins_with(struct slice s, const char *with)
{
	return s.len >= strlen(with) && !memcmp(s.p, with, strlen(with));
}

static struct slice skip(struct slice s, size_t bytes)
{
	must(s.len >= bytes);
	return (struct slice){s.p + bytes, s.len - bytes};
}

/* Checks that the mended text differs from the text by permitted changes
 * only. */
static void check_changes(struct slice text, struct slice mended)
{
	static const struct {
		const char *from, *to;
	} changes[] = {
		{"&", "&amp;"}, {"<", "&lt;"}, {"]]>", "]]&gt;"},
	};

	while (text.len || mended.len) {
		size_t taken = 0;

		must(text.len && mended.len);
		for (size_t i = 0; i < sizeof(changes) / sizeof(*changes);
		     i++) {
			if (!begins_with(text, changes[i].from) ||
			    !begins_with(mended, changes[i].to) ||
			    begins_with(text, changes[i].to))
				continue;
			taken = strlen(changes[i].from);
			mended = skip(mended, strlen(changes[i].to));
			break;
		}
		if (!taken) {
			must(*text.p == *mended.p);
			mended = skip(mended, 1);
			taken = 1;
		}
		text = skip(text, taken);
	}
}

/* Returns true for text that has no references and that a parser does not
 * change. */
static bool is_plain(struct slice text)
{
	static const char *const references[] = {
		"&#", "&amp;", "&lt;", "&gt;", "&quot;", "&apos;",
	};

	if (!text.len || utf8_valid_prefix(text.p, text.len) != text.len)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		const unsigned char c = (unsigned char)text.p[i];

		/* U+FFFE and U+FFFF, which XML does not allow, begin with
		 * 0xef. */
		if (c == '<' || c == 0xef || (c < ' ' && c != '\n'))
			return false;
	}
	for (size_t i = 0; i < sizeof(references) / sizeof(*references); i++)
		if (memmem(text.p, text.len, references[i],
			   strlen(references[i])))
			return false;
	return true;
}

static void check_text(struct slice text)
{
	struct buf document = {0};
	const char *why;
	xmlChar *content;
	xmlDoc *doc;

	buf_addstr(&document, "<a>");
	buf_add(&document, text.p, text.len);
	buf_addstr(&document, "</a>");
	doc = xml_parse(buf_cstr(&document), document.len, &why);
	must(doc);
	content = xmlNodeGetContent(xmlDocGetRootElement(doc));
	must(strlen((char *)content) == text.len);
	must(!memcmp(content, text.p, text.len));
	xmlFree(content);
	xml_free(doc);
	buf_release(&document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_ready;
	const struct slice text = {size ? (const char *)data : "", size};
	struct buf once = {0}, twice = {0};
	struct slice mended;
	bool changed;

	if (!is_ready)
		parse_global_init();
	is_ready = true;
	changed = xml_mend(&once, text);
	mended = (struct slice){buf_cstr(&once), once.len};
	check_changes(text, mended);
	must(changed == (once.len != size));
	must(!xml_mend(&twice, mended));
	must(twice.len == once.len);
	if (size <= PARSED_MAX && is_plain(text))
		check_text(text);
	buf_release(&once);
	buf_release(&twice);
	return 0;
}
