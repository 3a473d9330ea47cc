/* --select, --xpath, --jq, --each and --extract, which together make one
 * schema; and the options about the type, encoding and base URL of bodies. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/mem.h"
#include "cmd/options/audit.h"
#include "cmd/options/extraction.h"
#include "cmd/options/roles.h"
#include "cmd/options/schema/schema_file.h"
#include "cmd/options/setters.h"
#include "cmd/options/table.h"
#include "cmd/warc/reader/recognise.h"
#include "parse/encoding/charset.h"
#include "parse/encoding/media_type.h"
#include "parse/extract/roles.h"
#include "parse/extract/schema.h"
#include "parse/library.h"

static struct schema *schema_of(const struct option_use *use)
{
	struct options *o = &use->line->o;

	if (!o->schema) {
		parse_global_init();
		o->schema = schema_new();
	}
	return o->schema;
}

/* Adds a field by CSS; the queries of the program itself are right. */
static void add_field(struct schema *x, const char *name, const char *query)
{
	struct buf why = {0};
	struct field *field;
	const int err = schema_add(x, &x->fields, name, FIELD_CSS, query,
				   &field, &why);

	assert(!err);
	(void)err;
	buf_release(&why);
}

/* Returns the ending of the output's name, with its dot; NULL if there is
 * none. */
static const char *output_ending(const struct options *o)
{
	const char *ending = o->output ? strrchr(o->output, '.') : NULL;

	return ending && !strchr(ending, '/') ? ending : NULL;
}

/* Sets the format of check or diff by the extension of the output's name. last:
 * the last format that the command has. */
static void choose_audit_format(const struct options *o,
				enum audit_format *format,
				enum audit_format last)
{
	static const struct {
		const char *ending;
		enum audit_format format;
	} rows[] = {
		{".html", AUDIT_HTML},
		{".htm", AUDIT_HTML},
		{".md", AUDIT_MARKDOWN},
		{".csv", AUDIT_CSV},
		{".xml", AUDIT_JUNIT},
		{".txt", AUDIT_TABLE},
		{".jsonl", AUDIT_JSONL},
		{".ndjson", AUDIT_JSONL},
		{".json", AUDIT_JSONL},
	};
	const char *ending = output_ending(o);

	if (*format != AUDIT_AUTO || !ending)
		return;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcasecmp(ending, rows[i].ending) &&
		    rows[i].format <= last)
			*format = rows[i].format;
}

void audit_format_hint(const struct command_line *line)
{
	const struct options *o = &line->o;
	const bool is_check = line->command->bit == FOR_CHECK;

	if (!(line->command->bit & (FOR_CHECK | FOR_DIFF)) ||
	    (is_check ? o->check.format : o->diff.format) != AUDIT_AUTO ||
	    !output_ending(o))
		return;
	log_warn("%.200s gets lines of JSON, because its ending stands for no "
		 "format; --format table, md, html%s writes another one",
		 o->output, is_check ? ", csv or junit" : " or csv");
}

void check_options_apply(struct command_line *line)
{
	struct options *o = &line->o;

	if (line->command->bit == FOR_DIFF)
		choose_audit_format(o, &o->diff.format, AUDIT_CSV);
	if (line->command->bit != FOR_CHECK)
		return;
	choose_audit_format(o, &o->check.format, AUDIT_JUNIT);
	o->engine.parse.meta = o->engine.parse.headers = true;
	o->engine.fetch.tls_info = true;
	o->engine.parse.links = o->check.from_page || o->check.fragments;
	parse_global_init();
	o->schema = schema_new();
	add_field(o->schema, CHECK_INSECURE "[]",
		  "img[src^='http:' i]::attr(src), "
		  "script[src^='http:' i]::attr(src), "
		  "iframe[src^='http:' i]::attr(src), "
		  "audio[src^='http:' i]::attr(src), "
		  "video[src^='http:' i]::attr(src), "
		  "source[src^='http:' i]::attr(src), "
		  "embed[src^='http:' i]::attr(src)");
	add_field(o->schema, CHECK_STYLES "[]",
		  "link[rel~=stylesheet i][href^='http:' i]::attr(href)");
	if (!o->check.fragments)
		return;
	add_field(o->schema, CHECK_IDS "[]", "[id]::attr(id)");
	add_field(o->schema, CHECK_NAMES "[]", "a[name]::attr(name)");
}

int extraction_check(struct command_line *line)
{
	struct options *o = &line->o;

	if (line->command->bit != FOR_EXTRACT)
		return 0;
	for (size_t i = 0; i < line->sources_len; i++)
		o->engine.parse.archives |=
			archive_has_name(line->sources[i].text);
	if (!o->records || !o->engine.parse.headers)
		return 0;
	return command_line_fail(line, "--records and --headers contradict "
				 "each other: saved records may not have the "
				 "headers; leave one of them out");
}

