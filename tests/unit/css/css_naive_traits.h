/* For css_naive.h: an element's name, attributes, language and state, and its
 * neighbours in the tree. */
#ifndef TESTS_CSS_NAIVE_TRAITS_H
#define TESTS_CSS_NAIVE_TRAITS_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/tree.h>

#include "parse/css/tree.h"
#include "parse/html/html.h"

struct naive {
	const xmlDoc *doc;
	bool html, quirks;
	const xmlNode *scope;
};

static const xmlNode *naive_parent(const xmlNode *n)
{
	return n->parent && n->parent->type == XML_ELEMENT_NODE ? n->parent
								: NULL;
}

static const xmlNode *naive_first(const struct naive *v)
{
	const xmlNode *n = v->doc->children;

	while (n && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return n;
}

/* Returns true if the element's names are compared in lower case: those of HTML
 * are, those of SVG are not. */
static bool naive_lower(const struct naive *v, const xmlNode *n)
{
	return v->html && html_space(n) == HTML_SPACE;
}

static bool naive_is(const struct naive *v, const xmlNode *n, const char *name)
{
	return n && !strcmp((const char *)n->name, name) &&
	       (naive_lower(v, n) || (n->ns && !strcmp((const char *)n->ns->href,
				     "http://www.w3.org/1999/xhtml")));
}

/* Returns the next element in document order, outside of templates. */
static const xmlNode *naive_next(const struct naive *v, const xmlNode *n)
{
	for (;;) {
		if (n->type == XML_ELEMENT_NODE && n->children &&
		    !naive_is(v, n, "template")) {
			n = n->children;
		} else {
			while (n && !n->next)
				n = n->type == XML_DOCUMENT_NODE ? NULL
								 : n->parent;
			if (!n || n->type == XML_DOCUMENT_NODE)
				return NULL;
			n = n->next;
		}
		if (n->type == XML_ELEMENT_NODE)
			return n;
	}
}

static bool naive_is_inside(const xmlNode *n, const xmlNode *above)
{
	while ((n = naive_parent(n)))
		if (n == above)
			return true;
	return false;
}

static const xmlNode *naive_beside(const xmlNode *n)
{
	for (n = n->prev; n; n = n->prev)
		if (n->type == XML_ELEMENT_NODE)
			return n;
	return NULL;
}

static bool naive_same_name(const xmlNode *a, const xmlNode *b)
{
	const char *x = a->ns ? (const char *)a->ns->href : "";
	const char *y = b->ns ? (const char *)b->ns->href : "";

	return !strcmp((const char *)a->name, (const char *)b->name) &&
	       !strcmp(x, y) &&
	       (!a->psvi || html_space(a) == html_space(b));
}

static const char *naive_text(const xmlAttr *a)
{
	return a->children && a->children->content
		       ? (const char *)a->children->content : "";
}

static const char *naive_attr(const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n->properties; a; a = a->next)
		if (!a->ns && !strcmp((const char *)a->name, name))
			return naive_text(a);
	return NULL;
}

static bool naive_equal(const char *a, const char *b, bool fold)
{
	return fold ? !strcasecmp(a, b) : !strcmp(a, b);
}

static bool naive_word(const char *text, const char *word, bool fold)
{
	char copy[256], *rest = copy, *one;

	snprintf(copy, sizeof(copy), "%s", text);
	while ((one = strsep(&rest, " \t\n\f\r")))
		if (*one && naive_equal(one, word, fold))
			return true;
	return false;
}

static bool naive_fold(const struct naive *v, const struct css_simple *s,
		       const xmlNode *n)
{
	static const char list[] =
		" accept accept-charset align alink axis bgcolor charset "
		"checked clear codetype color compact declare defer dir "
		"direction disabled enctype face frame hreflang http-equiv "
		"lang language link media method multiple nohref noresize "
		"noshade nowrap readonly rel rev rules scope scrolling "
		"selected shape target text type valign valuetype vlink ";
	char name[64];

	snprintf(name, sizeof(name), " %s ", s->lower.p);
	return s->letters == CSS_CASE_IGNORED ||
	       (s->letters == CSS_CASE_USUAL && naive_lower(v, n) &&
		strstr(list, name));
}

static bool naive_value(const struct css_simple *s, const char *value,
			bool fold)
{
	const char *wanted = s->value.p;
	const size_t len = strlen(value), n = s->op ? strlen(wanted) : 0;
	char with_dash[256];

	switch (s->op) {
	case CSS_EXISTS:
		return true;
	case CSS_EQUALS:
		return naive_equal(value, wanted, fold);
	case CSS_INCLUDES:
		return n && naive_word(value, wanted, fold);
	case CSS_DASH:
		snprintf(with_dash, sizeof(with_dash), "%s-", wanted);
		return naive_equal(value, wanted, fold) ||
		       !(fold ? strncasecmp : strncmp)(value, with_dash, n + 1);
	case CSS_PREFIX:
		return n && !(fold ? strncasecmp : strncmp)(value, wanted, n);
	case CSS_SUFFIX:
		return n && len >= n && naive_equal(value + len - n, wanted,
						    fold);
	default:
		return n && (fold ? strcasestr : strstr)(value, wanted);
	}
}

