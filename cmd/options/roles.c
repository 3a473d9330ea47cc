/*
 * --follow [ROLE=]CSS: the selectors apply to every page. Role 0 is the role of
 * pages without a role, such as seeds.
 */
#include "cmd/options/roles.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/options/command_line.h"
#include "cmd/options/schema/roles_file.h"
#include "cmd/options/table.h"
#include "parse/extract/roles.h"
#include "parse/extract/schema.h"
#include "parse/library.h"

static struct roles *roles_of(struct command_line *line)
{
	if (!line->o.roles) {
		parse_global_init();
		line->o.roles = roles_new();
	}
	return line->o.roles;
}

/* Splits ROLE=CSS. A selector has no "=" outside of brackets, so the text
 * before the first "=" is a role if it has the form of a name. */
static const char *split(const char *value, struct slice *role)
{
	const char *equals = strchr(value, '=');

	*role = (struct slice){value, equals ? (size_t)(equals - value) : 0};
	if (equals && role_name_is_valid(*role))
		return equals + 1;
	*role = (struct slice){0};
	return value;
}

/* Returns the number of a role; adds the role if it is new. */
static unsigned get_role(struct roles *roles, struct slice name)
{
	const int found = name.len ? roles_find(roles, name) : 0;
	unsigned number;
	char *text;

	if (found >= 0)
		return (unsigned)found;
	text = xmemdup(name.p, name.len);
	number = roles_add(roles, text);
	free(text);
	return number;
}

/* Adds the selector to the pages without a role; share_selectors() copies it to
 * all roles. */
int opt_follow(const struct option_use *use)
{
	struct roles *roles = roles_of(use->line);
	struct slice name;
	const char *css = split(use->value, &name);
	unsigned to;

	if (roles->is_from_file) {
		buf_addstr(use->why, "the \"pages\" of --extract say which "
				     "links are followed: add it to the "
				     "\"follow\" of a role there");
		return -1;
	}
	if (!roles->count)
		roles_add(roles, NULL);
	if (roles->count == ROLES_MAX) {
		buf_addf(use->why, "over %d roles", ROLES_MAX);
		return -1;
	}
	to = get_role(roles, name);
	return role_add_follow(&roles->list[0], css, to, use->why);
}

int roles_read(const struct option_use *use, json_t *json)
{
	struct roles *roles;

	if (use->line->command->bit != FOR_CRAWL) {
		buf_addstr(use->why, "pages: roles are for scrape crawl, which "
				     "follows links");
		return -1;
	}
	roles = roles_of(use->line);
	if (roles->is_from_file) {
		buf_addstr(use->why, "pages: another file has them already");
		return -1;
	}
	if (roles->count) {
		buf_addstr(use->why, "pages: a role says which links are "
				     "followed (\"follow\"), so leave out "
				     "--follow");
		return -1;
	}
	return roles_file_read(roles, json, use->why);
}

/* Returns the names of all roles, to be freed. */
static char *join_names(const struct roles *roles)
{
	struct buf names = {0};

	for (size_t i = 0; roles && i < roles->count; i++)
		if (roles->list[i].name)
			buf_addf(&names, "%s%s", names.len ? ", " : "",
				 roles->list[i].name);
	buf_cstr(&names);
	return buf_detach(&names);
}

static int fail_rows(struct command_line *line, struct slice name)
{
	char *names = join_names(line->o.roles);

	if (*names)
		command_line_fail(line, "--rows: there is no role \"%.*s\"; "
				  "there are %.500s", (int)name.len, name.p,
				  names);
	else
		command_line_fail(line, "--rows ROLE needs roles: --follow "
				  "ROLE=CSS, or \"pages\" in the file of "
				  "--extract");
	free(names);
	return -1;
}

/* Marks the roles that --rows names. */
static int apply_rows(struct command_line *line)
{
	struct roles *roles = line->o.roles;
	const char *s = line->o.crawl.rows;

	for (size_t i = 0; s && roles && i < roles->count; i++)
		roles->list[i].has_rows = false;
	while (s) {
		const struct slice name = {s, strcspn(s, ",")};
		const int found = roles ? roles_find(roles, name) : -1;

		if (found < 0)
			return fail_rows(line, name);
		roles->list[found].has_rows = true;
		s = name.p[name.len] ? name.p + name.len + 1 : NULL;
	}
	return 0;
}

/* Copies the selectors of pages without a role to all other roles. */
static void share_selectors(struct roles *roles)
{
	struct buf why = {0};

	for (size_t i = 1; i < roles->count; i++)
		for (size_t k = 0; k < roles->list[0].follow_count; k++) {
			const struct role_follow *f = &roles->list[0].follow[k];

			/* No error is possible: the selector has been compiled
			 * before. */
			(void)role_add_follow(&roles->list[i], f->query, f->to,
					      &why);
		}
	buf_release(&why);
}

int roles_check_fields(const struct command_line *line)
{
	const struct roles *roles = line->o.roles;

	if (!roles || !roles->is_from_file || !line->o.schema)
		return 0;
	return command_line_fail(line, "the file of --extract has \"pages\": "
				 "each role there has its fields and its "
				 "\"each\", so leave out --select, --xpath, "
				 "--jq, --each, --items and other files");
}

int roles_finish_options(struct command_line *line)
{
	struct roles *roles = line->o.roles;
	struct crawl_options *crawl = &line->o.crawl;

	if (apply_rows(line))
		return -1;
	if (roles && !roles->is_from_file)
		share_selectors(roles);
	/* With roles, only links decide which pages are requested. */
	if (roles && crawl->sitemaps == SITEMAPS_DEFAULT &&
	    !crawl->sitemap_urls.len)
		crawl->sitemaps = SITEMAPS_OFF;
	line->o.engine.parse.roles = roles;
	return 0;
}

bool roles_have_items(const struct options *o)
{
	const struct roles *roles = o->roles;

	for (size_t i = 0; roles && i < roles->count; i++)
		if (roles->list[i].schema && roles->list[i].schema->items)
			return true;
	return o->schema && o->schema->items;
}

void roles_trace_filters(const struct options *o)
{
	const struct roles *roles = o->roles;

	if (o->schema)
		schema_trace(o->schema);
	for (size_t i = 0; roles && i < roles->count; i++)
		if (roles->list[i].schema)
			schema_trace(roles->list[i].schema);
}
