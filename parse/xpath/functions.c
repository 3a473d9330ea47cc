/* XPath functions beyond the standard: has-class() as in parsel, and EXSLT's
 * re: (http://exslt.org/regular-expressions), with PCRE2. */
#include "parse/xpath/context.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "parse/html/ids.h"
#include "parse/values/regex.h"

#define RE_NAMESPACE BAD_CAST "http://exslt.org/regular-expressions"

/* Returns true if word is among the words of s. */
static bool has_word(const char *s, struct slice word)
{
	while (s && *s) {
		size_t len = 0;

		while (ascii_is_space(*s))
			s++;
		while (s[len] && !ascii_is_space(s[len]))
			len++;
		if (len && len == word.len && !memcmp(s, word.p, len))
			return true;
		s += len;
	}
	return false;
}

/* has-class(name, ...): true if the context node has all these classes. */
static void on_has_class(xmlXPathParserContext *p, int count)
{
	xmlNode *node = p->context->node;
	xmlChar *classes = NULL;
	bool has = true;

	if (count < 1) {
		xmlXPathSetArityError(p);
		return;
	}
	if (node && node->type == XML_ELEMENT_NODE)
		classes = xmlGetNoNsProp(node, BAD_CAST "class");
	while (count-- && !p->error) {
		xmlChar *name = xmlXPathPopString(p);

		if (name)
			has &= has_word((char *)classes, ascii_trim(
				(struct slice){(char *)name,
					       strlen((char *)name)}));
		xmlFree(name);
	}
	xmlFree(classes);
	if (!p->error)
		xmlXPathReturnBoolean(p, has);
}

static void add_by_id(struct xpath_userdata *userdata, xmlXPathParserContext *p,
		      xmlNodeSet *found, const char *ids)
{
	struct buf id = {0};
	xmlNode *node;

	if (!userdata->ids)
		userdata->ids = html_ids_new(p->context->doc);
	while (*ids && !userdata->over) {
		size_t len = 0;

		while (ids[len] && !ascii_is_space(ids[len]))
			len++;
		buf_clear(&id);
		buf_add(&id, ids, len);
		node = html_ids_find(userdata->ids, buf_cstr(&id), true);
		if (node && xmlXPathNodeSetAddUnique(found, node))
			xpath_fail_memory(p);
		for (ids += len; ascii_is_space(*ids);)
			ids++;
	}
	buf_release(&id);
}

static void find_by_ids(xmlXPathParserContext *p, xmlXPathObject *object,
			xmlNodeSet *found)
{
	const xmlNodeSet *nodes = object->nodesetval;
	xmlChar *ids;

	if (object->type != XPATH_NODESET) {
		ids = xmlXPathCastToString(object);
		add_by_id(p->context->userData, p, found, (const char *)ids);
		xmlFree(ids);
		return;
	}
	for (int i = 0; nodes && i < nodes->nodeNr && !p->error; i++) {
		ids = xmlXPathCastNodeToString(nodes->nodeTab[i]);
		add_by_id(p->context->userData, p, found, (const char *)ids);
		xmlFree(ids);
	}
}

/* Sorts the nodes and removes duplicates once, after all were added. Checking
 * at each insertion would search the whole set. */
static void remove_duplicates(xmlNodeSet *nodes)
{
	int count = 0;

	xmlXPathNodeSetSort(nodes);
	for (int i = 0; i < nodes->nodeNr; i++)
		if (!count || nodes->nodeTab[count - 1] != nodes->nodeTab[i])
			nodes->nodeTab[count++] = nodes->nodeTab[i];
	nodes->nodeNr = count;
}

/* Replaces the function id() of XPath (XPath 1.0, 4.1), because libxml2's
 * searches a table that is filled for XML documents only. */
static void on_id(xmlXPathParserContext *p, int count)
{
	const xmlDoc *doc = p->context->doc;
	xmlXPathObject *object;
	xmlNodeSet *found;

	if (!doc || doc->type != XML_HTML_DOCUMENT_NODE || count != 1) {
		xmlXPathIdFunction(p, count);
		return;
	}
	object = valuePop(p);
	found = xmlXPathNodeSetCreate(NULL);
	if (object && found) {
		find_by_ids(p, object, found);
		remove_duplicates(found);
	}
	xmlXPathFreeObject(object);
	xpath_return_nodes(p, found);
}

/* Returns the compiled pattern, from the cache if it is there; NULL if it is
 * wrong and the evaluation has been ended with an error. Sets *all if the flags
 * contain "g". */
