/* Compiles, tests and evaluates expressions. libxml2 limits the number of nodes
 * visited; arena_watch() limits the memory of libxml2. */
#include "parse/xpath/xpath.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "parse/tree/arena.h"
#include "parse/xpath/context.h"
#include "parse/xpath/names.h"

/* Limit of the number of nodes visited, approximately; as many take half a
 * second. */
#define MAX_WORK 50000000

/* Limit of libxml2's memory for the expressions of one document, in bytes. A
 * single function may exceed it by a few times the document's size. */
#define MAX_MEMORY ((size_t)256 << 20)

/* The namespace of undeclared prefixes. No element is in it. */
#define NOWHERE BAD_CAST "about:undeclared"

struct xpath {
	xmlXPathCompExpr *compiled;
	char **prefixes;	/* the prefixes used in node tests */
	size_t prefixes_count;
};

struct xpath_document {
	xmlXPathContext *context;
	xmlDoc *doc;
	struct xpath_userdata userdata;
	bool watched;		/* arena_watch() limits the document's memory */
};

static const char *error_text(int error)
{
	switch (error) {
	case XPATH_NUMBER_ERROR:
		return "not a number";
	case XPATH_UNFINISHED_LITERAL_ERROR:
	case XPATH_START_LITERAL_ERROR:
		return "unterminated string";
	case XPATH_VARIABLE_REF_ERROR:
	case XPATH_UNDEF_VARIABLE_ERROR:
	case XPATH_FORBID_VARIABLE_ERROR:
		return "variables are not supported";
	case XPATH_INVALID_PREDICATE_ERROR:
		return "invalid predicate";
	case XPATH_UNCLOSED_ERROR:
		return "a bracket is not closed";
	case XPATH_UNKNOWN_FUNC_ERROR:
		return "unknown function";
	case XPATH_INVALID_OPERAND:
	case XPATH_INVALID_TYPE:
		return "an argument of the wrong type";
	case XPATH_INVALID_ARITY:
		return "the wrong number of arguments";
	case XPATH_MEMORY_ERROR:
		return "the XPath expression needs too much memory";
	case XPATH_UNDEF_PREFIX_ERROR:
		return "unknown prefix";
	case XPATH_INVALID_CHAR_ERROR:
	case XPATH_ENCODING_ERROR:
		return "unexpected character";
	case XPATH_OP_LIMIT_EXCEEDED:
		return "the XPath expression takes too much work";
	case XPATH_RECURSION_LIMIT_EXCEEDED:
	case XPATH_STACK_ERROR:
		return "nested too deep";
	default:
		return "not a valid XPath expression";
	}
}

static void on_error(void *user, xmlErrorPtr error)
{
	struct xpath_userdata *userdata = user;

	if (userdata->error)
		return;
	userdata->error = error->domain == XML_FROM_XPATH &&
					  error->code >= XML_XPATH_EXPRESSION_OK
				  ? error->code - XML_XPATH_EXPRESSION_OK
				  : XPATH_MEMORY_ERROR;
	userdata->at = error->int1 > 0 ? (size_t)error->int1 : 0;
}

/* Makes the evaluation fail at its next step. */
static void on_over(void *ctx)
{
	struct xpath_document *d = ctx;

	d->userdata.over = true;
	if (d->context)
		d->context->opLimit = 1;
}

static xmlXPathContext *context_new(xmlDoc *doc,
				    struct xpath_userdata *userdata)
{
	xmlXPathContext *context = xmlXPathNewContext(doc);

	if (!context)
		return NULL;
	context->error = on_error;
	context->userData = userdata;
	/* Caches result objects, because an expression may be evaluated at each
	 * of many nodes. */
	xmlXPathContextSetCache(context, 1, -1, 0);
	xpath_register_functions(context);
	return context;
}

/* Registers the root element's namespaces by their prefixes. */
static void register_prefixes(xmlXPathContext *context, xmlDoc *doc)
{
	const xmlNode *root = xmlDocGetRootElement(doc);

	for (const xmlNs *ns = root ? root->nsDef : NULL; ns; ns = ns->next)
		if (ns->prefix && !xmlXPathNsLookup(context, ns->prefix))
			xmlXPathRegisterNs(context, ns->prefix, ns->href);
}

