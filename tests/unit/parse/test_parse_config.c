/* parse/config.c: workers get the same settings as the program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/job/job.h"
#include "parse/config.h"
#include "parse/extract/roles.h"
#include "parse/extract/schema.h"
#include "parse/library.h"
#include "tests/unit/exact_copy.h"

static struct buf pack(const struct parse_config *config)
{
	struct buf out = {0};

	parse_config_pack(&out, config);
	return out;
}

/* Frees the config; in the program it lives as long as the process. */
static void release(const struct parse_config *config)
{
	schema_free((struct schema *)config->schema);
	roles_free((struct roles *)config->roles);
	free((void *)config);
}

static const struct parse_config *unpack(const struct buf *packed)
{
	char *copy = exact_copy(packed->data, packed->len);
	const struct parse_config *config =
		parse_config_unpack((struct slice){copy, packed->len});

	exact_free(copy);
	return config;
}

static void assert_same_string(const char *a, const char *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a && b)
		assert_string_equal(a, b);
}

static void assert_same_fields(const struct fields *a, const struct fields *b)
{
	assert_int_equal(a->count, b->count);
	assert_same_string(a->each_query, b->each_query);
	assert_int_equal(a->each == NULL, b->each == NULL);
	assert_int_equal(a->set == NULL, b->set == NULL);
	for (size_t i = 0; i < a->count; i++) {
		const struct field *f = &a->list[i], *g = &b->list[i];

		assert_string_equal(f->name, g->name);
		assert_int_equal(f->all, g->all);
		assert_int_equal(f->kind, g->kind);
		assert_string_equal(f->query, g->query);
		assert_int_equal(f->css == NULL, g->css == NULL);
		assert_int_equal(f->type, g->type);
		assert_int_equal(f->regex == NULL, g->regex == NULL);
		assert_same_string(f->regex_text, g->regex_text);
		assert_same_string(f->fallback, g->fallback);
		assert_int_equal(f->required, g->required);
		assert_int_equal(f->number, g->number);
		assert_int_equal(f->inside == NULL, g->inside == NULL);
		if (f->inside)
			assert_same_fields(f->inside, g->inside);
	}
}

static void plain_values_come_back(void **state)
{
	const struct parse_config given = {
		.links = true, .meta = true, .fail = true, .want_json = true,
		.type = MEDIA_XML, .charset = "koi8-r",
		.max_filesize = UINT64_C(1) << 40, .timeout = 1500.5,
		.deadline_threads = 3,
	};
	struct buf packed = pack(&given);
	const struct parse_config *got = unpack(&packed);

	(void)state;
	assert_true(got->links && got->meta && got->fail && got->want_json);
	assert_false(got->headers || got->body);
	assert_int_equal(got->type, MEDIA_XML);
	assert_string_equal(got->charset, "koi8-r");
	assert_true(got->max_filesize == UINT64_C(1) << 40);
	assert_true(got->timeout == 1500.5);
	assert_int_equal(got->deadline_threads, 3);
	assert_null(got->schema);
	release(got);
	buf_release(&packed);
}

static struct field *add(struct schema *x, struct fields *fields,
			 const char *name, enum field_kind kind,
			 const char *query)
{
	struct buf why = {0};
	struct field *field;

	if (schema_add(x, fields, name, kind, query, &field, &why))
		fail_msg("%s", buf_cstr(&why));
	return field;
}

static struct schema *make_extraction(const char *jq)
{
	struct schema *x = schema_new();
	struct buf why = {0};
	struct fields *inside;
	struct field *field;

	x->items = true;
	assert_int_equal(schema_each(x, "div.item > p", &why), 0);
	field = add(x, &x->fields, "price", FIELD_CSS, "b::text");
	field->type = VALUE_NUMBER;
	field->required = true;
	assert_int_equal(schema_regex(x, field, "[0-9,]+", &why), 0);
	field = add(x, &x->fields, "when[]", FIELD_XPATH, ".//@date");
	field->type = VALUE_DATE;
	field->fallback = xstrdup("[]");
	if (jq)
		add(x, &x->fields, "j", FIELD_JQ, jq);
	field = add(x, &x->fields, "rows[]", FIELD_CSS, "tr");
	inside = schema_inside(x, field);
	add(x, inside, "cell[]", FIELD_CSS, "td");
	add(x, inside, "date", FIELD_META, "json_ld[0].url::url");
	field = add(x, inside, "deep", FIELD_XPATH, "td[1]");
	add(x, schema_inside(x, field), "d", FIELD_XPATH, "string()");
	assert_int_equal(schema_finish(x, &why), 0);
	return x;
}

static void extraction_is_compiled_again(void **state)
{
	struct schema *x = make_extraction(".a | length");
	const struct parse_config given = {.schema = x}, *got;
	struct buf packed = pack(&given);

	(void)state;
	got = unpack(&packed);
	assert_non_null(got->schema);
	assert_ptr_not_equal(got->schema, x);
	assert_int_equal(got->schema->items, true);
	assert_int_equal(got->schema->compiled, x->compiled);
	assert_true(got->schema->has_xpath && got->schema->has_jq &&
		    got->schema->has_regex);
	assert_int_equal(schema_counted_fields(got->schema),
			 schema_counted_fields(x));
	assert_same_fields(&got->schema->fields, &x->fields);
	release(got);
	schema_free(x);
	buf_release(&packed);
}

