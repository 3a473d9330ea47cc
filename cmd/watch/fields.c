#include "cmd/watch/fields.h"

#include <string.h>

#include "base/digest.h"
#include "base/json/compact.h"
#include "parse/extract/schema.h"

static void add_text(struct buf *out, const char *text)
{
	buf_addstr(out, text ? text : "-");
	buf_addch(out, '\n');
}

static void add_fields(struct buf *out, const struct fields *fields)
{
	buf_addf(out, "%d %zu\n", fields->each_is_jq, fields->count);
	add_text(out, fields->each_query);
	for (size_t i = 0; i < fields->count; i++) {
		const struct field *f = &fields->list[i];

		buf_addf(out, "%d %d %d %d\n", f->all, (int)f->kind,
			 (int)f->type, f->inside != NULL);
		add_text(out, f->name);
		add_text(out, f->query);
		add_text(out, f->regex_text);
		add_text(out, f->fallback);
		if (f->inside)
			add_fields(out, f->inside);
	}
}

uint64_t watch_fields_meaning(const struct parse_config *config)
{
	struct buf text = {0};
	uint64_t meaning;

	if (!config->schema)
		return 0;
	buf_addf(&text, "%d\n", (int)config->type);
	add_text(&text, config->charset);
	add_fields(&text, &config->schema->fields);
	/* Avoid 0, which means that there are no fields. */
	meaning = digest_of(text.data, text.len).a | 1;
	buf_release(&text);
	return meaning;
}

static bool find(struct slice object, struct slice wanted, struct slice *value)
{
	struct slice name;

	for (size_t at = 0; json_next(object, &at, &name, value);)
		if (slice_equal(name, wanted))
			return true;
	return false;
}

struct slice watch_fields_of_record(struct slice record)
{
	struct slice value = {0};

	if (!find(record, (struct slice){"data", 4}, &value))
		return (struct slice){"", 0};
	return value;
}

static bool is_object(struct slice value)
{
	return value.len && value.p[0] == '{';
}

static void add_change(struct buf *names, struct buf *old, struct slice name,
		       struct slice value)
{
	if (names->len)
		buf_addch(names, ',');
	buf_addch(names, '"');
	buf_add(names, name.p, name.len);
	buf_addch(names, '"');
	if (old->len)
		buf_addch(old, ',');
	buf_addch(old, '"');
	buf_add(old, name.p, name.len);
	buf_addstr(old, "\":");
	buf_add(old, value.p, value.len);
}

static void compare_members(struct buf *names, struct buf *old,
			    struct slice was, struct slice are)
{
	struct slice name, value, before;

	for (size_t at = 0; json_next(are, &at, &name, &value);)
		if (find(was, name, &before) && !slice_equal(value, before))
			add_change(names, old, name, before);
}

bool watch_fields_compare(struct buf *members, struct slice was,
			  struct slice are)
{
	struct buf names = {0}, old = {0};
	bool differ;

	if (is_object(was) && is_object(are))
		compare_members(&names, &old, was, are);
	else if (!slice_equal(was, are))
		add_change(&names, &old, (struct slice){"data", 4}, was);
	differ = names.len > 0;
	if (differ)
		buf_addf(members, ",\"changed\":[%s],\"was\":{",
			 buf_cstr(&names));
	buf_add(members, old.data, old.len);
	if (differ)
		buf_addch(members, '}');
	buf_release(&names);
	buf_release(&old);
	return differ;
}
