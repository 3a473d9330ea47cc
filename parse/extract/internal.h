/*
 * Shared by the extractor's files only.
 *
 * 	parse/extract/extractor.c	the functions of extractor.h
 * 	parse/extract/probe.c		a worker's state of each field
 * 	parse/extract/object.c		objects and their fields
 * 	parse/extract/find.c		the matches of a field
 * 	parse/extract/json_items.c	objects from the outputs of a filter
 * 	parse/extract/match_value.c	from a match to its value
 * 	parse/extract/large_text.c	texts of elements with many nodes
 */
#ifndef PARSE_EXTRACT_INTERNAL_H
#define PARSE_EXTRACT_INTERNAL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "parse/css/match.h"
#include "parse/css/memo.h"
#include "parse/extract/extractor.h"
#include "parse/jq/jq.h"
#include "parse/xpath/xpath.h"

/* A growing array, reused for each page. */
struct nodes {
	xmlNode **list;
	size_t count, cap;
};

/* Texts of elements with many nodes, kept while a page is read: several fields
 * may select such elements, and most of these may contain one another. */
struct large_texts {
	struct buf text;	/* text of the document, and those of templates'
				 * contents */
	struct css_memo places;	/* for each element with many nodes, where its
				 * text is: a: offset, b: length */
	struct buf open;	/* array of the elements that are open during
				 * a walk */
	size_t nodes;		/* number of nodes visited by walks */
};

struct lookup;
struct values;

/* A worker's state of one field. */
struct probe {
	const struct field *field;
	struct slice key;		/* "name": with quotes and colon, as
					 * written in JSON; owned */
	enum css_take take;
	const char *attr;		/* attribute name, as written in the
					 * selector */
	char *lower_attr;		/* attr in lower case, for HTML
					 * elements */
	struct nodes matches;		/* matches of the field's selector in
					 * the object that is being written */
	bool failed;			/* searching for matches failed */
	bool found;			/* a value was found in the page */
	struct xpath *xpath;
	struct jq *jq;
	/* For a metadata field: its values in the page, as struct slices that
	 * point into extractor.meta. All objects of the page have the same
	 * values. */
	struct buf meta_values;
	bool has_meta_values;
	struct lookup *inside;		/* state of the object's fields; NULL:
					 * the field is a value */
};

/* A worker's state of a set of fields: the fields of the page, or the fields of
 * one object. Each field that is an object has a lookup of its own, so a lookup
 * never writes two objects at the same time. */
struct lookup {
	const struct fields *fields;
	struct probe *probes;		/* in the order of the fields */
	struct probe **css;		/* the probes with a CSS selector, by
					 * their numbers in the set */
	size_t css_count;
	struct jq_plan *plan;		/* plan for the jq fields; NULL: no
					 * field is a jq filter */
	struct extractor *extractor;
};

struct extractor {
	struct lookup page;
	struct nodes items;		/* the elements that `each` selects */
	struct jq *each;		/* the filter of `each`, or NULL */
	bool has_items;			/* `each` has found something in the
					 * page */
	struct nodes open;		/* open elements during a walk */
	struct jq **jqs;		/* all compiled filters, for
					 * extractor_stop() */
	size_t jqs_count;
	atomic_bool stopped;

	/* The page that is being read. Its body is doc or json, whichever is
	 * not NULL. */
	xmlDoc *doc;
	bool html;
	struct slice json;
	const struct jq_plan *plan;	/* plan for the jq fields that read
					 * `json`; or NULL */
	const struct url *base;
	struct css_document *css_document;	/* this member and the next two
						 * are made on first use */
	struct xpath_document *xpath_document;
	struct jq_input *jq_input;
	struct buf meta;	/* the page's metadata, made on first use */
	struct extracted *out;
	struct buf why;			/* message of the first error */
	size_t read;			/* bytes of text read */
	bool limit_reached;		/* EXTRACTED_MAX or EXTRACTED_MAX_READ
					 * is reached */

	struct buf text, collapsed;	/* scratch buffers for one value */
	struct large_texts large;
};

/* The path from the page to an object, for reporting missing fields. */
struct object_path {
	const struct object_path *up;
	const char *name;		/* name of the field; NULL: an item of
					 * `each` */
	size_t index;
	bool has_index;
};

static inline bool node_is_text(const xmlNode *n)
{
	return n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE;
}