static bool naive_attribute(const struct naive *v, const struct css_simple *s,
			    const xmlNode *n)
{
	for (const xmlAttr *a = n->properties; a; a = a->next)
		if (!strcmp((const char *)a->name,
			    naive_lower(v, n) ? s->lower.p : s->name.p) &&
		    (s->ns == CSS_NS_ANY || !a->ns) &&
		    naive_value(s, naive_text(a), naive_fold(v, s, n) && !a->ns))
			return true;
	return false;
}

/* Tests a language range of RFC 4647 by trying all ways to extend the range to
 * the tag. */
static bool naive_range(const char *tag, const char *range, bool first)
{
	const size_t t = strcspn(tag, "-"), r = strcspn(range, "-");
	const char *after = range + r + (range[r] == '-');
	const bool star = r == 1 && *range == '*';

	if (!*range)
		return true;
	if (star && !first)
		return naive_range(tag, after, false);
	if (!*tag)
		return false;
	if (star || (t == r && !strncasecmp(tag, range, t)))
		return naive_range(tag + t + (tag[t] == '-'), after, false);
	return !first && t > 1 &&
	       naive_range(tag + t + (tag[t] == '-'), range, false);
}

static const char *naive_language(const struct naive *v, const xmlNode *n)
{
	const char *lang = NULL;

	for (; n; n = naive_parent(n)) {
		for (const xmlAttr *a = n->properties; a; a = a->next)
			if (a->ns && !strcmp((const char *)a->name, "lang"))
				return naive_text(a);
		if (naive_is(v, n, (const char *)n->name) &&
		    (lang = naive_attr(n, "lang")))
			return lang;
	}
	if (!v->html)
		return "";
	for (n = naive_first(v); n; n = naive_next(v, n))
		if (naive_is(v, n, "meta") && naive_attr(n, "http-equiv") &&
		    naive_attr(n, "content"))
			lang = naive_attr(n, "content");
	return lang ? lang : "";
}

static bool naive_lang(const struct naive *v, const struct css_simple *s,
		       const xmlNode *n)
{
	const char *tag = naive_language(v, n);

	for (size_t i = 0; i < s->words_count; i++)
		if (*tag ? *s->words[i].p &&
			   naive_range(tag, s->words[i].p, true)
			 : !*s->words[i].p)
			return true;
	return false;
}

static bool naive_disabled(const struct naive *v, const xmlNode *n)
{
	if (naive_attr(n, "disabled"))
		return true;
	if (naive_is(v, n, "option"))
		return naive_is(v, naive_parent(n), "optgroup") &&
		       naive_attr(n->parent, "disabled");
	if (naive_is(v, n, "optgroup"))
		return false;
	for (const xmlNode *f = naive_parent(n); f; f = naive_parent(f)) {
		const xmlNode *legend = f->children;

		while (legend && !(legend->type == XML_ELEMENT_NODE &&
				   naive_is(v, legend, "legend")))
			legend = legend->next;
		if (naive_is(v, f, "fieldset") && naive_attr(f, "disabled") &&
		    !(legend && (n == legend || naive_is_inside(n, legend))))
			return true;
	}
	return false;
}

static bool naive_control(const struct naive *v, const xmlNode *n)
{
	return naive_is(v, n, "input") || naive_is(v, n, "button") ||
	       naive_is(v, n, "select") || naive_is(v, n, "textarea") ||
	       naive_is(v, n, "option") || naive_is(v, n, "optgroup") ||
	       naive_is(v, n, "fieldset");
}

static const xmlNode *naive_select(const struct naive *v, const xmlNode *n)
{
	n = naive_parent(n);
	if (naive_is(v, n, "optgroup"))
		n = naive_parent(n);
	return naive_is(v, n, "select") ? n : NULL;
}

static bool naive_option(const struct naive *v, const xmlNode *n)
{
	const xmlNode *select = naive_select(v, n), *last = NULL;
	const xmlNode *first = NULL;

	if (!select || naive_attr(select, "multiple"))
		return naive_attr(n, "selected");
	for (const xmlNode *o = naive_first(v); o; o = naive_next(v, o)) {
		if (!naive_is(v, o, "option") || naive_select(v, o) != select)
			continue;
		if (naive_attr(o, "selected"))
			last = o;
		if (!first && !naive_disabled(v, o))
			first = o;
	}
	return n == (last ? last : naive_attr(select, "size") ? NULL : first);
}

static bool naive_checked(const struct naive *v, const xmlNode *n)
{
	const char *type = naive_attr(n, "type");

	if (naive_is(v, n, "option"))
		return naive_option(v, n);
	return naive_is(v, n, "input") && type && naive_attr(n, "checked") &&
	       (!strcasecmp(type, "radio") || !strcasecmp(type, "checkbox"));
}

static bool naive_empty(const struct naive *v, const xmlNode *n)
{
	if (naive_is(v, n, "template"))
		return true;
	for (n = n->children; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE ||
		    (n->type == XML_TEXT_NODE && *n->content))
			return false;
	return true;
}

#endif
