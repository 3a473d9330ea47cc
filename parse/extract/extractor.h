/* A worker's own: compiled expressions, and what one page gave. */
#ifndef PARSE_EXTRACT_EXTRACTOR_H
#define PARSE_EXTRACT_EXTRACTOR_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"
#include "parse/extract/schema.h"

/* Bytes that one page may give, and that may be read for it. Objects inside of
 * objects multiply, and each of 500 elements around a text has all of it: a
 * page of a megabyte could give or take any number of them. */
#define EXTRACTED_MAX ((size_t)64 << 20)
#define EXTRACTED_MAX_READ ((size_t)512 << 20)

struct extractor;

/* x is borrowed, and finished (schema_finish()). Needs
 * parse_global_init(); the extractor is for the thread that made it. */
struct extractor *extractor_new(const struct schema *x);
void extractor_free(struct extractor *e);

/* Zero is empty. What is in it is replaced. */
struct extracted {
	struct buf data;	/* JSON: an object, or an array of them */
	struct buf missing;	/* JSON strings joined by ",": paths of
				 * required fields without a value:
				 * "price", "[3].seller.name" */
	struct buf found;	/* a byte for each of the page's fields (up to
				 * SCHEMA_MAX_COUNTED), then one for `each`
				 * if there is one: 1 where it gave a value or
				 * an element, else 0. null is no value, and ""
				 * is none where a path makes it: string() does
				 * of no nodes. */
};

void extracted_release(struct extracted *out);

/* From a tree (html: by HTML's rules), a JSON text (as json_compact() made it),
 * or a body that is neither: fields that cannot be looked for are null. base:
 * what links are resolved against (NULL: unknown). NULL; or what went wrong,
 * the first of it, good until the next call: a parse error of the page. Data
 * is valid all the same: the fields it is about are null, and an array that
 * `each` makes ends where a maximum is reached. */
const char *extractor_tree(struct extractor *e, xmlDoc *doc, bool html,
			   const struct url *base, struct extracted *out);
const char *extractor_json(struct extractor *e, struct slice json,
			   const struct url *base, struct extracted *out);
void extractor_all_null(struct extractor *e, struct extracted *out);

/* From another thread, while a page is read: that should end soon. */
void extractor_stop(struct extractor *e);

#endif