static struct xpath_document *document_new(xmlDoc *doc)
{
	struct xpath_document *d = xcalloc(1, sizeof(*d));

	d->doc = doc;
	d->context = context_new(doc, &d->userdata);
	if (d->context)
		register_prefixes(d->context, doc);
	/* Numbers the elements, so that comparing the positions of two nodes
	 * needs no walk between them. */
	xmlXPathOrderDocElems(doc);
	return d;
}

void xpath_document_free(struct xpath_document *d)
{
	if (!d)
		return;
	if (d->watched)
		arena_watch(0, NULL, NULL);
	xmlXPathFreeContext(d->context);
	xpath_userdata_release(&d->userdata);
	free(d);
}

void xpath_limit_memory(struct xpath_document *d, size_t bytes)
{
	d->watched = true;
	arena_watch(bytes, on_over, d);
}

struct xpath_document *xpath_document_new(xmlDoc *doc)
{
	struct xpath_document *d = document_new(doc);

	xpath_limit_memory(d, MAX_MEMORY);
	return d;
}

static void declare_prefixes(xmlXPathContext *context,
			     const struct xpath *xpath)
{
	for (size_t i = 0; i < xpath->prefixes_count; i++)
		if (!xmlXPathNsLookup(context, BAD_CAST xpath->prefixes[i]))
			xmlXPathRegisterNs(context,
					   BAD_CAST xpath->prefixes[i],
					   NOWHERE);
}

/* Returns the error message of an evaluation, or NULL. */
static const char *error_of(struct xpath_userdata *userdata,
			    const xmlXPathObject *object)
{
	if (userdata->over)
		return error_text(XPATH_MEMORY_ERROR);
	if (userdata->why.len)
		return buf_cstr(&userdata->why);
	if (userdata->error || !object)
		return error_text(userdata->error ? userdata->error
						  : XPATH_MEMORY_ERROR);
	return NULL;
}

xmlXPathObject *xpath_evaluate(struct xpath_document *d,
			       const struct xpath *xpath, xmlNode *node,
			       const char **why)
{
	xmlXPathObject *object;

	buf_clear(&d->userdata.why);
	d->userdata.error = 0;
	d->userdata.over = false;
	if (!d->context || !d->doc) {
		*why = error_text(XPATH_MEMORY_ERROR);
		return NULL;
	}
	d->context->opLimit = MAX_WORK;
	declare_prefixes(d->context, xpath);
	d->context->node = node ? node : (xmlNode *)d->doc;
	d->context->opCount = 0;
	object = xmlXPathCompiledEval(xpath->compiled, d->context);
	*why = error_of(&d->userdata, object);
	if (*why) {
		xmlXPathFreeObject(object);
		return NULL;
	}
	if (object->type == XPATH_NODESET && object->nodesetval)
		xmlXPathNodeSetSort(object->nodesetval);
	return object;
}

/* State while the names in an expression are checked. */
struct check {
	struct xpath *xpath;
	xmlXPathContext *context;
	struct slice text;
	struct buf *why;
	size_t *at;
};

static bool is_function(xmlXPathContext *context, const char *prefix,
			const char *name)
{
	const xmlChar *url;

	if (!*prefix)
		return xmlXPathFunctionLookup(context, BAD_CAST name);
	url = xmlXPathNsLookup(context, BAD_CAST prefix);
	return url && xmlXPathFunctionLookupNS(context, BAD_CAST name, url);
}

static void add_prefix(struct xpath *xpath, const char *prefix)
{
	const size_t count = xpath->prefixes_count++;

	xpath->prefixes = xrealloc(xpath->prefixes, (count + 1) *
				   sizeof(*xpath->prefixes));
	xpath->prefixes[count] = xstrdup(prefix);
}

static bool on_use(void *ctx, enum xpath_use use, struct slice prefix,
		   struct slice name)
{
	struct check *check = ctx;
	char *p = xmemdup(prefix.p, prefix.len);
	char *n = xmemdup(name.p, name.len);
	const size_t before = check->why->len;

