/* docs/gather.schema.json: its keys are those that cmd/gather/spec/spec.c and
 * its parts read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "cmd/gather/spec/spec.h"

/* The objects of a spec: the list of keys in the source, the place in the
 * schema (NULL: the top), and a spec that contains the object. */
static const struct object {
	const char *file, *list, *where, *before, *after;
} objects[] = {
	{"cmd/gather/spec/spec.c", "spec_keys", NULL, "", ""},
	{"cmd/gather/spec/endpoint.c", "endpoint_keys", "endpoint",
	 "{'endpoints': {'a': ", "}}"},
	{"cmd/gather/spec/each.c", "each_keys", "each",
	 "{'endpoints': {'a': {'url': 'http://a/{}', 'each': ", "}}}"},
	{"cmd/gather/spec/paginate.c", "all_keys", "paginate",
	 "{'endpoints': {'a': {'url': 'http://a/', 'paginate': ", "}}}"},
	{"cmd/gather/spec/auth.c", "kinds", "auth", "{'auth': ", "}"},
	{"cmd/gather/spec/auth.c", "oauth2_keys", "oauth2",
	 "{'auth': {'oauth2': ", "}}"},
};

enum { OBJECTS = sizeof(objects) / sizeof(*objects) };

static json_t *load_schema(void)
{
	json_t *schema = json_load_file(SOURCE_ROOT "/docs/gather.schema.json",
					JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(schema);
	return schema;
}

static json_t *keys_of(json_t *schema, const char *where)
{
	if (where)
		schema = json_object_get(json_object_get(schema, "$defs"),
					 where);
	return json_object_get(schema, "properties");
}

/* Checks that a similar key is unknown, and that the message suggests the right
 * one. */
static void expect_known(const struct object *object, const char *key)
{
	char *text = xasprintf("%s{'%s~': 1}%s", object->before, key,
			       object->after);
	char *hint = xasprintf("(did you mean \"%s\"?)", key);
	const struct gather_vars vars = {0};
	struct gather_spec spec;
	struct buf why = {0};

	for (char *c = text; *c; c++)
		if (*c == '\'')
			*c = '"';
	assert_int_equal(gather_spec_read(&spec,
					  (struct slice){text, strlen(text)},
					  &vars, &why), -1);
	if (!strstr(buf_cstr(&why), hint))
		fail_msg("%s is in the schema only: %s", key, buf_cstr(&why));
	gather_spec_release(&spec);
	buf_release(&why);
	free(text);
	free(hint);
}

static void keys_of_the_schema_are_read(void **state)
{
	json_t *schema = load_schema();

	(void)state;
	for (size_t i = 0; i < OBJECTS; i++) {
		json_t *keys = keys_of(schema, objects[i].where), *value;
		const char *key;

		assert_true(json_object_size(keys) > 0);
		json_object_foreach(keys, key, value) {
			assert_non_null(json_object_get(value, "description"));
			expect_known(&objects[i], key);
		}
	}
	json_decref(schema);
}

/* Compares the keys with the strings of the list in the source. */
static void expect_list(const struct object *object, const json_t *keys)
{
	char *path = xasprintf(SOURCE_ROOT "/%s", object->file);
	char *start = xasprintf("%s[] = {", object->list);
	struct buf source = {0}, why = {0};
	unsigned count = 0;
	char *at, *end;

	assert_int_equal(file_read(&source, path, &why), 0);
	buf_cstr(&source);
	at = strstr(source.data, start);
	assert_non_null(at);
	*strchr(at, ';') = '\0';
	while ((at = strchr(at, '"')) && (end = strchr(at + 1, '"'))) {
		*end = '\0';
		if (!json_object_get(keys, at + 1))
			fail_msg("%s: %s is not in the schema", object->list,
				 at + 1);
		at = end + 1;
		count++;
	}
	assert_int_equal(count, json_object_size(keys));
	buf_release(&source);
	free(start);
	free(path);
}

static void keys_that_are_read_are_in_the_schema(void **state)
{
	json_t *schema = load_schema();

	(void)state;
	for (size_t i = 0; i < OBJECTS; i++)
		expect_list(&objects[i], keys_of(schema, objects[i].where));
	json_decref(schema);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_of_the_schema_are_read),
		cmocka_unit_test(keys_that_are_read_are_in_the_schema),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
