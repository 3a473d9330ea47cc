/*
 * What a body looks like: for servers that do not say what they send, or say
 * what it was packed in, or the wrong thing.
 */
#ifndef PARSE_ENCODING_SNIFF_H
#define PARSE_ENCODING_SNIFF_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/encoding/media_type.h"

/* The body without a byte order mark of UTF-8. */
struct slice sniff_skip_bom(struct slice body);

/* Whether its root element is that of a feed or a sitemap (rss, feed, rdf:RDF
 * of RSS 1.0, urlset, sitemapindex), which is XML whatever a server calls it:
 * "Sniffing a mislabeled feed" of the MIME Sniffing Standard. */
bool sniff_is_feed(struct slice body);

/* Whether it begins with an XML declaration. */
bool sniff_is_declared_xml(struct slice body);

/* Whether it begins as a JSON value does, perhaps behind a guard (base/json/compact.h). */
bool sniff_may_be_json(struct slice body);

/* The kind by the ending of a file's name, or of a URL's path; a ".gz" behind
 * it does not count. NONE: it has none that is known. */
enum media sniff_file_name(struct slice name);

/* The kind of a body without a label, by its name (media) where both agree and
 * by its first bytes; never NONE. JSON means only that it begins as JSON. */
enum media sniff_body(struct slice body, enum media name);

#endif
