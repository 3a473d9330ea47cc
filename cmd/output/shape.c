/* Builds the shape of records from the tables of their members, and from the
 * fields that the user wants. */
#include "cmd/output/shape.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/output/shape_members.h"
#include "parse/extract/roles.h"
#include "parse/extract/schema.h"

static struct slice slice_str(const char *s)
{
	return (struct slice){s, strlen(s)};
}

struct shape *shape_add(struct shape *s, struct slice name,
			enum column_type type)
{
	struct shape *member;

	s->list = xrealloc(s->list, (s->len + 1) * sizeof(*s->list));
	member = &s->list[s->len++];
	*member = (struct shape){
		.name = xmemdup(name.p, name.len),
		.type = type,
	};
	return member;
}

struct shape *shape_member(const struct shape *s, struct slice name)
{
	for (size_t i = 0; i < s->len; i++)
		if (slice_is(name, s->list[i].name))
			return &s->list[i];
	return NULL;
}

static void add_members(struct shape *s, const struct member *rows)
{
	for (; rows->name; rows++)
		shape_add(s, slice_str(rows->name), rows->type)->use =
			rows->use;
}

/* Adds a member that records have only if an option asks for it. */
static struct shape *add_asked(struct shape *s, const char *name,
			       enum column_type type, const char *needs)
{
	struct shape *member = shape_add(s, slice_str(name), type);

	member->use = SHAPE_ASKED;
	member->needs = needs;
	return member;
}

static enum column_type field_type(const struct field *f)
{
	static const enum column_type types[] = {
		[VALUE_STRING] = COLUMN_TEXT, [VALUE_NUMBER] = COLUMN_NUMBER,
		[VALUE_INTEGER] = COLUMN_INTEGER, [VALUE_URL] = COLUMN_TEXT,
		[VALUE_DATE] = COLUMN_TEXT,
	};

	if (f->all || f->inside)
		return COLUMN_JSON;
	/* Without a type, XPath, jq and metadata also give numbers and
	 * booleans; a default may be of any type. */
	if (f->fallback || (f->kind != FIELD_CSS && f->type == VALUE_STRING))
		return COLUMN_ANY;
	return types[f->type];
}

