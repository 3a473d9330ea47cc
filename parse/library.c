/* Initialises the libraries that parsing uses, in one place. */
#include "parse/library.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "base/url/idna.h"
#include "parse/encoding/charset.h"
#include "parse/encoding/convert.h"
#include "parse/html/common/names.h"
#include "parse/tree/arena.h"

/* Replaces libxml2's default handler, which prints errors to standard error. */
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
