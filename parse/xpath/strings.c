/*
 * EXSLT's str: functions (http://exslt.org/strings). The functions of libexslt
 * are not used: its align() reads past the end of strings that are not ASCII,
 * its padding() and concat() are quadratic, and the others need a running
 * stylesheet.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "parse/xpath/context.h"

#define STR_NAMESPACE BAD_CAST "http://exslt.org/strings"

/* Returns the number of bytes of the character that s begins with. */
static size_t char_len(struct slice s)
{
	size_t len = 1;

	while (len < s.len && (s.p[len] & 0xc0) == 0x80)
		len++;
	return len;
}

static struct slice skip(struct slice s, size_t bytes)
{
	return (struct slice){s.p + bytes, s.len - bytes};
}

static size_t chars_in(struct slice s)
{
	size_t chars = 0;

	for (; s.len; s = skip(s, char_len(s)))
		chars++;
	return chars;
}

/* Returns the number of bytes of the first chars characters of s, or of all if
 * there are fewer. */
static size_t bytes_of(struct slice s, size_t chars)
{
	const size_t len = s.len;

	while (s.len && chars--)
		s = skip(s, char_len(s));
	return len - s.len;
}

static struct slice find(struct slice s, struct slice what)
{
	char *at = s.len ? memmem(s.p, s.len, what.p, what.len) : NULL;

	return at ? (struct slice){at, what.len}
		  : (struct slice){s.p + s.len, 0};
}

/* Returns the first character in s that is one of chars. */
static struct slice find_any(struct slice s, struct slice chars)
{
	while (s.len) {
		const struct slice c = {s.p, char_len(s)};

		if (find(chars, c).len)
			return c;
		s = skip(s, c.len);
	}
	return s;
}

/* Adds each character of the string as a token, which is the result for an
 * empty separator. */
static void add_chars(xmlXPathParserContext *p, xmlNodeSet *nodes,
		      struct slice s)
{
	for (; s.len && !p->error; s = skip(s, char_len(s)))
		xpath_make_node(p, nodes, "token",
				(struct slice){s.p, char_len(s)});
}

static void return_tokens(xmlXPathParserContext *p, struct slice s,
			  struct slice at,
			  struct slice (*divide)(struct slice s,
						 struct slice at))
{
	xmlNodeSet *nodes = xmlXPathNodeSetCreate(NULL);

	if (!at.len)
		add_chars(p, nodes, s);
	while (at.len && s.len && !p->error) {
		const struct slice end = divide(s, at);
		const size_t len = (size_t)(end.p - s.p);

		if (len)
			xpath_make_node(p, nodes, "token",
					(struct slice){s.p, len});
		s = skip(s, len + end.len);
	}
	xpath_return_nodes(p, nodes);
}

/* str:tokenize(string, characters?) */
static void on_tokenize(xmlXPathParserContext *p, int count)
{
	struct slice args[XPATH_MAX_ARGUMENTS];

	if (!xpath_take_arguments(p, count, 1, 2, args))
		return;
	return_tokens(p, args[0],
		      args[1].p ? args[1] : (struct slice){"\t\r\n ", 4},
		      find_any);
	xpath_free_arguments(args);
}

/* str:split(string, pattern?): the pattern is a plain string. */
static void on_split(xmlXPathParserContext *p, int count)
{
	struct slice args[XPATH_MAX_ARGUMENTS];

	if (!xpath_take_arguments(p, count, 1, 2, args))
		return;
	return_tokens(p, args[0], args[1].p ? args[1] : (struct slice){" ", 1},
		      find);
	xpath_free_arguments(args);
}

/* str:replace(string, search, by): replaces all occurrences. EXSLT allows
 * node-sets as arguments; here only the first node of a node-set is used. */
static void on_replace(xmlXPathParserContext *p, int count)
{
	struct slice args[XPATH_MAX_ARGUMENTS], s;
	struct buf out = {0};

	if (!xpath_take_arguments(p, count, 3, 3, args))
		return;
	s = args[0];
	while (args[1].len && s.len && out.len <= XPATH_MAX_STRING) {
		const struct slice found = find(s, args[1]);

		buf_add(&out, s.p, (size_t)(found.p - s.p));
		if (found.len)
			buf_add(&out, args[2].p, args[2].len);
		s = skip(s, (size_t)(found.p - s.p) + found.len);
	}
	buf_add(&out, s.p, s.len);
	xpath_return_string(p, (struct slice){out.data, out.len});
	buf_release(&out);
	xpath_free_arguments(args);
}

