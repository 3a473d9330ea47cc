/* Loads all libraries and data that parsing needs. */
#include "parse/library.h"

#include <stdlib.h>

#include "base/url/idna.h"
#include "parse/encoding/charset.h"
#include "parse/html/common/names.h"
#include "parse/jq/library.h"
#include "parse/tree/libxml2.h"
#include "parse/xpath/xpath.h"

void parse_global_init(void)
{
	html_names_global_init();
}

void parse_libraries_load(void)
{
	charset_load_library();
	xpath_global_load();
	library_need(&jq_library);
}

void parse_global_load(void)
{
	parse_libraries_load();
	charset_load_all();
	idna_global_load();
}

void parse_global_cleanup(void)
{
	if (library_is_loaded(&libxml2_library))
		xmlCleanupParser();
}

unsigned parse_xml_version(void)
{
	if (!library_try(&libxml2_library))
		return 0;
	return (unsigned)strtoul(xmlParserVersion, NULL, 10);
}
