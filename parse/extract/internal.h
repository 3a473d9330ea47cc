/*
 * Shared by the extractor's files only.
 *
 * 	parse/extract/extractor.c	what the header promises
 * 	parse/extract/probe.c		a worker's state of each field
 * 	parse/extract/object.c		objects and their fields
 * 	parse/extract/find.c		the matches of a field
 * 	parse/extract/json_items.c	objects from the outputs of a filter
 * 	parse/extract/match_value.c	from a match to its value
 */
#ifndef PARSE_EXTRACT_INTERNAL_H
#define PARSE_EXTRACT_INTERNAL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "parse/css/match.h"
#include "parse/extract/extractor.h"
#include "parse/jq/jq.h"
#include "parse/xpath/xpath.h"

/* A growing array, reused for each page. */
struct nodes {
	xmlNode **list;
	size_t count, cap;
};

struct lookup;
struct values;

/* A worker's state of a field. */
struct probe {
	const struct field *field;
	struct slice key;		/* "name": in JSON, owned */
	enum css_take take;
	const char *attr;		/* attribute name, as written in the
					 * selector */
	char *lower_attr;		/* the same in lower case, for HTML
					 * elements */
	struct nodes matches;		/* of its selector, in the object that
					 * is being written */
	bool failed;			/* searching for matches failed */
	bool found;			/* in the page, at least once */
	struct xpath *xpath;
	struct jq *jq;
	/* Of a metadata field: its values in the page, struct slices of
	 * extractor.meta. They are the same in all objects. */
	struct buf meta_values;
	bool has_meta_values;
	struct lookup *inside;		/* NULL: the field is a value */
};

/* A worker's state of a set of fields: those of the page, or those of a field
 * that is an object. Each such field has a lookup of its own, so a lookup never
 * writes two objects at the same time. */
struct lookup {
	const struct fields *fields;
	struct probe *probes;		/* in the order of the fields */
	struct probe **css;		/* those with a CSS selector, by their
					 * numbers in the set */
	size_t css_count;
	struct extractor *extractor;
};

struct extractor {
	struct lookup page;
	struct nodes items;		/* what `each` selects */
	struct jq *each;		/* its filter, or NULL */
	bool has_items;			/* it has found something */
	struct nodes open;		/* open elements during a walk */
	struct jq **jqs;		/* all filters, for extractor_stop() */
	size_t jqs_count;
	atomic_bool stopped;

	/* The page that is being read. Its body is doc or json, whichever is
	 * not NULL. */
	xmlDoc *doc;
	bool html;
	struct slice json;
	const struct url *base;
	struct css_document *css_document;	/* this and the next two: made
						 * on first use */
	struct xpath_document *xpath_document;
	struct jq_input *jq_input;
	const char *jq_error;	/* why jq_input cannot be made */
	struct buf meta;	/* the page's metadata, made on first use */
	struct extracted *out;
	struct buf why;			/* the first error */
	size_t read;			/* bytes of text read */
	bool limit_reached;		/* EXTRACTED_MAX or
					 * EXTRACTED_MAX_READ */

	struct buf text, collapsed;	/* scratch buffers for one value */
};

/* The path from the page to an object, for reporting missing fields. */
struct object_path {
	const struct object_path *up;
	const char *name;		/* NULL: an item of `each` */
	size_t index;
	bool has_index;
};

/* --- parse/extract/probe.c --- */

void lookup_init(struct lookup *l, struct extractor *e,
		 const struct fields *fields);
void lookup_release(struct lookup *l);

/* Compiles a filter that was accepted before. */
struct jq *extractor_new_jq(struct extractor *e, const char *filter);

/* Drops the matches found in a page. */
void lookup_clear(struct lookup *l);

void nodes_add(struct nodes *nodes, xmlNode *node);
void nodes_clear(struct nodes *nodes);
void nodes_release(struct nodes *nodes);

/* --- parse/extract/object.c --- */

/* Extracts all fields and appends them to the page's data. */
void extractor_write(struct extractor *e);

/* Appends an object of the element, or of the page (NULL). */
void lookup_write(struct lookup *l, xmlNode *scope,
		  const struct object_path *path);

/* Returns true if extraction is to end: at a limit, or when stopped. */
bool extractor_is_done(const struct extractor *e);

/* Records an error, if it is the first. field may be NULL. */
void extractor_fail(struct extractor *e, const struct field *field,
		    const char *why);

/* --- parse/extract/json_items.c --- */

/* Runs a filter and collects its outputs, or only the first one, as lines.
 * Returns NULL or an error; out is empty then. */
const char *json_items_find(struct extractor *e, struct jq *jq, bool all,
			    struct buf *out);

/* Calls on_item for each line of items, with the item in place of the JSON that
 * jq fields read, until it returns false. */
void json_items_visit(struct extractor *e, struct slice items,
		      bool (*on_item)(void *ctx, size_t index), void *ctx);

/* --- parse/extract/find.c --- */

/* Parses the JSON for jq fields, if it is not parsed. Returns NULL or an
 * error. */
const char *extractor_parse_json(struct extractor *e);

void extractor_find_items(struct extractor *e);

/* Finds the matches of all the fields' selectors in one walk. */
void lookup_find(struct lookup *l, xmlNode *scope);

/* Returns true if fields of that kind can be searched in the page. */
bool extractor_can_find(const struct extractor *e, enum field_kind kind);

/* Finds the field's matches and writes their values. */
void values_find(struct values *v, xmlNode *scope,
		 const struct object_path *path);

/* --- parse/extract/match_value.c --- */

/* State while the values of a field are written. */
struct values {
	struct extractor *e;
	struct probe *probe;
	size_t count;		/* written */
	size_t null_values;	/* of those, null and "" that count as not
				 * found */
	bool done;		/* no further value is wanted */
	bool failed;		/* an error: the values are dropped */
};

/* Counts bytes of text that are read for fields, up to EXTRACTED_MAX_READ. */
void extractor_count_read(struct extractor *e, size_t bytes);

/* Each of these writes the value of one match, if it has one. */

/* A match of the field's selector; not for ::text, see values_add_texts(). */
void values_add_match(struct values *v, xmlNode *node);
/* The texts of matches[at] and of the matches inside it, which follow it, in
 * document order: the text of a match inside another is written between the
 * outer one's texts. Returns the index of the next match after them. */
size_t values_add_texts(struct values *v, const struct nodes *matches,
			size_t at);
/* A node of an XPath result. */
void values_add_node(struct values *v, const xmlNode *node);
void values_add_text(struct values *v, struct slice text);
/* JSON from jq, or a number or boolean of XPath. */
void values_add_json(struct values *v, struct slice json);
void values_add_double(struct values *v, double number);

/* Call before and after writing a value straight to the data. values_open()
 * writes the comma; values_close() removes what was appended if it is not a
 * value. */
size_t values_open(struct values *v);
void values_close(struct values *v, size_t start, bool has_value);

#endif
