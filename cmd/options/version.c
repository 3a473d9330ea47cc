/* Prints the versions of the program and its libraries. */
#include "cmd/options/version.h"

#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

/* From <curl/curl.h>, <ares.h> and <libxml/xmlversion.h>, which only fetch/ and
 * parse/ include; here only versions are needed. */
char *curl_version(void);
const char *ares_version(int *number);
extern const char *xmlParserVersion;

void version_print(const struct command_line *line)
{
	/* "20914": LIBXML_VERSION_STRING of xmlversion.h, from the library that
	 * is loaded. */
	const long xml = strtol(xmlParserVersion, NULL, 10);

	(void)line;
	printf("scrape %s\n", SCRAPE_VERSION);
	printf("%s c-ares/%s libxml2/%ld.%ld.%ld jansson/%s "
	       "SQLite/%s\n",
	       curl_version(), ares_version(NULL), xml / 10000,
	       xml / 100 % 100, xml % 100, jansson_version_str(),
	       sqlite3_libversion());
}
