/* Reads "each": the values of an endpoint, which are literals, a range, lines
 * of a file, or another endpoint's result. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/gather/spec/reader.h"

/* Limit of the number of values of all endpoints together, which limits the
 * memory. */
enum { ALL_VALUES_MAX = 10 * GATHER_VALUES_MAX };

/* The largest whole number up to which a double, and so jq, is exact. */
static const json_int_t far = (json_int_t)1 << 53;

static const char *const each_keys[] = {"range", "file", "from", "jq", NULL};

static int read_string(struct spec_reader *r, const char *text,
		       struct buf *to)
{
	const size_t start = r->place.why->len;

	if (gather_variables_fill(&r->variables, to, text, 0, r->place.why))
		return json_path_fail_since(&r->place, start);
	return 0;
}

static bool has_variables(const json_t *json)
{
	char *text = json_dumps(json, JSON_ENCODE_ANY);
	const bool found = gather_text_has_variables(text);

	free(text);
	return found;
}

static int read_literals(struct spec_reader *r, const json_t *array)
{
	struct endpoint_reader *current = &r->current;
	const json_t *first = json_array_get(array, 0);

	current->e->values = gather_read_json(r, array, read_string);
	if (!current->e->values)
		return -1;
	if (first && !has_variables(first))
		current->example = json_array_get(current->e->values, 0);
	return 0;
}

struct range {
	json_int_t from, to, step;
};

static int get_range(struct spec_reader *r, const json_t *array,
		     struct range *range)
{
	json_int_t *const to[] = {&range->from, &range->to, &range->step};
	const size_t count = json_array_size(array);

	if (!json_is_array(array) || count < 2 || count > 3)
		return json_path_fail(&r->place, "must be [from, to] or "
						 "[from, to, step]; both ends "
						 "are in it");
	for (size_t i = 0; i < count; i++) {
		const json_t *n = json_array_get(array, i);

		*to[i] = json_integer_value(n);
		if (json_is_integer(n) && *to[i] >= -far && *to[i] <= far)
			continue;
		json_path_enter_element(&r->place, i);
		return json_path_fail(&r->place, "must be a whole number, at "
						 "most 2^53");
	}
	return 0;
}

static int check_range(struct spec_reader *r, const struct range *range)
{
	if (!range->step)
		return json_path_fail(&r->place, "has a step of 0, and would "
						 "never end");
	if ((range->step > 0) != (range->to >= range->from) &&
	    range->to != range->from)
		return json_path_failf(&r->place, "has a step that leads away "
						  "from its end: give one that "
						  "is %s",
				       range->step > 0 ? "negative" :
							  "positive");
	if ((range->to - range->from) / range->step >= GATHER_VALUES_MAX)
		return json_path_failf(&r->place, "has more than %d values",
				       GATHER_VALUES_MAX);
	return 0;
}

static int read_range(struct spec_reader *r, const json_t *object)
{
	const size_t before = json_path_enter(&r->place, "range");
	struct range range = {.step = 1};
	struct gather_range *to = &r->current.e->range;

	if (get_range(r, json_object_get(object, "range"), &range) ||
	    check_range(r, &range))
		return -1;
	*to = (struct gather_range){
		.from = range.from,
		.step = range.step,
		.count = (size_t)((range.to - range.from) / range.step) + 1,
		.first = json_integer(range.from),
	};
	r->current.example = to->first;
	json_path_leave(&r->place, before);
	return 0;
}

static int read_file(struct spec_reader *r, const json_t *object)
{
	struct endpoint_reader *current = &r->current;
	char *path = NULL;
	size_t before;
	int err;

	if (gather_read_text(r, object, "file", &path))
		return -1;
	before = json_path_enter(&r->place, "file");
	err = gather_read_values_file(
		r, path, json_string_value(json_object_get(object, "file")));
	free(path);
	if (err)
		return -1;
	current->example = json_array_get(current->e->values, 0);
	json_path_leave(&r->place, before);
	return 0;
}

static void suggest_name(struct spec_reader *r, const char *name)
{
	const size_t count = json_object_size(r->names);
	const char **known = xmalloc((count + 1) * sizeof(*known));
	const char *key;
	json_t *number;
	size_t len = 0;

	json_object_foreach(r->names, key, number)
		known[len++] = key;
	known[len] = NULL;
	json_path_fail_word(&r->place, "there is no such endpoint", name,
			    known);
	free(known);
}

static int read_from(struct spec_reader *r, const json_t *object)
{
	struct gather_endpoint *e = r->current.e;
	const char *name;
	json_t *number;

	if (gather_read_filter(r, object, "jq", &e->each_filter) ||
	    json_path_text(&r->place, object, "from", &name))
		return -1;
	number = json_object_get(r->names, name);
	if (!number) {
		json_path_enter(&r->place, "from");
		suggest_name(r, name);
		return -1;
	}
	e->each = EACH_FROM;
	e->from = r->spec->list[json_integer_value(number)];
	return 0;
}

static const struct {
	const char *key;
	int (*read)(struct spec_reader *r, const json_t *object);
} sources[] = {
	{"range", read_range},
	{"file", read_file},
	{"from", read_from},
};

static int read_source(struct spec_reader *r, const json_t *object)
{
	size_t found = 0, i = 0;

	if (json_path_keys(&r->place, object, each_keys))
		return -1;
	for (size_t k = 0; k < sizeof(sources) / sizeof(*sources); k++)
		if (json_object_get(object, sources[k].key)) {
			found++;
			i = k;
		}
	if (found != 1)
		return json_path_fail(&r->place, "needs one of \"range\", "
						 "\"file\" and \"from\"");
	if (json_object_get(object, "jq") && sources[i].read != read_from) {
		json_path_enter(&r->place, "jq");
		return json_path_fail(&r->place, "can be used with \"from\" "
						 "only");
	}
	return sources[i].read(r, object);
}

size_t gather_values_count(const struct gather_endpoint *e)
{
	return e->values ? json_array_size(e->values) : e->range.count;
}

json_t *gather_values_get(const struct gather_endpoint *e, size_t number)
{
	if (e->values)
		return json_incref(json_array_get(e->values, number));
	return json_integer(e->range.from +
			    (json_int_t)number * e->range.step);
}

int gather_read_each(struct spec_reader *r, const json_t *value)
{
	struct gather_endpoint *e = r->current.e;
	const size_t before = json_path_enter(&r->place, "each");
	int err;

	e->each = EACH_VALUES;
	if (json_is_array(value))
		err = read_literals(r, value);
	else if (json_is_object(value))
		err = read_source(r, value);
	else
		err = json_path_fail(&r->place, "must be an array of values, "
						"or an object with \"range\", "
						"\"file\" or \"from\"");
	if (err)
		return -1;
	json_path_leave(&r->place, before);
	r->values += gather_values_count(e);
	if (gather_values_count(e) > GATHER_VALUES_MAX ||
	    r->values > ALL_VALUES_MAX) {
		json_path_enter(&r->place, "each");
		return json_path_failf(&r->place,
				       "has too many values: at most %d in "
				       "one endpoint, %d in all",
				       GATHER_VALUES_MAX, ALL_VALUES_MAX);
	}
	return 0;
}
