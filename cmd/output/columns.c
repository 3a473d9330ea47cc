#include "cmd/output/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/mem.h"
#include "parse/extract/schema.h"

static struct column *add(struct columns *c, char *name, bool in_data)
{
	struct column *column;

	c->list = xrealloc(c->list, (c->len + 1) * sizeof(*c->list));
	column = &c->list[c->len++];
	*column = (struct column){.name = name, .in_data = in_data};
	return column;
}

static void set_key(struct column *column, const char *key)
{
	struct buf json = {0};

	json_add_string(&json, key, strlen(key));
	column->key_len = json.len - 2;
	column->key = xmemdup(json.data + 1, column->key_len);
	buf_release(&json);
}

static void add_own(struct columns *c, const char *name)
{
	set_key(add(c, xstrdup(name), false), name);
}

static bool is_taken(const struct columns *c, const char *name)
{
	for (size_t i = 0; i < c->len; i++)
		if (!c->list[i].in_data && !strcmp(c->list[i].name, name))
			return true;
	return false;
}

static void add_fields(struct columns *c, const struct fields *fields)
{
	for (size_t i = 0; i < fields->count; i++)
		set_key(add(c, xstrdup(fields->list[i].name), true),
			fields->list[i].name);
}

/* When all are there. */
static void tell_apart(struct columns *c)
{
	for (size_t i = 0; i < c->len; i++) {
		struct column *column = &c->list[i];
		char *name;

		if (!column->in_data || !is_taken(c, column->name))
			continue;
		name = xasprintf("data.%s", column->name);
		free(column->name);
		column->name = name;
	}
}

static bool may_miss(const struct fields *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		const struct field *f = &fields->list[i];

		if (f->required || (f->inside && may_miss(f->inside)))
			return true;
	}
	return false;
}

static void add_all(struct columns *c, const char *const *names)
{
	for (; *names; names++)
		add_own(c, *names);
}

static void add_record(struct columns *c, const struct parse_config *config)
{
	static const char *const always[] = {
		"index", "id", "url", "final_url", "status", "ok", "error",
		"attempts", "content_type", "bytes", "time", "title",
		"links_count", "json", NULL,
	};
	const struct schema *x = config->schema;

	add_all(c, always);
	if (config->links)
		add_own(c, "links");
	if (x && x->fields.each)
		add_own(c, "data");
	else if (x)
		add_fields(c, &x->fields);
	if (x && may_miss(&x->fields))
		add_own(c, "missing");
	if (config->meta)
		add_own(c, "meta");
	if (config->headers)
		add_own(c, "headers");
	if (config->body) {
		add_own(c, "body");
		add_own(c, "body_base64");
	}
}

struct columns *columns_new(const struct parse_config *config)
{
	static const char *const of_items[] = {"index", "id", "url", "item",
					       "status", "error", NULL};
	struct columns *c = xcalloc(1, sizeof(*c));

	if (config->schema && config->schema->items) {
		add_all(c, of_items);
		add_fields(c, &config->schema->fields);
		if (may_miss(&config->schema->fields))
			add_own(c, "missing");
	} else {
		add_record(c, config);
	}
	tell_apart(c);
	return c;
}

void columns_free(struct columns *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->len; i++) {
		free(c->list[i].name);
		free(c->list[i].key);
	}
	free(c->list);
	free(c);
}

static bool is_column(const struct column *column, bool in_data,
		      struct slice key)
{
	return column->in_data == in_data && column->key_len == key.len &&
	       !memcmp(column->key, key.p, key.len);
}

static void read_object(const struct columns *c, struct slice object,
			bool in_data, struct slice *values)
{
	struct slice key, value;
	size_t at = 0, next = 0;

	while (json_next(object, &at, &key, &value)) {
		/* They come in the order of the columns: the next one is
		 * mostly the right one. */
		for (size_t i = 0; i < c->len; i++) {
			const size_t n = (next + i) % c->len;

			if (!is_column(&c->list[n], in_data, key))
				continue;
			values[n] = value;
			next = n + 1;
			break;
		}
		if (!in_data && key.len == 4 && !memcmp(key.p, "data", 4) &&
		    value.len && value.p[0] == '{')
			read_object(c, value, true, values);
	}
}

void columns_read(const struct columns *c, struct slice line,
		  struct slice *values)
{
	memset(values, 0, c->len * sizeof(*values));
	read_object(c, line, false, values);
}

void columns_add_text(struct buf *out, struct slice value)
{
	struct json_text text;

	if (!value.p || (value.len == 4 && !memcmp(value.p, "null", 4)))
		return;
	if (json_is_text(value) && json_text_read(&text, value)) {
		buf_add(out, text.text.p, text.text.len);
		json_text_release(&text);
		return;
	}
	buf_add(out, value.p, value.len);
}
