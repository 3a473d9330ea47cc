/* Helpers for XPath functions: arguments, results, errors and new nodes. */
#include "parse/xpath/context.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "parse/html/ids.h"
#include "parse/values/regex.h"

static struct xpath_userdata *userdata_of(xmlXPathParserContext *p)
{
	return p->context->userData;
}

void xpath_userdata_release(struct xpath_userdata *userdata)
{
	xmlFreeDoc(userdata->made);
	for (size_t i = 0; i < XPATH_PATTERNS; i++) {
		free(userdata->patterns[i].key);
		pattern_free(userdata->patterns[i].compiled);
	}
	buf_release(&userdata->why);
	html_ids_free(userdata->ids);
	*userdata = (struct xpath_userdata){0};
}

void xpath_fail(xmlXPathParserContext *p, const char *why)
{
	struct xpath_userdata *userdata = userdata_of(p);

	if (!userdata->why.len)
		buf_addstr(&userdata->why, why);
	xmlXPathSetError(p, XPATH_EXPR_ERROR);
}

void xpath_fail_memory(xmlXPathParserContext *p)
{
	xmlXPathSetError(p, XPATH_MEMORY_ERROR);
}

void xpath_free_arguments(struct slice *args)
{
	for (size_t i = 0; i < XPATH_MAX_ARGUMENTS; i++)
		xmlFree((void *)args[i].p);
}

bool xpath_take_arguments(xmlXPathParserContext *p, int count, int min,
			  int max, struct slice *args)
{
	for (int i = 0; i < XPATH_MAX_ARGUMENTS; i++)
		args[i] = (struct slice){0};
	if (count < min || count > max) {
		xmlXPathSetArityError(p);
		return false;
	}
	while (count--) {
		args[count].p = (const char *)xmlXPathPopString(p);
		if (!args[count].p && !p->error)
			xpath_fail_memory(p);
		if (p->error)
			break;
		args[count].len = strlen(args[count].p);
	}
	if (!p->error)
		return true;
	xpath_free_arguments(args);
	return false;
}

void xpath_return_string(xmlXPathParserContext *p, struct slice s)
{
	xmlChar *copy = NULL;
	xmlXPathObject *object;
	struct xpath_userdata *userdata = p->context->userData;

	if (userdata->on_trial && s.len > XPATH_TRIAL_STRING) {
		userdata->untried = true;
		xpath_fail(p, "not tried");
		return;
	}
	if (s.len > XPATH_MAX_STRING) {
		xpath_fail(p, "the string is too long");
		return;
	}
	copy = xmlStrndup(BAD_CAST (s.len ? s.p : ""), (int)s.len);
	object = copy ? xmlXPathWrapString(copy) : NULL;
	if (object) {
		valuePush(p, object);
		return;
	}
	xmlFree(copy);
	xpath_fail_memory(p);
}

void xpath_return_nodes(xmlXPathParserContext *p, xmlNodeSet *nodes)
{
	xmlXPathObject *object = nodes ? xmlXPathWrapNodeSet(nodes) : NULL;

	if (object) {
		valuePush(p, object);
		return;
	}
	xmlXPathFreeNodeSet(nodes);
	xpath_fail_memory(p);
}

/* Returns the element that contains all nodes that functions have created. */
static xmlNode *made_root(struct xpath_userdata *userdata)
{
	xmlNode *root;

	if (userdata->made)
		return userdata->made->children;
	userdata->made = xmlNewDoc(BAD_CAST "1.0");
	root = userdata->made ? xmlNewDocNode(userdata->made, NULL,
					      BAD_CAST "made", NULL)
			      : NULL;
	if (root) {
		xmlDocSetRootElement(userdata->made, root);
		return root;
	}
	xmlFreeDoc(userdata->made);
	userdata->made = NULL;
	return NULL;
}

void xpath_make_node(xmlXPathParserContext *p, xmlNodeSet *nodes,
		     const char *name, struct slice text)
{
	struct xpath_userdata *userdata = userdata_of(p);
	xmlNode *root = made_root(userdata), *node = NULL, *content;

	if (root && nodes && !userdata->over)
		node = xmlNewDocNode(userdata->made, NULL, BAD_CAST name, NULL);
	if (!node) {
		xpath_fail_memory(p);
		return;
	}
	xmlAddChild(root, node);
	content = text.len <= INT_MAX
			  ? xmlNewDocTextLen(userdata->made,
					     BAD_CAST(text.len ? text.p : ""),
					     (int)text.len)
			  : NULL;
	if (content)
		xmlAddChild(node, content);
	if (!content || xmlXPathNodeSetAddUnique(nodes, node))
		xpath_fail_memory(p);
}