int opt_field(const struct option_use *use)
{
	struct schema *x = schema_of(use);
	const char *equals = strchr(use->value, '=');
	struct field *field;
	char *name;
	int result;

	if (!equals || equals == use->value) {
		buf_addf(use->why, "must be NAME=%s, as in field=%.100s",
			 strchr(use->row->arg, '=') + 1,
			 use->value + (*use->value == '='));
		return -1;
	}
	name = xmemdup(use->value, (size_t)(equals - use->value));
	result = schema_add(x, &x->fields, name,
				(enum field_kind)use->row->min, equals + 1,
				&field, use->why);
	free(name);
	return result;
}

/* Forgets that the user's own file has an `each`, by CSS or by jq. Returns true
 * if it had one. */
static bool forget_own_each(struct strings *own)
{
	bool had = false;

	for (size_t i = own->len; i-- > 0;) {
		if (strncmp(own->items[i], "each", 4) != 0)
			continue;
		own->items[i] = own->items[--own->len];
		had = true;
	}
	return had;
}

int opt_each(const struct option_use *use)
{
	if (!use->line->is_default_file && forget_own_each(&use->line->own))
		schema_drop_each(schema_of(use));
	return use->row->min == FIELD_JQ
		       ? schema_each_jq(schema_of(use), use->value, use->why)
		       : schema_each(schema_of(use), use->value, use->why);
}

int opt_items(const struct option_use *use)
{
	schema_of(use)->items = !use->no;
	return 0;
}

/* Stores the name of the file in the fields that were read from it, for
 * messages. */
static void name_file(struct fields *fields, size_t from, const char *file)
{
	for (size_t i = from; i < fields->count; i++)
		fields->list[i].file = file;
}

/* Reads an --extract file that defines roles. */
static int extract_by_role(const struct option_use *use, json_t *json)
{
	const struct roles *roles;

	if (roles_read(use, json))
		return -1;
	roles = use->line->o.roles;
	for (size_t i = 0; i < roles->count; i++) {
		struct schema *x = roles->list[i].schema;

		if (!x)
			continue;
		name_file(&x->fields, 0, use->value);
		x->fields.each_file = use->value;
	}
	return 0;
}

static int extract_from_all(const struct option_use *use, json_t *json)
{
	struct fields *fields = &schema_of(use)->fields;
	const size_t before = fields->count;
	const bool had_each = fields->each_query;

	if (schema_file_read(use->line->o.schema, json, use->why))
		return -1;
	name_file(fields, before, use->value);
	if (!had_each)
		fields->each_file = use->value;
	return 0;
}

int opt_extract(const struct option_use *use)
{
	json_t *json = schema_file_load(use->value, use->why);
	int result = -1;

	if (json)
		result = json_object_get(json, "pages")
				 ? extract_by_role(use, json)
				 : extract_from_all(use, json);
	json_decref(json);
	return result;
}

/* Returns the URL without user and password: records show it as their
 * final_url, which never has a login. */
static char *without_login(const struct url *url)
{
	if (!url_username(url).len && !url_password(url).len)
		return xstrdup(url->href);
	return xasprintf("%.*s://%s", (int)url->scheme_end, url->href,
			 url->href + url->host_start);
}

int opt_base_url(const struct option_use *use)
{
	struct url url = {0};

	if (url_parse(&url, use->value, strlen(use->value), NULL)) {
		buf_addstr(use->why, "is not an absolute URL");
		return -1;
	}
	*(const char **)use->to = command_line_keep(use->line,
						    without_login(&url));
	url_release(&url);
	return 0;
}

int opt_type(const struct option_use *use)
{
	static const struct {
		const char *name;
		enum media media;
	} types[] = {
		{"auto", MEDIA_NONE}, {"html", MEDIA_HTML},
		{"xml", MEDIA_XML},   {"json", MEDIA_JSON},
		{"jsonl", MEDIA_JSON_LINES}, {"text", MEDIA_TEXT},
	};
	enum media *media = use->to;
	const size_t count = sizeof(types) / sizeof(*types);

	for (size_t i = 0; i < count; i++) {
		if (strcmp(types[i].name, use->value) != 0)
			continue;
		*media = types[i].media;
		return 0;
	}
	buf_addstr(use->why, "must be one of");
	for (size_t i = 0; i < count; i++)
		buf_addf(use->why, "%s %s", i ? "," : "", types[i].name);
	return -1;
}

int opt_markdown(const struct option_use *use)
{
	enum markdown_part *part = use->to;

	if (use->no)
		*part = MARKDOWN_NOT;
	else if (!use->value || !strcmp(use->value, "main"))
		*part = MARKDOWN_MAIN;
	else if (!strcmp(use->value, "page"))
		*part = MARKDOWN_PAGE;
	else
		buf_addstr(use->why, "must be main (the main content, the "
				     "default) or page (the whole page)");
	return use->why->len ? -1 : 0;
}

int opt_charset(const struct option_use *use)
{
	const char *name = charset_name(use->value, strlen(use->value));

	/* "replacement" is the name of encodings that are dangerous to read. */
	if (!name || !strcmp(name, "replacement")) {
		buf_addstr(use->why, "unknown encoding; give one of the web, "
				     "like utf-8, windows-1251, shift_jis or "
				     "gb18030");
		return -1;
	}
	snprintf(use->to, PARSE_CHARSET_MAX, "%s", name);
	return 0;
}
