#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/gather/outputs.h"

static struct slice slice(const char *s)
{
	return (struct slice){s, strlen(s)};
}

static void outputs_inside_the_text_are_not_copied(void **state)
{
	const char *text = "[1,{\"a\":2},\"x\"]";
	struct outputs o = {.text = slice(text)};

	(void)state;
	outputs_add(&o, (struct slice){text + 1, 1});
	outputs_add(&o, slice("{\"made\":1}"));
	outputs_add(&o, (struct slice){text + 3, 7});
	assert_int_equal(o.count, 3);
	assert_ptr_equal(outputs_get(&o, 0).p, text + 1);
	assert_ptr_equal(outputs_get(&o, 2).p, text + 3);
	assert_true(slice_is(outputs_get(&o, 1), "{\"made\":1}"));
	assert_int_equal(o.copies.len, strlen("{\"made\":1}"));
	outputs_release(&o);
}

static void outputs_are_joined_in_their_order(void **state)
{
	const char *text = "[1,2]";
	struct outputs o = {.text = slice(text)};
	struct buf out = {0};

	(void)state;
	outputs_join(&o, &out);
	assert_int_equal(out.len, 0);
	outputs_add(&o, slice("\"a\""));
	outputs_add(&o, (struct slice){text + 3, 1});
	outputs_add(&o, slice("null"));
	outputs_join(&o, &out);
	assert_string_equal(buf_cstr(&out), "\"a\",2,null");
	outputs_clear(&o);
	outputs_add(&o, slice("7"));
	buf_clear(&out);
	outputs_join(&o, &out);
	assert_string_equal(buf_cstr(&out), "7");
	outputs_release(&o);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outputs_inside_the_text_are_not_copied),
		cmocka_unit_test(outputs_are_joined_in_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