/* str:concat(node-set): joins the strings of the nodes. */
static void on_concat(xmlXPathParserContext *p, int count)
{
	struct buf out = {0};
	xmlNodeSet *nodes;

	if (count != 1) {
		xmlXPathSetArityError(p);
		return;
	}
	nodes = xmlXPathPopNodeSet(p);
	if (p->error)
		return;
	for (int i = 0; nodes && i < nodes->nodeNr; i++) {
		xmlChar *s = xmlXPathCastNodeToString(nodes->nodeTab[i]);

		if (s && out.len <= XPATH_MAX_STRING)
			buf_addstr(&out, (char *)s);
		xmlFree(s);
	}
	xmlXPathFreeNodeSet(nodes);
	xpath_return_string(p, (struct slice){out.data, out.len});
	buf_release(&out);
}

/* Replaces the function concat() of XPath, because libxml2's has no limit of
 * size, and each of its 2,000 arguments may be the whole page. */
static void on_core_concat(xmlXPathParserContext *p, int count)
{
	struct xpath_userdata *userdata = p->context->userData;
	xmlChar **strings;
	struct buf out = {0};
	int last = count;

	if (count < 2) {
		xmlXPathSetArityError(p);
		return;
	}
	strings = xcalloc((size_t)count, sizeof(*strings));
	while (last > 0 && !p->error && !userdata->over)
		strings[--last] = xmlXPathPopString(p);
	for (int i = last; i < count; i++) {
		if (strings[i] && out.len <= XPATH_MAX_STRING)
			buf_addstr(&out, (char *)strings[i]);
		xmlFree(strings[i]);
	}
	free(strings);
	if (!p->error && userdata->over)
		xpath_fail_memory(p);
	else if (!p->error)
		xpath_return_string(p, (struct slice){out.data, out.len});
	buf_release(&out);
}

static void add_repeated(struct buf *out, struct slice s, double chars)
{
	const double all = (double)chars_in(s);

	for (; chars >= all && out->len <= XPATH_MAX_STRING; chars -= all)
		buf_add(out, s.p, s.len);
	if (chars < all)
		buf_add(out, s.p, bytes_of(s, (size_t)chars));
}

/* str:padding(length, string?): repeats the string up to the length. */
static void on_padding(xmlXPathParserContext *p, int count)
{
	struct slice args[XPATH_MAX_ARGUMENTS];
	struct buf out = {0};
	double chars;

	if (!xpath_take_arguments(p, count, 1, 2, args))
		return;
	chars = floor(xmlXPathCastStringToNumber(BAD_CAST args[0].p));
	if (chars > 0)
		add_repeated(&out, args[1].len ? args[1]
					       : (struct slice){" ", 1},
			     chars);
	xpath_return_string(p, (struct slice){out.data, out.len});
	buf_release(&out);
	xpath_free_arguments(args);
}

/* str:align(string, padding, "left" | "right" | "center"): puts the string over
 * the padding, cut to the padding's length. */
static void on_align(xmlXPathParserContext *p, int count)
{
	struct slice args[XPATH_MAX_ARGUMENTS], s, padding;
	size_t chars, room, before = 0;
	struct buf out = {0};

	if (!xpath_take_arguments(p, count, 2, 3, args))
		return;
	s = args[0];
	padding = args[1];
	room = chars_in(padding);
	chars = chars_in(s);
	if (chars > room) {
		s.len = bytes_of(s, room);
		chars = room;
	}
	if (args[2].p && !strcmp(args[2].p, "right"))
		before = room - chars;
	else if (args[2].p && !strcmp(args[2].p, "center"))
		before = (room - chars) / 2;
	buf_add(&out, padding.p, bytes_of(padding, before));
	buf_add(&out, s.p, s.len);
	padding = skip(padding, bytes_of(padding, before + chars));
	buf_add(&out, padding.p, padding.len);
	xpath_return_string(p, (struct slice){out.data, out.len});
	buf_release(&out);
	xpath_free_arguments(args);
}

void xpath_register_strings(xmlXPathContext *context)
{
	static const struct {
		const char *name;
		xmlXPathFunction function;
	} rows[] = {
		{"tokenize", on_tokenize},
		{"split", on_split},
		{"replace", on_replace},
		{"concat", on_concat},
		{"padding", on_padding},
		{"align", on_align},
	};

	/* An existing function has to be removed before it can be replaced. */
	xmlXPathRegisterFunc(context, BAD_CAST "concat", NULL);
	xmlXPathRegisterFunc(context, BAD_CAST "concat", on_core_concat);
	xmlXPathRegisterNs(context, BAD_CAST "str", STR_NAMESPACE);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		xmlXPathRegisterFuncNS(context, BAD_CAST rows[i].name,
				       STR_NAMESPACE, rows[i].function);
}
