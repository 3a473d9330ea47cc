/* Per-worker extractor: compiled expressions and the result of one page. */
#ifndef PARSE_EXTRACT_EXTRACTOR_H
#define PARSE_EXTRACT_EXTRACTOR_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"
#include "parse/extract/schema.h"

/* Limits for the bytes that one page may yield and that may be read for it.
 * Nested objects multiply, and each of 500 elements around a text has all of
 * it: a page of a megabyte could yield or read any amount. */
#define EXTRACTED_MAX ((size_t)64 << 20)
#define EXTRACTED_MAX_READ ((size_t)512 << 20)

struct extractor;

/* Creates an extractor for the calling thread. x is borrowed and must be
 * finished (schema_finish()). Needs parse_global_init(). */
struct extractor *extractor_new(const struct schema *x);
void extractor_free(struct extractor *e);

/* The values of a page. Zero is empty. Extracting replaces the contents. */
struct extracted {
	struct buf data;	/* JSON: an object, or an array of them */
	struct buf missing;	/* JSON strings joined by ",": paths of
				 * required fields without a value:
				 * "price", "[3].seller.name" */
	/* An enum field_found in a byte for each of the page's fields (up to
	 * SCHEMA_MAX_COUNTED), then one for `each` if there is one. A field is
	 * found if it yielded a value, and `each` if it yielded an element.
	 * null does not count as a value. An empty string from an XPath
	 * function does not, either, because string() of no nodes is empty. */
	struct buf found;
};

void extracted_release(struct extracted *out);

/*
 * Extract from a tree (html: by HTML's rules), from a JSON text (as
 * json_compact() writes it), or from a body that is neither, in which all
 * fields are null. Fields that cannot be searched in the page are null. base:
 * URL to resolve links against (NULL: unknown).
 *
 * Return NULL or the first error, valid until the next call, which is a parse
 * error of the page. The data is valid in any case: fields with an error are
 * null, and an array made by `each` ends where a limit is reached.
 */
const char *extractor_tree(struct extractor *e, xmlDoc *doc, bool html,
			   const struct url *base, struct extracted *out);
const char *extractor_json(struct extractor *e, struct slice json,
			   const struct url *base, struct extracted *out);
void extractor_all_null(struct extractor *e, struct extracted *out);

/* Makes extracting the current page end soon. Call from another thread. */
void extractor_stop(struct extractor *e);

#endif
