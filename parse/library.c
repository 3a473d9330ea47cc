/* One place that knows which libraries parsing uses, and how they are started. */
#include "parse/library.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "base/url/idna.h"
#include "parse/encoding/charset.h"
#include "parse/encoding/convert.h"
#include "parse/html/common/names.h"
#include "parse/tree/arena.h"

/* libxml2 prints what it has no handler for on standard error. */
static void ignore_message(void *ctx, const char *format, ...)
{
	(void)ctx;
	(void)format;
}

void parse_memory_init(void)
{
	arena_global_init();
	convert_global_init();
}

void parse_global_init(void)
{
	parse_memory_init();
	html_names_global_init();
	LIBXML_TEST_VERSION
	xmlInitParser();
	xmlSetGenericErrorFunc(NULL, ignore_message);
	xmlThrDefSetGenericErrorFunc(NULL, ignore_message);
}

void parse_global_load(void)
{
	charset_load_all();
	idna_global_load();
}

void parse_global_cleanup(void)
{
	xmlCleanupParser();
}
