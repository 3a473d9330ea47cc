/*
 * What the files of the extractor share, and nobody else.
 *
 *	extractor.c		what the header promises
 *	parse/extract/probe.c	a worker's side of the fields
 *	parse/extract/object.c	objects and their fields
 *	parse/extract/find.c	matches of a field
 *	parse/extract/match_value.c	a match to its value
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

/* Grows, and is used again for each page. */
struct nodes {
	xmlNode **list;
	size_t count, cap;
};

struct lookup;
struct values;

/* A field, as a worker has it. */
struct probe {
	const struct field *field;
	struct slice key;		/* "name": in JSON, owned */
	enum css_take take;
	const char *attr;		/* as written, the selector's */
	char *lower_attr;		/* as elements of HTML have it */
	struct nodes matches;		/* of its selector, in the object that
					 * is being written */
	bool failed;			/* they could not be looked for */
	bool found;			/* in the page, at least once */
	struct xpath *xpath;
	struct jq *jq;
	struct lookup *inside;		/* NULL: a value */
};

/* The fields of an object. An object inside of another one has fields of its
 * own, so there is only one written at a time of each. */
struct lookup {
	const struct fields *fields;
	struct probe *probes;		/* in the order of the fields */
	struct probe **css;		/* those of the set, by its numbers */
	size_t css_count;
	struct extractor *extractor;
};

struct extractor {
	struct lookup page;
	struct nodes items;		/* what `each` selects */
	struct nodes open;		/* for a walk: what it is inside of */
	struct jq **jqs;		/* all there are, for extractor_stop() */
	size_t jqs_count;
	atomic_bool stopped;

	/* The page that is being read. doc and json.p: what it is. */
	xmlDoc *doc;
	bool html;
	struct slice json;
	const struct url *base;
	struct css_document *css_document;	/* these when first needed */
	struct xpath_document *xpath_document;
	struct jq_input *jq_input;
	const char *jq_error;	/* there will be none */
	struct extracted *out;
	struct buf why;			/* the first that went wrong */
	size_t read;			/* bytes of text */
	bool limit_reached;		/* a maximum is reached */

	struct buf text, collapsed;	/* of one value at a time */
};

/* The way from the page to an object, for the paths of fields. */
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

/* Forgets what was found in a page. */
void lookup_clear(struct lookup *l);

void nodes_add(struct nodes *nodes, xmlNode *node);
void nodes_clear(struct nodes *nodes);
void nodes_release(struct nodes *nodes);

/* --- parse/extract/object.c --- */

/* Appends all there is to the page's data. */
void extractor_write(struct extractor *e);

/* Appends an object: of the element, or of the page (NULL). */
void lookup_write(struct lookup *l, xmlNode *scope,
		  const struct object_path *path);

/* Whether nothing more is to be looked for. */
bool extractor_is_done(const struct extractor *e);

/* Keeps why, if it is the first. field may be NULL. */
void extractor_fail(struct extractor *e, const struct field *field,
		    const char *why);

/* --- parse/extract/find.c --- */

void extractor_find_items(struct extractor *e);

/* Looks for all selectors of the fields at once. */
void lookup_find(struct lookup *l, xmlNode *scope);

/* Whether the page is something to look for such a field in. */
bool extractor_can_find(const struct extractor *e, enum field_kind kind);

/* Writes the field's values. */
void values_find(struct values *v, xmlNode *scope,
		 const struct object_path *path);

/* --- parse/extract/match_value.c --- */

/* The values of a field while they are written. */
struct values {
	struct extractor *e;
	const struct probe *probe;
	size_t count;		/* written */
	size_t null_values;	/* of those, what stands for no value */
	bool done;		/* no further one is wanted */
	bool failed;		/* none of them counts */
};

/* Each of these writes the value of one match, if it has one. */

/* A match of the field's selector; of one with ::text, see below. */
void values_add_match(struct values *v, xmlNode *node);
/* The texts of matches[at] and of those inside of it, which follow it, in the
 * order of the document: the text of a match inside of another one stands among
 * that one's. Returns the next match behind it. */
size_t values_add_texts(struct values *v, const struct nodes *matches,
			size_t at);
/* A node of XPath's. */
void values_add_node(struct values *v, const xmlNode *node);
void values_add_text(struct values *v, struct slice text);
/* JSON from jq, numbers and booleans of XPath. */
void values_add_json(struct values *v, struct slice json);
void values_add_double(struct values *v, double number);

/* Before a value that is written straight to the data, and after it: the
 * comma; and what was appended is taken back when it is none. */
size_t values_open(struct values *v);
void values_close(struct values *v, size_t start, bool has_value);

#endif
