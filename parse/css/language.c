/* Matches :lang(): finds an element's language and compares it with language
 * ranges. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "parse/css/letter_case.h"
#include "parse/css/traits.h"

/* Returns the language of a <meta http-equiv=content-language> (HTML Standard,
 * 4.2.5.3), to be freed, or NULL. */
static char *read_pragma(struct css_document *d, const xmlNode *n)
{
	const char *kind = css_attr_text(d, n, "http-equiv");
	const char *p, *end;

	if (!kind || !letters_same(kind, "content-language"))
		return NULL;
	p = css_attr_text(d, n, "content");
	if (!p || strchr(p, ','))
		return NULL;
	while (ascii_is_space(*p))
		p++;
	for (end = p; *end && !ascii_is_space(*end); end++)
		;
	return end > p ? xmemdup(p, (size_t)(end - p)) : NULL;
}

/* Returns the document's default language: that of its last <meta
 * http-equiv=content-language>. */
static const char *default_language(struct css_document *d)
{
	xmlNode *root = css_root(d);

	if (d->language_known || !d->html)
		return d->language;
	d->language_known = true;
	for (xmlNode *n = root; n; n = css_next_in_order(d, n, root)) {
		char *language = NULL;

		if (css_is_html(d, n, "meta"))
			language = read_pragma(d, n);
		if (!language)
			continue;
		free(d->language);
		d->language = language;
	}
	return d->language;
}

/* Returns the value of the element's own lang attribute, or NULL. xml:lang is
 * read in HTML documents too, where it has no meaning by the standard: XHTML
 * pages use it, and the HTML parser reads these pages as well. */
static const char *own_language(struct css_document *d, const xmlNode *n)
{
	const char *html = NULL;

	for (const xmlAttr *a = n->properties; a; a = a->next) {
		css_spend(d, 1);
		if (d->html && !strcmp((const char *)a->name, "xml:lang"))
			html = html ? html : css_attr_value(d, a);
		if (strcmp((const char *)a->name, "lang"))
			continue;
		if (a->ns && a->ns->href &&
		    !strcmp((const char *)a->ns->href,
			    (const char *)XML_XML_NAMESPACE))
			return css_attr_value(d, a);
		if (!a->ns && css_is_html(d, n, (const char *)n->name))
			html = css_attr_value(d, a);
	}
	return html;
}

/* Returns the nearest element that declares a language, n itself or an
 * ancestor, or NULL. After FAR steps the result is cached for other
 * descendants. */
static const xmlNode *find_language_element(struct css_document *d,
					    const xmlNode *n)
{
	enum { FAR = 16 };
	static const char what[] = "speaker";
	const xmlNode *mark = NULL;
	struct css_memo_entry *k = NULL;
	size_t steps = 0;

	for (; n && !own_language(d, n); n = css_parent(n)) {
		css_spend(d, 1);
		if (++steps % FAR)
			continue;
		if (!mark)
			mark = n;
		k = css_memo_find(&d->memo, 0, what, n);
		if (k)
			break;
	}
	if (k)
		n = k->node;
	if (mark && (k = css_memo_add(&d->memo, 0, what, mark)))
		k->node = (xmlNode *)n;
	return n;
}

static const char *language_of(struct css_document *d, const xmlNode *n)
{
	n = find_language_element(d, n);
	return n ? own_language(d, n) : default_language(d);
}

/* Returns the subtag (of a language tag such as "en-US") at *p and moves *p
 * past the subtag and its "-". */
static struct slice next_subtag(const char **p)
{
	struct slice tag = {*p, strcspn(*p, "-")};

	*p += tag.len;
	if (**p == '-')
		++*p;
	return tag;
}

static bool is_wildcard(struct slice tag)
{
	return tag.len == 1 && *tag.p == '*';
}

static bool is_same_subtag(struct slice a, struct slice b)
{
	return a.len == b.len && letters_equal(a.p, b.p, a.len, true);
}

/* Returns true if a language tag is in a language range, by extended filtering
 * (RFC 4647, 3.3.2). */
static bool is_in_range(const char *tags, const char *range)
{
	struct slice tag = next_subtag(&tags), wanted = next_subtag(&range);

	if (!is_wildcard(wanted) && !is_same_subtag(tag, wanted))
		return false;
	while (*range) {
		wanted = next_subtag(&range);
		if (is_wildcard(wanted))
			continue;
		for (;;) {
			if (!*tags)
				return false;
			tag = next_subtag(&tags);
			if (is_same_subtag(tag, wanted))
				break;
			if (tag.len == 1)
				return false;
		}
	}
	return true;
}

/* The range "" matches elements whose language is unknown; no other range
 * does. */
bool css_is_language(struct css_document *d, const struct css_simple *s,
		     const xmlNode *n)
{
	const char *tags = language_of(d, n);

	for (size_t i = 0; i < s->words_count; i++) {
		const char *range = s->words[i].p;

		css_spend(d, 1);
		if (!tags || !*tags ? !*range
				    : *range && is_in_range(tags, range))
			return true;
	}
	return false;
}