static void add_fields(struct shape *s, const struct fields *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		const struct field *f = &fields->list[i];
		struct shape *member = shape_add(s, slice_str(f->name),
						 field_type(f));

		if (f->all)
			continue;
		if (f->inside)
			add_fields(member, f->inside);
		/* The members of values that filters, metadata and defaults
		 * give are not known. */
		member->is_open = f->kind == FIELD_JQ ||
				  f->kind == FIELD_META || f->fallback;
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

static bool is_array(const struct schema *x)
{
	return x->fields.each_query && !x->items;
}

static void add_data(struct shape *s, const struct schema *x)
{
	struct shape *data = add_asked(s, "data", COLUMN_JSON, NULL);

	add_fields(data, &x->fields);
	for (size_t i = 0; i < data->len && is_array(x); i++)
		data->list[i].needs = "--items";
	if (has_required(&x->fields))
		shape_grant(s, "a required field");
}

/* Moves the members of a shape to another one. A member that both shapes have
 * gets the type ANY if its types differ. */
static void join_members(struct shape *to, struct shape *from)
{
	for (size_t i = 0; i < from->len; i++) {
		const struct shape *m = &from->list[i];
		struct shape *known = shape_member(to, slice_str(m->name));

		if (!known)
			known = shape_add(to, slice_str(m->name), m->type);
		else if (known->type != m->type)
			known->type = COLUMN_ANY;
		/* The object may have different members in each role. */
		known->is_open |= m->is_open || m->len;
	}
	shape_release(from);
}

/* Adds the fields that links can carry to pages of the role. Their types are
 * not known. */
static void add_brought(struct shape *data, const struct role *role)
{
	for (size_t i = 0; i < role->brought_count; i++) {
		struct shape carried = {0};

		shape_add(&carried, slice_str(role->brought[i]), COLUMN_ANY)
			->is_open = true;
		join_members(data, &carried);
	}
}

/* Adds the fields of the roles whose records are written. If a role gives an
 * array of objects, "data" itself becomes a value, too. */
static void add_data_of_roles(struct shape *s, const struct roles *roles)
{
	struct shape *data = add_asked(s, "data", COLUMN_JSON, NULL);
	bool has_required_fields = false;

	for (size_t i = 0; i < roles->count; i++) {
		const struct role *role = &roles->list[i];
		struct shape own = {0};

		if (!role->has_rows)
			continue;
		if (role->schema)
			has_required_fields |=
				has_required(&role->schema->fields);
		if (role->schema && is_array(role->schema)) {
			data->has_values = true;
			continue;
		}
		add_brought(data, role);
		if (!role->schema)
			continue;
		add_fields(&own, &role->schema->fields);
		join_members(data, &own);
		if (role->schema->items)
			shape_grant(s, "--items");
	}
	if (has_required_fields)
		shape_grant(s, "a required field");
}

/* Adds the members of objects that are members of the record (time, say). */
static void add_parts(struct shape *s)
{
	struct shape *time = shape_member(s, slice_str("time"));
	struct shape *json = shape_member(s, slice_str("json"));

	add_members(shape_member(s, slice_str("error")), shape_error_members);
	if (time) {
		add_members(time, shape_time_members);
		time->is_flat = true;
	}
	if (json)
		json->is_open = true;
}

/* Adds the members that a crawl adds to records. */
static void add_crawl(struct shape *s)
{
	add_asked(s, "level", COLUMN_INTEGER, "scrape crawl");
	add_asked(s, "via", COLUMN_TEXT, "scrape crawl");
	add_asked(s, "role", COLUMN_TEXT, "scrape crawl");
	add_asked(s, "lastmod", COLUMN_TEXT, "scrape crawl");
	add_asked(s, "duplicate_of", COLUMN_TEXT, "scrape crawl");
	add_asked(s, "unchanged", COLUMN_BOOLEAN, "--recrawl");
	add_asked(s, "changed", COLUMN_BOOLEAN, "--recrawl");
	add_asked(s, "new", COLUMN_BOOLEAN, "--recrawl");
	add_asked(s, "gone", COLUMN_BOOLEAN, "--recrawl");
}

/* Adds the article of a page, whose members are columns of their own. */
static void add_article(struct shape *s)
{
	struct shape *article = add_asked(s, "article", COLUMN_JSON,
					  "--article");

	add_members(article, shape_article_members);
	add_members(shape_member(article, slice_str("source")),
		    shape_source_members);
	article->is_flat = true;
}

/* Adds the place of a response in an archive. */
static void add_place(struct shape *s)
{
	struct shape *warc = add_asked(s, "warc", COLUMN_JSON, "an archive");

	add_members(warc, shape_warc_members);
	warc->is_flat = true;
	warc->use = SHAPE_PLAIN;
}

struct shape *shape_of_page(void)
{
	struct shape *s = xcalloc(1, sizeof(*s));
	struct shape *tls;

	add_members(s, shape_page_members);
	add_parts(s);
	tls = add_asked(s, "tls", COLUMN_JSON, "--tls-info");
	add_members(tls, shape_tls_members);
	tls->is_flat = true;
	add_place(s);
	add_asked(s, "item", COLUMN_INTEGER, "--items")->use = SHAPE_PLAIN;
	add_crawl(s);
	add_asked(s, "links", COLUMN_JSON, "--links");
	add_asked(s, "missing", COLUMN_JSON, "a required field");
	add_asked(s, "meta", COLUMN_JSON, "--meta")->is_open = true;
	add_article(s);
	add_asked(s, "markdown", COLUMN_TEXT, "--markdown");
	add_asked(s, "file", COLUMN_TEXT, "--format md");
	add_asked(s, "headers", COLUMN_JSON, "--headers")->is_open = true;
	add_asked(s, "body", COLUMN_TEXT, "--body");
	add_asked(s, "body_base64", COLUMN_TEXT, "--body");
	return s;
}

struct shape *shape_of_map(void)
{
	struct shape *s = xcalloc(1, sizeof(*s));

	add_members(s, shape_map_members);
	return s;
}

void shape_keep_time(struct shape *record)
{
	struct shape *time = shape_member(record, slice_str("fetched_at"));

	/* Records of items have no time. */
	if (time)
		time->use = SHAPE_ASKED;
}

void shape_grant(struct shape *s, const char *needs)
{
	for (size_t i = 0; i < s->len; i++)
		if (s->list[i].needs && !strcmp(s->list[i].needs, needs))
			s->list[i].needs = NULL;
}

static struct shape *shape_of_item(const struct schema *x)
{
	struct shape *s = xcalloc(1, sizeof(*s));

	add_members(s, shape_item_members);
	add_parts(s);
	add_place(s);
	add_crawl(s);
	add_asked(s, "missing", COLUMN_JSON, "a required field");
	add_data(s, x);
	return s;
}

static bool roles_have_data(const struct roles *roles)
{
	for (size_t i = 0; roles && i < roles->count; i++)
		if (roles->list[i].has_rows && (roles->list[i].schema ||
						roles->list[i].brought_count))
			return true;
	return false;
}

struct shape *shape_of_run(const struct parse_config *config)
{
	const struct schema *x = config->schema;
	const struct {
		const char *option;
		bool given;
	} rows[] = {
		{"--tls-info", config->tls_info},
		{"--links", config->links},
		{"--meta", config->meta},
		{"--article", config->article},
		{"--markdown", config->markdown != MARKDOWN_NOT},
		{"--headers", config->headers},
		{"--body", config->body},
	};
	const bool is_items = x && x->items;
	struct shape *s = is_items ? shape_of_item(x) : shape_of_page();

	if (config->archives)
		shape_grant(s, "an archive");
	if (config->crawl)
		shape_grant(s, "scrape crawl");
	if (config->crawl && !config->page_text)
		shape_member(s, slice_str("duplicate_of"))->needs = "--traps";
	if (is_items)
		return s;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].given)
			shape_grant(s, rows[i].option);
	if (x)
		add_data(s, x);
	else if (roles_have_data(config->roles))
		add_data_of_roles(s, config->roles);
	return s;
}

void shape_release(struct shape *s)
{
	for (size_t i = 0; i < s->len; i++) {
		free(s->list[i].name);
		shape_release(&s->list[i]);
	}
	free(s->list);
}

void shape_free(struct shape *s)
{
	if (!s)
		return;
	shape_release(s);
	free(s);
}

const struct shape *shape_fields(const struct shape *record)
{
	const struct shape *data = shape_member(record, slice_str("data"));

	return data && (data->is_open || (data->len && !data->list[0].needs))
		       ? data : NULL;
}