static struct pattern *pattern_of(xmlXPathParserContext *p,
				  struct slice expression, struct slice flags,
				  bool *all)
{
	struct xpath_userdata *userdata = p->context->userData;
	struct xpath_pattern *known = userdata->patterns;
	struct buf key = {0}, why = {0};
	size_t at;

	*all = false;
	for (size_t i = 0; i < flags.len; i++)
		if (flags.p[i] == 'g')
			*all = true;
		else
			buf_addch(&key, flags.p[i]);
	buf_addch(&key, '\0');
	buf_add(&key, expression.p, expression.len);
	for (size_t i = 0; i < XPATH_PATTERNS; i++, known++)
		if (known->len == key.len && known->key &&
		    !memcmp(known->key, key.data, key.len)) {
			buf_release(&key);
			return known->compiled;
		}
	known = &userdata->patterns[userdata->next++ % XPATH_PATTERNS];
	free(known->key);
	pattern_free(known->compiled);
	known->compiled = pattern_compile(expression.p, expression.len,
					  key.data, &why, &at);
	known->len = key.len;
	known->key = buf_detach(&key);
	if (!known->compiled) {
		struct buf text = {0};

		free(known->key);
		known->key = NULL;
		buf_addf(&text, "regular expression, character %zu: %s",
			 at + 1, buf_cstr(&why));
		xpath_fail(p, buf_cstr(&text));
		buf_release(&text);
	}
	buf_release(&why);
	return known->compiled;
}

/* re:test(string, pattern, flags?) */
static void on_test(xmlXPathParserContext *p, int count)
{
	struct slice args[XPATH_MAX_ARGUMENTS], found;
	enum pattern_result result = PATTERN_NONE;
	struct pattern *pattern;
	size_t from = 0;
	bool all;

	if (!xpath_take_arguments(p, count, 2, 3, args))
		return;
	pattern = pattern_of(p, args[1], args[2], &all);
	if (pattern)
		result = pattern_find_groups(pattern, args[0], &from, &found,
					     1);
	if (result == PATTERN_TOO_MUCH)
		xpath_fail(p, "re:test() takes too much work");
	else if (pattern)
		xmlXPathReturnBoolean(p, result == PATTERN_FOUND);
	xpath_free_arguments(args);
}

static void add_matches(xmlXPathParserContext *p, xmlNodeSet *nodes,
			const struct pattern *pattern, struct slice text,
			bool all)
{
	const size_t max = all ? 1 : pattern_groups(pattern) + 1;
	struct slice *found = xcalloc(max, sizeof(*found));
	enum pattern_result result = PATTERN_NONE;
	size_t from = 0;

	while (!p->error &&
	       (result = pattern_find_groups(pattern, text, &from, found,
					     max)) == PATTERN_FOUND) {
		for (size_t i = 0; i < max && !p->error; i++)
			xpath_make_node(p, nodes, "match", found[i]);
		if (!all)
			break;
	}
	if (!p->error && result == PATTERN_TOO_MUCH)
		xpath_fail(p, "re:match() takes too much work");
	free(found);
}

/* re:match(string, pattern, flags?): returns the first match and its groups, or
 * all matches, as elements. */
static void on_match(xmlXPathParserContext *p, int count)
{
	struct slice args[XPATH_MAX_ARGUMENTS];
	struct pattern *pattern;
	bool all;

	if (!xpath_take_arguments(p, count, 2, 3, args))
		return;
	pattern = pattern_of(p, args[1], args[2], &all);
	if (pattern) {
		xmlNodeSet *nodes = xmlXPathNodeSetCreate(NULL);

		add_matches(p, nodes, pattern, args[0], all);
		xpath_return_nodes(p, nodes);
	}
	xpath_free_arguments(args);
}

/* re:replace(string, pattern, flags, by) */
static void on_replace(xmlXPathParserContext *p, int count)
{
	struct slice args[XPATH_MAX_ARGUMENTS];
	struct pattern *pattern;
	struct buf out = {0};
	bool all;

	if (!xpath_take_arguments(p, count, 4, 4, args))
		return;
	pattern = pattern_of(p, args[1], args[2], &all);
	if (pattern && pattern_replace(pattern, args[0], all, args[3], &out))
		xpath_return_string(p, (struct slice){out.data, out.len});
	else if (pattern)
		xpath_fail(p, "re:replace() takes too much work");
	buf_release(&out);
	xpath_free_arguments(args);
}

void xpath_register_functions(xmlXPathContext *context)
{
	xmlXPathRegisterFunc(context, BAD_CAST "has-class", on_has_class);
	/* An existing function has to be removed before it can be replaced. */
	xmlXPathRegisterFunc(context, BAD_CAST "id", NULL);
	xmlXPathRegisterFunc(context, BAD_CAST "id", on_id);
	xmlXPathRegisterNs(context, BAD_CAST "re", RE_NAMESPACE);
	xmlXPathRegisterFuncNS(context, BAD_CAST "test", RE_NAMESPACE, on_test);
	xmlXPathRegisterFuncNS(context, BAD_CAST "match", RE_NAMESPACE,
			       on_match);
	xmlXPathRegisterFuncNS(context, BAD_CAST "replace", RE_NAMESPACE,
			       on_replace);
	xpath_register_sets(context);
	xpath_register_strings(context);
}
