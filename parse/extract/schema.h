/*
 * The fields that the user wants from each page, perhaps one object for each
 * element that `each` selects, perhaps nested. Filled by cmd/ from --select,
 * --xpath, --jq, --each, --items and --extract, and checked meanwhile; then
 * immutable, borrowed by all workers. Worker processes rebuild it from the same
 * texts (parse/config.c): a member added to a field has to be added there, too.
 *
 * XPath and jq expressions are compiled here only to be checked: each worker
 * compiles its own (parse/extract/extractor.h).
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
	SCHEMA_MAX_DEPTH = 16,	/* nesting of objects inside the page's */
	/* How many of the page's fields, the first ones, are counted when they
	 * are found. */
	SCHEMA_MAX_COUNTED = 32768,
};

enum field_kind { FIELD_CSS, FIELD_XPATH, FIELD_JQ, FIELD_META };

/* Says whether a page had a field (struct extracted.found). */
enum field_found {
	FIELD_NOT_FOUND,
	FIELD_FOUND,
	FIELD_NOT_SEARCHED,	/* the page could not have it: CSS in JSON, or
				 * no element for `each` */
};

struct fields;
struct css_set;
struct meta_path;

struct field {
	char *name;
	const char *file;	/* the --extract file, borrowed; NULL: given as
				 * an option */
	bool all;		/* an array of all matches; otherwise only the
				 * first match counts, even if it has no
				 * value */
	enum field_kind kind;
	char *query;		/* as given */
	struct css *css;	/* FIELD_CSS */
	struct meta_path *meta;	/* FIELD_META */
	struct fields *inside;	/* fields of an object, searched inside each
				 * match; NULL: the field is a value */
	enum value_type type;
	struct pattern *regex;	/* or NULL */
	char *regex_text;	/* as given, or NULL */
	char *fallback;		/* "default": JSON text, or NULL; replaces null
				 * and an empty array */
	bool required;		/* reported if it has no value and no
				 * fallback */
	size_t number;		/* index among the xpath and jq fields of the
				 * whole schema, which workers compile */
};

/* The fields of one object, in the order they were given. */
struct fields {
	/* Set for the page's own fields only: one object for each match, in an
	 * array. */
	char *each_query;	/* as given; NULL: one object for the page */
	bool each_is_jq;	/* it is a filter, whose outputs are the
				 * items */
	struct css *each;	/* NULL if it is a filter */
	const char *each_file;	/* as in struct field */
	struct css_set *each_set;
	struct field *list;
	size_t count;
	struct css_set *set;	/* the selectors of the CSS fields, in order;
				 * made by schema_finish()
				 * (parse/css/match.h) */
};

struct schema {
	struct fields fields;
	bool items;		/* --items: a line for each object */
	bool has_xpath, has_jq, has_regex;	/* kinds of query that may run
						 * without end */
	size_t compiled;	/* number of xpath and jq fields */
	bool is_checked;	/* all fields were checked before, so XPath and
				 * jq queries are not compiled here */
};

/* Returns the number of bytes in struct extracted.found of each page. */
size_t schema_counted_fields(const struct schema *x);

struct schema *schema_new(void);
void schema_free(struct schema *x);	/* NULL is fine */

/* The following functions return 0; or -1, with the error appended to why: a
 * line, and for an error in an expression two more that show the position. */

/* Set the selector or the jq filter of `each`; only one of them, once. The
 * fields of a filter's outputs are jq filters, too. */
int schema_each(struct schema *x, const char *css, struct buf *why);
int schema_each_jq(struct schema *x, const char *filter, struct buf *why);

/* Compiles a selector, to be freed with css_free(); NULL after appending the
 * error to why. */
struct css *schema_compile_css(const char *query, struct buf *why);

/* Adds a field called name to fields, which are x's own or from
 * schema_inside(). "[]" at the end of the name asks for all matches; the rest
 * is any text without control characters. A FIELD_CSS query that is "meta:" and
 * a path becomes a FIELD_META. *field is valid until the next one is
 * added; the caller may set its type, fallback (from malloc()) and required.
 * Needs parse_global_init() (parse/library.h). */
int schema_add(struct schema *x, struct fields *fields,
		   const char *name, enum field_kind kind, const char *query,
		   struct field **field, struct buf *why);
int schema_regex(struct schema *x, struct field *field,
		     const char *regex, struct buf *why);

/* Turns the field's matches into objects. The fields inside a jq field are jq
 * filters, which get each of its outputs as their input. Returns the set to add their fields
 * to, which is not moved. */
struct fields *schema_inside(struct schema *x, struct field *field);

/* Completes the schema and reports what cannot work: items without each, or an
 * object without fields. */
int schema_finish(struct schema *x, struct buf *why);

#endif
