/* A worker's own: compiled expressions, and what one page gave. */
#ifndef PARSE_EXTRACTOR_H
#define PARSE_EXTRACTOR_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url.h"
#include "parse/extraction.h"

struct extractor;

struct extractor *extractor_new(const struct extraction *x);
void extractor_free(struct extractor *e);

/* Zero is empty. */
struct extracted {
	struct buf data;	/* JSON: an object, or an array of them */
	struct buf missing;	/* JSON strings joined by ",": paths of
				 * required fields without a value:
				 * "price", "[3].seller.name" */
};

void extracted_release(struct extracted *out);

/* From a tree (html: by HTML's rules), a JSON text (as json_compact() made it),
 * or a body that is neither: fields that cannot be looked for are null. NULL;
 * or what went wrong, good until the next call: a parse error of the page. Data
 * is complete all the same, the fields it is about are null. */
const char *extractor_tree(struct extractor *e, xmlDoc *doc, bool html,
			   const struct url *base, struct extracted *out);
const char *extractor_json(struct extractor *e, struct slice json,
			   const struct url *base, struct extracted *out);
void extractor_nothing(struct extractor *e, struct extracted *out);

/* From another thread: what is running should end soon. */
void extractor_stop(struct extractor *e);

#endif
