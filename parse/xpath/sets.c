/* EXSLT's functions for node-sets (http://exslt.org/set), from libexslt, which
 * is loaded when an expression first uses a function with the prefix set:. */
#include <libexslt/exslt.h>

#include "base/library/library.h"
#include "parse/xpath/context.h"
#include "parse/xpath/xpath.h"

#define EXSLT_FUNCTIONS(F) F(exsltSetsXpathCtxtRegister)

static const char *const names[] = {EXSLT_FUNCTIONS(LIBRARY_NAME) NULL};

static struct {
	EXSLT_FUNCTIONS(LIBRARY_MEMBER)
} exslt;

static struct library exslt_library = {
	.file = "libexslt.so.0",
	.package = "libxslt1.1",
	.names = names,
	.functions = &exslt,
};

/* Called by libxml2 before it searches for a function that an expression uses.
 * At the first function with the prefix set:, registers all of them. Returns
 * NULL, so that libxml2 then searches the registered functions. */
static xmlXPathFunction on_lookup(void *ctx, const xmlChar *name,
				  const xmlChar *space)
{
	xmlXPathContext *context = ctx;

	(void)name;
	if (xmlStrEqual(space, EXSLT_SETS_NAMESPACE)) {
		xmlXPathRegisterFuncLookup(context, NULL, NULL);
		library_need(&exslt_library);
		/* libexslt also registers the prefix that it is given. This
		 * must not be "set": registering "set" again would free the
		 * string at `space`, which libxml2 uses after this call. */
		exslt.exsltSetsXpathCtxtRegister_(context,
						  BAD_CAST "exslt-sets");
	}
	return NULL;
}

void xpath_register_sets(xmlXPathContext *context)
{
	xmlXPathRegisterNs(context, BAD_CAST "set", EXSLT_SETS_NAMESPACE);
	xmlXPathRegisterFuncLookup(context, on_lookup, context);
}

void xpath_global_load(void)
{
	library_need(&libxml2_library);
	library_need(&exslt_library);
}
