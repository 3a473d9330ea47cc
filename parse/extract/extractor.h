/* Per-worker extractor: compiled expressions and the result of one page. */
#ifndef PARSE_EXTRACT_EXTRACTOR_H
#define PARSE_EXTRACT_EXTRACTOR_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"
#include "parse/extract/schema.h"

/* Maximum number of bytes that are extracted from one page, and of bytes of
 * text that are read for it. Without them a page of a megabyte could yield or
 * read any amount: nested objects multiply, and if 500 elements surround a
 * text, each of them has the whole text. */
#define EXTRACTED_MAX ((size_t)64 << 20)
#define EXTRACTED_MAX_READ ((size_t)512 << 20)

struct extractor;

/* Creates an extractor for the calling thread. x is borrowed; schema_finish()
 * must have completed it. Call parse_global_init() before. */
struct extractor *extractor_new(const struct schema *x);
void extractor_free(struct extractor *e);

/* The values extracted from a page. All zero is a valid empty value. Extracting
 * replaces the contents. */
struct extracted {
	struct buf data;	/* JSON: an object, or an array of them */
	struct buf missing;	/* paths of required fields without a value, as
				 * JSON strings joined by ",": "price",
				 * "[3].seller.name" */
	/* One byte (an enum field_found) for each of the page's fields, up to
	 * SCHEMA_MAX_COUNTED, then one byte for `each` if the schema has
	 * `each`. A field is found if it yielded a value, and `each` if it
	 * yielded an element. null does not count as a value, and neither does
	 * an empty string from an XPath function, because string() of no nodes
	 * is empty. */
	struct buf found;
};

void extracted_release(struct extracted *out);

/*
 * extractor_tree() extracts from a tree (html: by HTML's rules),
 * extractor_json() from a JSON text in the form that json_compact() writes. For
 * any other body, extractor_all_null() makes all fields null. Fields that
 * cannot be searched in the page are null. base is the URL to resolve links
 * against, or NULL if unknown.
 *
 * extractor_tree() and extractor_json() return NULL or the message of the first
 * error, valid until the next call; the caller reports it as a parse error of
 * the page. The data is valid in any case: fields with an error are null, and
 * an array made by `each` ends where a limit is reached.
 */
const char *extractor_tree(struct extractor *e, xmlDoc *doc, bool html,
			   const struct url *base, struct extracted *out);
const char *extractor_json(struct extractor *e, struct slice json,
			   const struct url *base, struct extracted *out);
void extractor_all_null(struct extractor *e, struct extracted *out);

/* Makes the extraction of the current page end soon. Called in another
 * thread. */
void extractor_stop(struct extractor *e);

#endif
