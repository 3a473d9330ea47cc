/*
 * What a body looks like: for servers that do not say what they send, or say
 * what it was packed in, or the wrong thing.
 */
#ifndef PARSE_ENCODING_LOOK_H
#define PARSE_ENCODING_LOOK_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/encoding/media_type.h"

/* The body without a byte order mark of UTF-8. */
struct slice look_past_bom(struct slice body);

/* Whether its root element is that of a feed or a sitemap (rss, feed, rdf:RDF
 * of RSS 1.0, urlset, sitemapindex), which is XML whatever a server calls it:
 * "Sniffing a mislabeled feed" of the MIME Sniffing Standard. */
bool look_is_feed(struct slice body);

/* Whether it begins with an XML declaration. */
bool look_is_declared_xml(struct slice body);

/* Whether it begins as a JSON value does, perhaps behind a guard (base/json/compact.h). */
bool look_may_be_json(struct slice body);

/* The kind by the ending of a file's name, or of a URL's path; a ".gz" behind
 * it does not count. NONE: it has none that is known. */
enum media look_at_name(struct slice name);

/* The kind of a body without a label, by its name (media) where both agree and
 * by its first bytes; never NONE. JSON means only that it begins as JSON. */
enum media look_at(struct slice body, enum media name);

#endif
