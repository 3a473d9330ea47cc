/* Adds fields to a schema and reports errors with the position in the
 * expression. */
#include "parse/extract/schema.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "parse/css/match.h"
#include "parse/extract/caret.h"
#include "parse/jq/jq.h"
#include "parse/meta/meta_path.h"
#include "parse/xpath/xpath.h"

/* These functions check a field by compiling its query. They return 0; or -1
 * with *why and *at set. */

static int compile_css(struct field *field, size_t len, struct buf *why,
		       size_t *at)
{
	field->css = css_compile(field->query, len, why, at);
	return field->css ? 0 : -1;
}

static int compile_xpath(struct field *field, size_t len, struct buf *why,
			 size_t *at)
{
	struct xpath *xpath = xpath_compile(field->query, len, why, at);

	xpath_free(xpath);
	return xpath ? 0 : -1;
}

static int compile_jq(struct field *field, size_t len, struct buf *why,
		      size_t *at)
{
	struct jq *jq = jq_open(field->query, len, why);

	*at = CARET_NOWHERE;
	if (!jq)
		return -1;
	jq_close(jq);
	return 0;
}

static int compile_meta(struct field *field, size_t len, struct buf *why,
			size_t *at)
{
	field->meta = meta_path_compile(field->query, len, why, at);
	return field->meta ? 0 : -1;
}

static const struct {
	const char *name;
	size_t max_length;
	int (*compile)(struct field *field, size_t len, struct buf *why,
		       size_t *at);
} kinds[] = {
	[FIELD_CSS] = {"CSS", CSS_MAX_LENGTH, compile_css},
	[FIELD_XPATH] = {"XPath", XPATH_MAX_LENGTH, compile_xpath},
	[FIELD_JQ] = {"jq filter", JQ_MAX_LENGTH, compile_jq},
	[FIELD_META] = {"metadata path", META_PATH_MAX_LENGTH, compile_meta},
};

/* Returns 0; or -1, with a message, if s is not valid UTF-8 or is too long. */
static int check_text(const char *what, const char *s, size_t max_length,
		      struct buf *why)
{
	const size_t len = strlen(s);
	const size_t good = utf8_valid_prefix(s, len);

	if (len > max_length) {
		buf_addf(why, "bad %s: over %zu bytes", what, max_length);
		return -1;
	}
	if (good == len)
		return 0;
	buf_addf(why, "bad %s: not UTF-8", what);
	caret_show(why, s, len, good);
	return -1;
}

/* Appends "bad CSS: ..." (or another kind) with the error, and shows the
 * position of the error. Frees the error. */
static void add_error(struct buf *why, const char *what, struct buf *error,
		      const char *s, size_t at)
{
	buf_addf(why, "bad %s: %s", what, buf_cstr(error));
	caret_show(why, s, strlen(s), at);
	buf_release(error);
}

static int compile_query(struct field *field, struct buf *why)
{
	const char *what = kinds[field->kind].name;
	struct buf error = {0};
	size_t at = CARET_NOWHERE;

	if (check_text(what, field->query, kinds[field->kind].max_length, why))
		return -1;
	if (!kinds[field->kind].compile(field, strlen(field->query), &error,
					&at))
		return 0;
	add_error(why, what, &error, field->query, at);
	return -1;
}

struct css *schema_compile_css(const char *query, struct buf *why)
{
	struct field field = {.kind = FIELD_CSS, .query = (char *)query};

	return compile_query(&field, why) ? NULL : field.css;
}

static bool has_control(const char *s)
{
	for (; *s; s++) {
		const unsigned char c = (unsigned char)*s;

		if (c < ' ' || c == 0x7f ||
		    (c == 0xc2 && (unsigned char)s[1] < 0xa0))
			return true;
	}
	return false;
}

static int check_name(const struct fields *fields, const char *name,
		      struct buf *why)
{
	const size_t len = strlen(name);
	const char *error = NULL;

	if (!len)
		error = "a field needs a name";
	else if (len > SCHEMA_MAX_NAME)
		error = "the name of a field is over 256 bytes long";
	else if (utf8_valid_prefix(name, len) != len)
		error = "the name of a field is not UTF-8";
	else if (has_control(name))
		error = "the name of a field has control characters";
	if (error) {
		buf_addstr(why, error);
		return -1;
	}
	for (size_t i = 0; i < fields->count; i++) {
		if (strcmp(fields->list[i].name, name) != 0)
			continue;
		buf_addf(why, "two fields are called \"%s\"", name);
		return -1;
	}
	return 0;
}

static void field_release(struct field *field);

static void release_each(struct fields *fields)
{
	css_set_free(fields->each_set);
	css_free(fields->each);
	free(fields->each_query);
}

static void fields_release(struct fields *fields)
{
	for (size_t i = 0; i < fields->count; i++)
		field_release(&fields->list[i]);
	free(fields->list);
	css_set_free(fields->set);
	release_each(fields);
}

static void field_release(struct field *field)
{
	free(field->name);
	free(field->query);
	css_free(field->css);
	meta_path_free(field->meta);
	pattern_free(field->regex);
	free(field->regex_text);
	free(field->fallback);
	if (field->inside)
		fields_release(field->inside);
	free(field->inside);
}

size_t schema_counted_fields(const struct schema *x)
{
	const size_t fields = x->fields.count < SCHEMA_MAX_COUNTED
				      ? x->fields.count
				      : SCHEMA_MAX_COUNTED;

	return fields + (x->fields.each_query ? 1 : 0);
}

bool schema_may_run_long(const struct schema *x)
{
	return x->has_xpath || x->has_regex || x->has_unbounded_jq;
}