static struct roles *make_roles(void)
{
	struct roles *r = roles_new();
	struct buf why = {0};

	roles_add(r, NULL);
	roles_add(r, "list");
	roles_add(r, "detail");
	r->list[1].schema = make_extraction(".a");
	assert_int_equal(role_add_follow(&r->list[0], "a", 1, &why), 0);
	assert_int_equal(role_add_follow(&r->list[1], "a::attr(HREF)", 2, &why),
			 0);
	assert_int_equal(role_add_follow(&r->list[1], ".next", 1, &why), 0);
	role_add_carry(&r->list[1], "price");
	role_add_carry(&r->list[1], "rows");
	assert_int_equal(roles_finish(r, &(size_t){0}), -1);
	return r;
}

static void assert_same_role(const struct role *a, const struct role *b)
{
	assert_same_string(a->name, b->name);
	assert_int_equal(a->schema == NULL, b->schema == NULL);
	if (a->schema)
		assert_same_fields(&a->schema->fields, &b->schema->fields);
	assert_int_equal(a->follow_count, b->follow_count);
	for (size_t i = 0; i < a->follow_count; i++) {
		assert_string_equal(a->follow[i].query, b->follow[i].query);
		assert_int_equal(a->follow[i].to, b->follow[i].to);
		assert_same_string(a->follow[i].lower_attr,
				   b->follow[i].lower_attr);
	}
	assert_int_equal(a->carry_count, b->carry_count);
	for (size_t i = 0; i < a->carry_count; i++)
		assert_string_equal(a->carry[i].name, b->carry[i].name);
	assert_int_equal(a->brought_count, b->brought_count);
	for (size_t i = 0; i < a->brought_count; i++)
		assert_string_equal(a->brought[i], b->brought[i]);
}

static void roles_are_built_again(void **state)
{
	struct roles *r = make_roles();
	const struct parse_config given = {.crawl = true, .roles = r}, *got;
	struct buf packed = pack(&given);

	(void)state;
	got = unpack(&packed);
	assert_true(got->crawl);
	assert_int_equal(got->roles->count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_same_role(&got->roles->list[i], &r->list[i]);
	assert_int_equal(got->roles->list[2].brought_count, 2);
	release(got);
	roles_free(r);
	buf_release(&packed);
}

static void role_decides_what_is_extracted(void **state)
{
	struct roles *r = make_roles();
	struct schema *all = make_extraction(NULL);
	struct parse_config config = {.roles = r};
	struct job job = {.req.role = 0};

	(void)state;
	assert_null(parse_config_schema(&config, &job));
	assert_false(parse_config_has_data(&config, &job));
	job.req.role = 1;
	assert_ptr_equal(parse_config_schema(&config, &job), r->list[1].schema);
	assert_true(parse_config_has_data(&config, &job));
	/* Role 2 has no schema: its pages only have the fields that are carried
	 * to them. */
	job.req.role = 2;
	assert_null(parse_config_schema(&config, &job));
	assert_true(parse_config_has_data(&config, &job));
	config.schema = all;
	assert_ptr_equal(parse_config_schema(&config, &job), all);
	schema_free(all);
	roles_free(r);
}

static bool has_text(const struct buf *b, const char *text)
{
	return memmem(b->data, b->len, text, strlen(text));
}

/* Workers get no secrets other than those that their filters read. */
static void environment_is_only_for_filters_that_read_it(void **state)
{
	static const struct {
		const char *jq;
		bool wants;
	} rows[] = {
		{NULL, false}, {".a", false}, {"env.TOKEN", true},
		{"$ENV.TOKEN", true},
	};

	(void)state;
	setenv("TOKEN", "of_the_test", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct schema *x = make_extraction(rows[i].jq);
		const struct parse_config given = {.schema = x};
		struct buf packed = pack(&given);

		assert_int_equal(has_text(&packed, "of_the_test"),
				 rows[i].wants);
		buf_release(&packed);
		schema_free(x);
	}
}

static void environment_is_set_in_the_process(void **state)
{
	struct schema *x = schema_new();
	const struct parse_config given = {.schema = x}, *got;
	char *none[] = {NULL}, **before;
	struct buf packed, why = {0};

	(void)state;
	setenv("TOKEN", "of_the_test", 1);
	add(x, &x->fields, "a", FIELD_CSS, "p");
	add(x, &x->fields, "e", FIELD_JQ, "env.TOKEN");
	if (schema_finish(x, &why))
		fail_msg("%s", buf_cstr(&why));
	packed = pack(&given);
	before = environ;
	environ = none;
	assert_null(getenv("TOKEN"));
	got = unpack(&packed);
	assert_string_equal(getenv("TOKEN"), "of_the_test");
	for (char **v = environ; *v; v++)
		free(*v);
	free(environ);
	environ = before;
	release(got);
	schema_free(x);
	buf_release(&packed);
}

static int cleanup(void **state)
{
	(void)state;
	parse_global_cleanup();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_values_come_back),
		cmocka_unit_test(extraction_is_compiled_again),
		cmocka_unit_test(roles_are_built_again),
		cmocka_unit_test(role_decides_what_is_extracted),
		cmocka_unit_test(environment_is_only_for_filters_that_read_it),
		cmocka_unit_test(environment_is_set_in_the_process),
	};

	return cmocka_run_group_tests(tests, NULL, cleanup);
}
