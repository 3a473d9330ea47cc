/*
 * Serialises the parsing options for processes that parse and were not forked
 * from one that has them. Expressions are sent as text and compiled again by
 * the receiver; they were checked before, so compiling cannot fail.
 */
#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/codec.h"
#include "base/mem.h"
#include "parse/config.h"
#include "parse/extract/schema.h"

static void code_fields(struct codec *c, struct schema *x,
			struct fields *fields);

/* Reads or writes a field's texts and numbers, but nothing compiled from
 * them. */
static void code_parts(struct codec *c, struct field *f)
{
	code_string(c, &f->name);
	code_bool(c, &f->all);
	CODE(c, f->kind);
	code_string(c, &f->query);
	CODE(c, f->type);
	code_string(c, &f->regex_text);
	code_string(c, &f->fallback);
	code_bool(c, &f->required);
}

static void write_field(struct codec *c, struct schema *x,
			struct field *field)
{
	bool has_inside = field->inside != NULL;

	code_parts(c, field);
	code_bool(c, &has_inside);
	if (has_inside)
		code_fields(c, x, field->inside);
}

static void read_field(struct codec *c, struct schema *x,
		       struct fields *fields)
{
	struct field parts = {0}, *field;
	struct buf why = {0};
	bool has_inside = false;
	char *name;
	int err;

	code_parts(c, &parts);
	code_bool(c, &has_inside);
	assert(!c->broken);
	name = xasprintf("%s%s", parts.name, parts.all ? "[]" : "");
	err = schema_add(x, fields, name, parts.kind, parts.query, &field,
			     &why);
	assert(!err);
	field->type = parts.type;
	field->fallback = parts.fallback;
	field->required = parts.required;
	if (parts.regex_text)
		err = schema_regex(x, field, parts.regex_text, &why);
	assert(!err);
	if (has_inside)
		code_fields(c, x, schema_inside(x, field));
	free(name);
	free(parts.name);
	free(parts.query);
	free(parts.regex_text);
}

static void code_fields(struct codec *c, struct schema *x,
			struct fields *fields)
{
	uint64_t count = fields->count;

	CODE(c, count);
	for (uint64_t i = 0; i < count; i++)
		if (c->out)
			write_field(c, x, &fields->list[i]);
		else
			read_field(c, x, fields);
}

static void code_schema(struct codec *c, struct schema *x)
{
	char *each = c->out ? x->fields.each_query : NULL;
	bool is_jq = x->fields.each_is_jq;
	struct buf why = {0};
	int err = 0;

	code_bool(c, &x->items);
	code_string(c, &each);
	code_bool(c, &is_jq);
	if (!c->out && each) {
		err = is_jq ? schema_each_jq(x, each, &why)
			    : schema_each(x, each, &why);
		free(each);
	}
	code_fields(c, x, &x->fields);
	if (!c->out)
		err |= schema_finish(x, &why);
	assert(!err);
}

/* Returns true if a jq filter may read the environment (env, $ENV). The search
 * is textual: a filter with a word like "envelope" gets the environment
 * needlessly. */
static bool wants_environment(const struct fields *fields)
{
	if (fields->each_is_jq && (strstr(fields->each_query, "env") ||
				   strstr(fields->each_query, "ENV")))
		return true;
	for (size_t i = 0; i < fields->count; i++) {
		const struct field *f = &fields->list[i];

		if (f->kind == FIELD_JQ && (strstr(f->query, "env") ||
					    strstr(f->query, "ENV")))
			return true;
		if (f->inside && wants_environment(f->inside))
			return true;
	}
	return false;
}

static void code_environment(struct codec *c)
{
	uint64_t count = 0;
	char **list;

	while (c->out && environ[count])
		count++;
	CODE(c, count);
	list = c->out ? environ : xcalloc(count + 1, sizeof(*list));
	for (uint64_t i = 0; i < count; i++)
		code_string(c, &list[i]);
	environ = list;
}

void parse_config_pack(struct buf *out, const struct parse_config *config)
{
	struct codec c = {.out = out};
	struct parse_config plain = *config;
	const struct schema *x = config->schema;
	bool has_schema = x != NULL;
	bool has_environment = x && wants_environment(&x->fields);

	plain.schema = NULL;
	CODE(&c, plain);
	code_bool(&c, &has_environment);
	if (has_environment)
		code_environment(&c);
	code_bool(&c, &has_schema);
	/* With c.out set, code_schema() only reads the schema. */
	if (has_schema)
		code_schema(&c, (struct schema *)x);
}

const struct parse_config *parse_config_unpack(struct slice packed)
{
	struct codec c = {.p = packed.p, .left = packed.len};
	struct parse_config *config = xcalloc(1, sizeof(*config));
	struct schema *x;
	bool has = false;

	code_bytes(&c, config, sizeof(*config));
	code_bool(&c, &has);
	if (has)
		code_environment(&c);
	code_bool(&c, &has);
	if (has) {
		x = schema_new();
		x->is_checked = true;
		code_schema(&c, x);
		config->schema = x;
	}
	assert(!codec_failed(&c));
	return config;
}
