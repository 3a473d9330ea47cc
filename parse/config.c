/*
 * Serialises the parsing options for processes that parse pages but were not
 * forked from a process that has these options. Expressions are sent as text
 * and compiled again by the receiver. Compiling cannot fail there, because the
 * sender has compiled the same text before.
 */
#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/codec.h"
#include "base/job/job.h"
#include "base/mem.h"
#include "parse/config.h"
#include "parse/extract/roles.h"
#include "parse/extract/schema.h"

static void code_fields(struct codec *c, struct schema *x,
			struct fields *fields);

/* Reads or writes the texts and numbers of a field. The compiled forms are left
 * out. */
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

static void code_follow(struct codec *c, struct role *role, size_t i)
{
	struct role_follow parts = {0};
	struct buf why = {0};
	int err = 0;

	if (c->out)
		parts = role->follow[i];
	code_string(c, &parts.query);
	CODE(c, parts.to);
	if (c->out)
		return;
	err = role_add_follow(role, parts.query, parts.to, &why);
	assert(!err);
	free(parts.query);
}

static void code_carry(struct codec *c, struct role *role, size_t i)
{
	char *name = c->out ? role->carry[i].name : NULL;

	code_string(c, &name);
	if (c->out)
		return;
	role_add_carry(role, name);
	free(name);
}

static void code_role(struct codec *c, struct role *role)
{
	bool has_schema = role->schema != NULL;
	uint64_t follow = role->follow_count, carry = role->carry_count;

	code_bool(c, &has_schema);
	if (has_schema && !c->out) {
		role->schema = schema_new();
		role->schema->is_checked = true;
	}
	if (has_schema)
		code_schema(c, role->schema);
	CODE(c, follow);
	for (uint64_t i = 0; i < follow; i++)
		code_follow(c, role, i);
	CODE(c, carry);
	for (uint64_t i = 0; i < carry; i++)
		code_carry(c, role, i);
}

/* Leaves has_rows out: it makes no difference to parsing. */
static void code_roles(struct codec *c, struct roles *r)
{
	uint64_t count = r->count;
	size_t unused;

	CODE(c, count);
	for (uint64_t i = 0; i < count; i++) {
		char *name = c->out ? r->list[i].name : NULL;

		code_string(c, &name);
		if (!c->out)
			roles_add(r, name);
		code_role(c, &r->list[i]);
		if (!c->out)
			free(name);
	}
	if (!c->out)
		roles_finish(r, &unused);
}

/* Returns true if a jq filter may read the environment (env, $ENV). The search
 * is textual: a filter with a word like "envelope" gets the environment
 * needlessly. */
static bool fields_want_environment(const struct fields *fields)
{
	if (fields->each_is_jq && (strstr(fields->each_query, "env") ||
				   strstr(fields->each_query, "ENV")))
		return true;
	for (size_t i = 0; i < fields->count; i++) {
		const struct field *f = &fields->list[i];

		if (f->kind == FIELD_JQ && (strstr(f->query, "env") ||
					    strstr(f->query, "ENV")))
			return true;
		if (f->inside && fields_want_environment(f->inside))
			return true;
	}
	return false;
}

static bool wants_environment(const struct parse_config *config)
{
	const struct roles *r = config->roles;

	if (config->schema && fields_want_environment(&config->schema->fields))
		return true;
	for (size_t i = 0; r && i < r->count; i++)
		if (r->list[i].schema &&
		    fields_want_environment(&r->list[i].schema->fields))
			return true;
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

/* Returns the role of the job's page, or NULL. */
static const struct role *role_of(const struct parse_config *config,
				  const struct job *job)
{
	return config->roles ? &config->roles->list[job->req.role] : NULL;
}

const struct schema *parse_config_schema(const struct parse_config *config,
					 const struct job *job)
{
	const struct role *role = role_of(config, job);

	return role && role->schema ? role->schema : config->schema;
}

bool parse_config_has_data(const struct parse_config *config,
			   const struct job *job)
{
	const struct role *role = role_of(config, job);

	return parse_config_schema(config, job) ||
	       (role && role->brought_count);
}

void parse_config_pack(struct buf *out, const struct parse_config *config)
{
	struct codec c = {.out = out};
	struct parse_config plain = *config;
	const struct schema *x = config->schema;
	bool has_schema = x != NULL;
	bool has_roles = config->roles != NULL;
	bool has_environment = wants_environment(config);

	plain.schema = NULL;
	plain.roles = NULL;
	CODE(&c, plain);
	code_bool(&c, &has_environment);
	if (has_environment)
		code_environment(&c);
	code_bool(&c, &has_schema);
	/* If c writes, code_schema() only reads the schema. */
	if (has_schema)
		code_schema(&c, (struct schema *)x);
	code_bool(&c, &has_roles);
	if (has_roles)
		code_roles(&c, (struct roles *)config->roles);
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
	code_bool(&c, &has);
	if (has) {
		struct roles *r = roles_new();

		code_roles(&c, r);
		config->roles = r;
	}
	assert(!codec_failed(&c));
	return config;
}
