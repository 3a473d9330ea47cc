/*
 * The fields that the user wants from each page, perhaps one object for each
 * element that `each` selects, perhaps nested. cmd/ fills and checks the schema
 * from --select, --xpath, --jq, --each, --items and --extract. After that it is
 * immutable, and all workers borrow it. Worker processes rebuild the schema
 * from the same texts: a member added to struct field has to be added in
 * parse/config.c, too.
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
	/* Maximum number of the page's fields for which found pages are
	 * counted; further fields are not counted. */
	SCHEMA_MAX_COUNTED = 32768,
};

enum field_kind { FIELD_CSS, FIELD_XPATH, FIELD_JQ, FIELD_META };

/* The state of a field in a page, in struct extracted.found. */
enum field_found {
	FIELD_NOT_FOUND,
	FIELD_FOUND,
	FIELD_NOT_SEARCHED,	/* the page could not have the field: CSS in
				 * JSON, or `each` has found nothing */
};

struct fields;
struct css_set;
struct meta_path;

struct field {
	char *name;
	const char *file;	/* name of the --extract file, borrowed; NULL:
				 * the field is given as an option */
	bool all;		/* the value is an array of all matches;
				 * otherwise only the first match counts, even
				 * if it has no value */
	enum field_kind kind;
	char *query;		/* the query as the user wrote it */
	struct css *css;	/* the compiled query of FIELD_CSS */
	struct meta_path *meta;	/* the compiled query of FIELD_META */
	struct fields *inside;	/* fields of the object, searched inside each
				 * match; NULL: the field is a value */
	enum value_type type;
	struct pattern *regex;	/* compiled regex, or NULL */
	char *regex_text;	/* the regex as the user wrote it, or NULL */
	char *fallback;		/* JSON text of "default", or NULL; replaces
				 * null and an empty array */
	bool required;		/* the field is reported if it has neither value
				 * nor fallback */
	size_t number;		/* index among the xpath and jq fields of the
				 * whole schema; each worker compiles these */
};

/* The fields of one object, in the order they were given. */
struct fields {
	/* The members up to each_set are for `each` of a page: the result is an
	 * array with one object for each match. They are not set for the fields
	 * of a nested object. */
	char *each_query;	/* the query of `each` as the user wrote it;
				 * NULL: one object for the page */
	bool each_is_jq;	/* each_query is a jq filter, whose outputs are
				 * the items */
	struct css *each;	/* compiled selector of `each`; NULL if
				 * each_query is a filter */
	const char *each_file;	/* name of the --extract file, as in struct
				 * field */
	struct css_set *each_set;
	struct field *list;
	size_t count;
	struct css_set *set;	/* the selectors of the CSS fields, in order;
				 * made by schema_finish()
				 * (parse/css/match.h) */
};

struct schema {
	struct fields fields;
	bool items;		/* --items: the output has a line for each
				 * object */
	bool has_xpath, has_jq, has_regex;	/* the schema has queries of
						 * this kind */
	bool has_unbounded_jq;	/* jq_is_bounded() is false for one of the jq
				 * filters */
	size_t compiled;	/* number of xpath and jq fields */
	bool is_checked;	/* all fields were checked before, so XPath and
				 * jq queries are not compiled in
				 * schema_add() */
};

/* Returns the number of bytes that struct extracted.found has for a page. */
size_t schema_counted_fields(const struct schema *x);

/* Logs, with -v, for each jq filter whether it runs with libjq. */
void schema_trace(const struct schema *x);

/* Returns true if a query of the schema may take any amount of time. */
bool schema_may_run_long(const struct schema *x);

struct schema *schema_new(void);
void schema_free(struct schema *x);	/* NULL is fine */

/* The following functions return 0; or -1 with the error appended to why. The
 * error is one line, and for an error in an expression two more lines that show
 * the position. */

/* schema_each() sets a selector as `each`, schema_each_jq() a jq filter. Only
 * one of them may be called, and only once. With a filter, all fields have to
 * be jq filters, too. */
int schema_each(struct schema *x, const char *css, struct buf *why);
int schema_each_jq(struct schema *x, const char *filter, struct buf *why);

/* Removes the `each` of a schema, if it has one. */
void schema_drop_each(struct schema *x);

/* Compiles a selector. Returns a result to be freed with css_free(); or NULL,
 * with the error appended to why. */
struct css *schema_compile_css(const char *query, struct buf *why);

/*
 * schema_add() adds a field called name to fields, which is &x->fields or a
 * result of schema_inside(). "[]" at the end of the name asks for all matches;
 * the rest is any text without control characters. A FIELD_CSS query that is
 * "meta:" and a path becomes a FIELD_META. *field is valid until the next field
 * is added; the caller may set the field's type, fallback (from malloc()) and
 * required. Needs parse_global_init() (parse/library.h).
 */
int schema_add(struct schema *x, struct fields *fields,
		   const char *name, enum field_kind kind, const char *query,
		   struct field **field, struct buf *why);
int schema_regex(struct schema *x, struct field *field,
		     const char *regex, struct buf *why);

/* Turns the field into an object for each match. Returns the set to which the
 * object's fields are to be added; its address does not change. If the field is
 * a jq filter, the fields of the object are jq filters, too, which get each
 * output of the field's filter as their input. */
struct fields *schema_inside(struct schema *x, struct field *field);

/* Completes the schema. Reports what cannot work: --items without `each`, or an
 * object without fields. */
int schema_finish(struct schema *x, struct buf *why);

#endif
