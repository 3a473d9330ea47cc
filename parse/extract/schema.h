/*
 * What the user wants of each page: named fields, perhaps one object for each
 * element that `each` selects, perhaps nested. Filled by cmd/ from --select,
 * --xpath, --jq, --each, --items and --extract; checked while it is filled;
 * then immutable, borrowed by all workers. Processes make their own of the same
 * texts (parse/config.c): what is added to a field has to be added there, too.
 *
 * Expressions of XPath and jq are compiled here only to be checked: each worker
 * has its own (parse/extract/extractor.h).
 */
#ifndef PARSE_EXTRACT_SCHEMA_H
#define PARSE_EXTRACT_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "parse/css/css.h"
#include "parse/values/regex.h"
#include "parse/values/value.h"

enum {
	SCHEMA_MAX_NAME = 256,	/* bytes of a field's name */
	SCHEMA_MAX_DEPTH = 16,	/* of objects inside the page's */
	/* Of the page's fields, the first: it is counted how often they are
	 * found. */
	SCHEMA_MAX_COUNTED = 32768,
};

enum field_kind { FIELD_CSS, FIELD_XPATH, FIELD_JQ };

struct fields;
struct css_set;

struct field {
	char *name;
	const char *file;	/* of --extract, borrowed; NULL: an option */
	bool all;		/* an array of all matches; otherwise the
				 * value is of the first one, whether or not
				 * that has any */
	enum field_kind kind;
	char *query;		/* as given */
	struct css *css;	/* FIELD_CSS */
	struct fields *inside;	/* objects of these, looked up inside each
				 * match; NULL: a value */
	enum value_type type;
	struct pattern *regex;	/* or NULL */
	char *regex_text;	/* as given, or NULL */
	char *fallback;		/* "default": JSON text, or NULL; stands for
				 * null and for an empty array */
	bool required;		/* reported where it has no value, nor a
				 * fallback */
	size_t number;		/* among the xpath and jq fields of the whole
				 * extraction, for what a worker compiles */
};

/* The fields of one object, in the order they were given. */
struct fields {
	struct css *each;	/* of the page's: an object for each match, in
				 * an array; NULL: one for the page */
	char *each_query;	/* as given */
	const char *each_file;	/* as a field's */
	struct css_set *each_set;
	struct field *list;
	size_t count;
	struct css_set *set;	/* of those with css, in their order, from
				 * schema_finish(): parse/css/match.h */
};

struct schema {
	struct fields fields;
	bool items;		/* a line for each object */
	bool has_xpath, has_jq, has_regex;	/* what may run away */
	size_t compiled;	/* xpath and jq fields in all */
	bool is_checked;	/* what is added was checked elsewhere: what
				 * would be compiled only for that is not */
};

/* How many bytes struct extracted.found has of a page. */
size_t schema_counted_fields(const struct schema *x);

struct schema *schema_new(void);
void schema_free(struct schema *x);	/* NULL is fine */

/* Each of these: 0; or -1 with what is wrong appended to why: a line, and for a
 * mistake in an expression two more that show the place. */

/* once only */
int schema_each(struct schema *x, const char *css, struct buf *why);

/* Adds a field called name (with "[]" at its end: all matches; the rest is any
 * text without control characters) to fields, which are x's own or of
 * schema_inside(). *field is good until the next one is added; its type,
 * fallback (from malloc()) and required are the caller's to set. Needs
 * parse_global_init() (parse/library.h). */
int schema_add(struct schema *x, struct fields *fields,
		   const char *name, enum field_kind kind, const char *query,
		   struct field **field, struct buf *why);
int schema_regex(struct schema *x, struct field *field,
		     const char *regex, struct buf *why);

/* Makes the field's matches objects; their fields are added to the result,
 * which stays where it is. */
struct fields *schema_inside(struct schema *x, struct field *field);

/* When all is there: what nobody could fill is a mistake, as items without
 * each, or an object without fields. */
int schema_finish(struct schema *x, struct buf *why);

#endif