/* --- parse/extract/probe.c --- */

void lookup_init(struct lookup *l, struct extractor *e,
		 const struct fields *fields);
void lookup_release(struct lookup *l);

/* Compiles a filter that compiled before, when the schema was made. */
struct jq *extractor_new_jq(struct extractor *e, const char *filter);

/* Drops the matches that were found in the page. */
void lookup_clear(struct lookup *l);

void nodes_add(struct nodes *nodes, xmlNode *node);
void nodes_clear(struct nodes *nodes);
void nodes_release(struct nodes *nodes);

/* --- parse/extract/object.c --- */

/* Extracts all fields and appends them to the page's data. */
void extractor_write(struct extractor *e);

/* Appends an object with the fields found in the element scope; NULL: in the
 * whole page. */
void lookup_write(struct lookup *l, xmlNode *scope,
		  const struct object_path *path);

/* Returns true if extraction is to end: at a limit, or when stopped. */
bool extractor_is_done(const struct extractor *e);

/* Records an error of the page, unless an earlier one is recorded. field may be
 * NULL. */
void extractor_fail(struct extractor *e, const struct field *field,
		    const char *why);

/* --- parse/extract/json_items.c --- */

/* Runs a filter and collects its outputs (or only the first one) in out, one
 * per line. Returns NULL or an error; then out is empty. */
const char *json_items_find(struct extractor *e, struct jq *jq, bool all,
			    struct buf *out);

/* Calls on_item for each line of items, until on_item returns false. During a
 * call, the jq fields of the lookup read the line instead of the page's
 * JSON. */
void json_items_visit(struct extractor *e, const struct lookup *l,
		      struct slice items,
		      bool (*on_item)(void *ctx, size_t index), void *ctx);

/* --- parse/extract/find.c --- */

/* Returns the JSON that jq fields read now, e->json, as an input for
 * filters. */
struct jq_input *extractor_jq_input(struct extractor *e);

void extractor_find_items(struct extractor *e);

/* Finds the matches of all the fields' selectors in one walk. */
void lookup_find(struct lookup *l, xmlNode *scope);

/* Returns true if fields of this kind can be searched in the page. */
bool extractor_can_find(const struct extractor *e, enum field_kind kind);

/* Finds the field's matches and writes their values. */
void values_find(struct values *v, xmlNode *scope,
		 const struct object_path *path);

/* --- parse/extract/large_text.c --- */

/* Returns the textContent of an element or document. The text is valid until
 * the next call, or until e->text is changed. */
struct slice extractor_text(struct extractor *e, const xmlNode *element);

/* Drops the texts of the page. */
void large_texts_clear(struct large_texts *t);

/* --- parse/extract/match_value.c --- */

/* State while the values of a field are written. */
struct values {
	struct extractor *e;
	struct probe *probe;
	size_t count;		/* number of values written */
	size_t null_values;	/* how many of the written values are null or ""
				 * and count as not found */
	bool done;		/* no further value is wanted */
	bool failed;		/* an error occurred: the field's values are
				 * dropped */
};

/* Adds to the number of bytes of text read for fields. Reports an error when it
 * exceeds EXTRACTED_MAX_READ. */
void extractor_count_read(struct extractor *e, size_t bytes);

/* Each of the following functions writes the value of one match, if the match
 * has a value. */

/* Writes the value of a node that the field's CSS selector matched. Not for
 * ::text: see values_add_texts(). */
void values_add_match(struct values *v, xmlNode *node);
/* For ::text: writes the texts of matches[at] and of the matches inside of it,
 * which follow it in the array. The order is that of the document: the texts of
 * an inner match stand between those of the outer one. Returns the index of the
 * next match that is not inside. */
size_t values_add_texts(struct values *v, const struct nodes *matches,
			size_t at);
/* Writes the value of a node in an XPath result. */
void values_add_node(struct values *v, const xmlNode *node);
void values_add_text(struct values *v, struct slice text);
/* Writes JSON: an output of jq, or a boolean of XPath. */
void values_add_json(struct values *v, struct slice json);
void values_add_double(struct values *v, double number);

/* Called before and after a value is written straight to the page's data.
 * values_open() writes the comma between values; values_close() with has_value
 * false removes everything written since. */
size_t values_open(struct values *v);
void values_close(struct values *v, size_t start, bool has_value);

#endif
