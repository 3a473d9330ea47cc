/*
 * Columns are matched to a record by the bytes of its keys, as they stand in
 * the JSON text: a record is read once, nothing is parsed into a tree.
 */
#include "cmd/output/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/mem.h"
#include "parse/extract/schema.h"

/* Takes the name. */
static struct column *add_column(struct columns *c, char *name, bool in_data)
{
	struct column *column;

	c->list = xrealloc(c->list, (c->len + 1) * sizeof(*c->list));
	column = &c->list[c->len++];
	*column = (struct column){.name = name, .in_data = in_data};
	return column;
}

static void set_column_key(struct column *column, const char *key)
{
	struct buf json = {0};

	json_add_string(&json, key, strlen(key));
	column->key_len = json.len - 2;
	column->key = xmemdup(json.data + 1, column->key_len);
	buf_release(&json);
}

static void add_record_column(struct columns *c, const char *name)
{
	struct column *column = add_column(c, xstrdup(name), false);

	set_column_key(column, name);
	column->type = column_type_of_record(name);
}

static bool is_record_column(const struct columns *c, const char *name)
{
	for (size_t i = 0; i < c->len; i++)
		if (!c->list[i].in_data && !strcmp(c->list[i].name, name))
			return true;
	return false;
}

static void add_field_columns(struct columns *c, const struct fields *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		const char *name = fields->list[i].name;
		struct column *column = add_column(c, xstrdup(name), true);

		set_column_key(column, name);
		column->type = column_type_of_field(&fields->list[i]);
	}
}

/* Renames the fields of data that are called like a field of the record. Called
 * once all columns have been added. */
static void rename_duplicates(struct columns *c)
{
	for (size_t i = 0; i < c->len; i++) {
		struct column *column = &c->list[i];
		char *name;

		if (!column->in_data || !is_record_column(c, column->name))
			continue;
		name = xasprintf("data.%s", column->name);
		free(column->name);
		column->name = name;
	}
}

/* Returns true if records can have a list of missing required fields. */
static bool has_required(const struct fields *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		const struct field *f = &fields->list[i];

		if (f->required || (f->inside && has_required(f->inside)))
			return true;
	}
	return false;
}

static void add_record_columns(struct columns *c, const char *const *names)
{
	for (; *names; names++)
		add_record_column(c, *names);
}

static void add_page_columns(struct columns *c,
			     const struct parse_config *config)
{
	static const char *const always[] = {
		"index", "id", "url", "final_url", "status", "ok", "error",
		"attempts", "content_type", "bytes", "time", "title",
		"links_count", "json", NULL,
	};
	const struct schema *x = config->schema;

	add_record_columns(c, always);
	if (config->links)
		add_record_column(c, "links");
	if (x && x->fields.each)
		add_record_column(c, "data");
	else if (x)
		add_field_columns(c, &x->fields);
	if (x && has_required(&x->fields))
		add_record_column(c, "missing");
	if (config->meta)
		add_record_column(c, "meta");
	if (config->headers)
		add_record_column(c, "headers");
	if (config->body) {
		add_record_column(c, "body");
		add_record_column(c, "body_base64");
	}
}

struct columns *columns_new(const struct parse_config *config)
{
	static const char *const item_columns[] = {
		"index", "id", "url", "item", "status", "error", NULL,
	};
	struct columns *c = xcalloc(1, sizeof(*c));

	if (config->schema && config->schema->items) {
		c->items = true;
		add_record_columns(c, item_columns);
		add_field_columns(c, &config->schema->fields);
		if (has_required(&config->schema->fields))
			add_record_column(c, "missing");
	} else {
		add_page_columns(c, config);
	}
	rename_duplicates(c);
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
		/* Keys come in the order of the columns, so the column after
		 * the last match is mostly the right one. */
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

bool columns_find(const struct columns *c, const char *member, size_t *at)
{
	for (size_t i = 0; i < c->len; i++)
		if (!c->list[i].in_data && !strcmp(c->list[i].name, member)) {
			*at = i;
			return true;
		}
	return false;
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
