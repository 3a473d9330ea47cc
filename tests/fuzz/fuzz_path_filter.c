/*
 * Evaluates the filter in the first line on the text after this line, which
 * need not be JSON. No byte outside of the text may be read. If the text is
 * JSON, it is compacted first; then each output must be compact JSON, and the
 * outputs must be the same with a plan and without one.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/mem.h"
#include "parse/jq/path_filter.h"

/* Maximum number of outputs of a run, because a filter may have any number. */
enum { OUTPUTS_MAX = 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

struct outputs {
	struct buf text;
	bool must_be_json;
	int more;
};

static bool on_output(void *ctx, struct slice json)
{
	struct outputs *o = ctx;
	struct buf again = {0};
	size_t at;

	if (o->must_be_json) {
		check(!json_compact(&again, json.p, json.len, &at));
		check(slice_equal(slice_of(&again), json));
		buf_release(&again);
	}
	buf_add(&o->text, json.p, json.len);
	buf_addch(&o->text, '\n');
	return --o->more > 0;
}

static void run(struct outputs *o, const struct path_filter *filter,
		struct slice json, const struct buf *found)
{
	struct buf out = {0}, error = {0};
	const struct path_run run = {
		.on_output = on_output,
		.ctx = o,
		.found = found,
		.out = &out,
		.error = &error,
	};
	const bool went_well = path_filter_run(filter, json, &run);

	check(went_well == !error.len);
	buf_add(&o->text, error.data, error.len);
	buf_release(&out);
	buf_release(&error);
}

/* Runs the filter with a plan and without one, and compares the outputs. */
static void check_filter(struct path_filter *filter, struct slice json,
			 bool is_json)
{
	struct path_plan *plan = path_plan_new();
	struct outputs alone = {.must_be_json = is_json, .more = OUTPUTS_MAX};
	struct outputs planned = alone;
	struct buf found = {0};

	run(&alone, filter, json, NULL);
	path_plan_add(plan, filter);
	path_plan_find(plan, json, &found);
	run(&planned, filter, json, &found);
	if (is_json)
		check(slice_equal(slice_of(&alone.text),
				  slice_of(&planned.text)));
	buf_release(&alone.text);
	buf_release(&planned.text);
	buf_release(&found);
	path_plan_free(plan);
}

/* Runs the filter on a copy of the text of exactly its size, so that the
 * sanitizer finds reads after the end. */
static void check_text(struct path_filter *filter, struct slice text,
		       bool is_json)
{
	char *copy = malloc(text.len + !text.len);

	check(copy != NULL);
	if (text.len)
		memcpy(copy, text.p, text.len);
	check_filter(filter, (struct slice){copy, text.len}, is_json);
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = size ? (const char *)data : "";
	const char *end = size ? memchr(text, '\n', size) : NULL;
	struct path_filter *filter;
	struct buf compact = {0};
	size_t at;

	if (!end || memchr(text, '\0', (size_t)(end - text)))
		return 0;
	filter = path_filter_compile(text, (size_t)(end - text));
	if (filter) {
		const struct slice rest = {end + 1,
					   size - (size_t)(end + 1 - text)};

		if (json_compact(&compact, rest.p, rest.len, &at))
			check_text(filter, rest, false);
		else
			check_text(filter, slice_of(&compact), true);
	}
	path_filter_free(filter);
	buf_release(&compact);
	return 0;
}
