/* Guesses a body's media type from its bytes and its file name, for servers
 * that declare no type, only the compression, or a wrong type. */
#ifndef PARSE_ENCODING_SNIFF_H
#define PARSE_ENCODING_SNIFF_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/encoding/media_type.h"

/* Returns the body without a UTF-8 byte order mark. */
struct slice sniff_skip_bom(struct slice body);

/* Returns true if the root element is that of a feed or a sitemap (rss, feed,
 * rdf:RDF of RSS 1.0, urlset, sitemapindex), because these are XML even if
 * another type is declared: "Sniffing a mislabeled feed" of the MIME Sniffing
 * Standard. */
bool sniff_is_feed(struct slice body);

/* Returns true if the body begins with an XML declaration. */
bool sniff_is_declared_xml(struct slice body);

/* Returns true if the body begins like a JSON value, also after one of the
 * prefixes that keep JSON from being run as a script (base/json/compact.h). */
bool sniff_may_be_json(struct slice body);

/* Returns the type that the ending of a file name, or of a URL's path, stands
 * for. An additional ".gz" is ignored. MEDIA_NONE: the ending is unknown. */
enum media sniff_file_name(struct slice name);

/* Returns the type of an undeclared body, never MEDIA_NONE. That is name, the
 * type by the file name, if the body's first bytes agree with it, or else the
 * type that the first bytes suggest. JSON means only that the body begins like
 * JSON. */
enum media sniff_body(struct slice body, enum media name);

#endif
