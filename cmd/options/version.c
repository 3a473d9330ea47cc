#include "cmd/options/version.h"

#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

/* From <curl/curl.h>, <ares.h> and <libxml/xmlversion.h>, whose headers are
 * included in fetch/ and parse/ alone: a version is all that is asked here. */
char *curl_version(void);
const char *ares_version(int *number);
extern const char *xmlParserVersion;

void version_print(const struct command_line *line)
{
	/* "20914": xmlversion.h's LIBXML_VERSION_STRING, of the library that
	 * is really loaded. */
	const long xml = strtol(xmlParserVersion, NULL, 10);

	(void)line;
	printf("scrape %s\n", SCRAPE_VERSION);
	printf("%s c-ares/%s libxml2/%ld.%ld.%ld jansson/%s "
	       "SQLite/%s\n",
	       curl_version(), ares_version(NULL), xml / 10000,
	       xml / 100 % 100, xml % 100, jansson_version_str(),
	       sqlite3_libversion());
}