	if (use == XPATH_USE_VARIABLE)
		buf_addstr(check->why, "variables are not supported");
	else if (use == XPATH_USE_FUNCTION &&
		 !is_function(check->context, p, n))
		buf_addf(check->why, "unknown function %s%s%s()", p,
			 *p ? ":" : "", n);
	else if (use == XPATH_USE_PREFIX)
		add_prefix(check->xpath, p);
	free(p);
	free(n);
	if (check->why->len == before)
		return true;
	*check->at = (size_t)(prefix.p - check->text.p);
	return false;
}

/* Appends an error that does not depend on the document, found by evaluating
 * the expression on an empty document. In this evaluation, functions must not
 * make long strings, because nothing limits the time. */
static void try_on_empty_document(const struct xpath *xpath, struct buf *why)
{
	xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
	struct xpath_document *d;
	const char *error = NULL;

	if (doc)
		xmlDocSetRootElement(doc, xmlNewDocNode(doc, NULL,
							BAD_CAST "a", NULL));
	/* Sets no memory limit, because the thread may have another document,
	 * whose limit it would replace. */
	d = document_new(doc);
	d->userdata.on_trial = true;
	xmlXPathFreeObject(xpath_evaluate(d, xpath, NULL, &error));
	if (error && !d->userdata.untried)
		buf_addstr(why, error);
	xpath_document_free(d);
	xmlFreeDoc(doc);
}

/* Checks the characters of an expression before libxml2 compiles it. Returns
 * NULL; or an error message, with *at set. */
static const char *check_characters(const char *s, size_t len, size_t *at)
{
	const size_t valid = utf8_valid_prefix(s, len);
	const char *nul = memchr(s, '\0', len);

	*at = 0;
	if (!ascii_trim((struct slice){s, len}).len)
		return "the expression is empty";
	*at = XPATH_MAX_LENGTH;
	if (len > XPATH_MAX_LENGTH)
		return "longer than 4096 bytes";
	*at = nul ? (size_t)(nul - s) : valid;
	if (nul || valid < len)
		return "unexpected character";
	return NULL;
}

/* Compiles and tests the expression. Appends an error to why. */
static void compile(struct xpath *xpath, xmlXPathContext *context,
		    const char *text, struct buf *why, size_t *at)
{
	const struct xpath_userdata *userdata = context->userData;
	const size_t before = why->len, len = strlen(text);
	struct check check = {
		.xpath = xpath, .context = context, .text = {text, len},
		.why = why, .at = at,
	};

	xpath->compiled = xmlXPathCtxtCompile(context, BAD_CAST text);
	if (!xpath->compiled) {
		*at = userdata->at < len ? userdata->at : len;
		buf_addstr(why, error_text(userdata->error));
		return;
	}
	*at = len;
	xpath_names(check.text, on_use, &check);
	if (why->len == before)
		try_on_empty_document(xpath, why);
}

void xpath_free(struct xpath *xpath)
{
	if (!xpath)
		return;
	xmlXPathFreeCompExpr(xpath->compiled);
	for (size_t i = 0; i < xpath->prefixes_count; i++)
		free(xpath->prefixes[i]);
	free(xpath->prefixes);
	free(xpath);
}

struct xpath *xpath_compile(const char *s, size_t len, struct buf *why,
			    size_t *at)
{
	const size_t before = why->len;
	const char *error = check_characters(s, len, at);
	struct xpath_userdata userdata = {0};
	xmlXPathContext *context;
	struct xpath *xpath;
	char *text;

	if (error) {
		buf_addstr(why, error);
		return NULL;
	}
	context = context_new(NULL, &userdata);
	if (!context) {
		buf_addstr(why, error_text(XPATH_MEMORY_ERROR));
		return NULL;
	}
	xpath = xcalloc(1, sizeof(*xpath));
	text = xmemdup(s, len);
	compile(xpath, context, text, why, at);
	if (why->len > before) {
		xpath_free(xpath);
		xpath = NULL;
	}
	xmlXPathFreeContext(context);
	xpath_userdata_release(&userdata);
	free(text);
	return xpath;
}