struct schema *schema_new(void)
{
	return xcalloc(1, sizeof(struct schema));
}

void schema_free(struct schema *x)
{
	if (!x)
		return;
	fields_release(&x->fields);
	free(x);
}

static int check_each(const struct schema *x, struct buf *why)
{
	if (!x->fields.each_query)
		return 0;
	buf_addstr(why, "each is given twice");
	return -1;
}

void schema_drop_each(struct schema *x)
{
	struct fields *fields = &x->fields;

	release_each(fields);
	fields->each_set = NULL;
	fields->each = NULL;
	fields->each_query = NULL;
	fields->each_file = NULL;
	fields->each_is_jq = false;
}

int schema_each(struct schema *x, const char *css, struct buf *why)
{
	struct field field = {.kind = FIELD_CSS, .query = (char *)css};
	const char *attr;

	if (check_each(x, why))
		return -1;
	if (compile_query(&field, why))
		return -1;
	if (css_take(field.css, &attr) != CSS_TAKE_ELEMENT) {
		css_free(field.css);
		buf_addstr(why, "each selects elements: use ::text and "
				"::attr() in their fields");
		return -1;
	}
	x->fields.each = field.css;
	x->fields.each_query = xstrdup(css);
	x->fields.each_set = css_set_new();
	css_set_add(x->fields.each_set, field.css, true);
	return 0;
}

static bool is_bounded(const char *filter)
{
	struct jq *jq = jq_new(filter, strlen(filter));
	const bool bounded = jq_is_bounded(jq);

	jq_close(jq);
	return bounded;
}

/* Compiles a filter that was checked in another process: then x is made for
 * processes that this one will fork. */
static void prepare_jq(const struct schema *x, const char *filter)
{
	if (x->is_checked)
		jq_prepare(filter, strlen(filter));
}

int schema_each_jq(struct schema *x, const char *filter, struct buf *why)
{
	struct field field = {.kind = FIELD_JQ, .query = (char *)filter};

	if (check_each(x, why) ||
	    (!x->is_checked && compile_query(&field, why)))
		return -1;
	prepare_jq(x, filter);
	x->fields.each_query = xstrdup(filter);
	x->fields.each_is_jq = true;
	x->has_jq = true;
	x->has_unbounded_jq |= !is_bounded(filter);
	x->compiled++;
	return 0;
}

/* Returns true for the kinds that each worker compiles for itself. The compiled
 * expressions of other kinds are shared by all workers. */
static bool is_compiled_by_workers(enum field_kind kind)
{
	return kind == FIELD_XPATH || kind == FIELD_JQ;
}

static bool needs_compiling(const struct schema *x, enum field_kind kind)
{
	return !is_compiled_by_workers(kind) || !x->is_checked;
}

static bool is_css(const char *query)
{
	struct buf why = {0};
	size_t at;
	struct css *css = css_compile(query, strlen(query), &why, &at);

	buf_release(&why);
	css_free(css);
	return css != NULL;
}

/* Recognises "meta:PATH" in place of a selector and changes the kind to
 * FIELD_META. meta:first-child stays a selector. */
static void find_meta_path(enum field_kind *kind, const char **query)
{
	static const char prefix[] = "meta:";
	const size_t len = sizeof(prefix) - 1;

	if (*kind != FIELD_CSS || strncmp(*query, prefix, len) != 0 ||
	    !meta_path_is_meant(*query + len) || is_css(*query))
		return;
	*kind = FIELD_META;
	*query += len;
}

int schema_add(struct schema *x, struct fields *fields,
		   const char *name, enum field_kind kind, const char *query,
		   struct field **field, struct buf *why)
{
	const size_t len = strlen(name);
	const bool all = len >= 2 && !strcmp(name + len - 2, "[]");
	struct field new = {
		.name = xmemdup(name, all ? len - 2 : len),
		.all = all,
	};

	find_meta_path(&kind, &query);
	new.kind = kind;
	new.query = xstrdup(query);
	if (check_name(fields, new.name, why) ||
	    (needs_compiling(x, kind) && compile_query(&new, why))) {
		field_release(&new);
		return -1;
	}
	if (kind == FIELD_JQ)
		prepare_jq(x, query);
	if ((new.css && css_is_url(new.css)) ||
	    (new.meta && meta_path_is_url(new.meta)))
		new.type = VALUE_URL;
	if (is_compiled_by_workers(kind))
		new.number = x->compiled++;
	x->has_xpath |= kind == FIELD_XPATH;
	x->has_jq |= kind == FIELD_JQ;
	x->has_unbounded_jq |= kind == FIELD_JQ && !is_bounded(query);
	fields->list = xgrow(fields->list, fields->count, 1, sizeof(new));
	*field = &fields->list[fields->count++];
	**field = new;
	return 0;
}

int schema_regex(struct schema *x, struct field *field,
		     const char *regex, struct buf *why)
{
	static const char what[] = "regular expression";
	struct buf error = {0};
	size_t at = CARET_NOWHERE;

	if (field->regex) {
		buf_addf(why, "field \"%s\": it has two regular expressions",
			 field->name);
		return -1;
	}
	if (check_text(what, regex, CSS_MAX_LENGTH, why))
		return -1;
	field->regex = pattern_compile(regex, strlen(regex), NULL, &error, &at);
	if (!field->regex) {
		add_error(why, what, &error, regex, at);
		return -1;
	}
	field->regex_text = xstrdup(regex);
	x->has_regex = true;
	return 0;
}

struct fields *schema_inside(struct schema *x, struct field *field)
{
	(void)x;
	if (!field->inside)
		field->inside = xcalloc(1, sizeof(*field->inside));
	return field->inside;
}
