/* Setters and checks of the options of `scrape crawl` and of `scrape watch`,
 * which both keep a state in a folder. */
#include "cmd/options/crawl.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "cmd/options/command_line.h"
#include "cmd/options/table.h"
#include "cmd/options/watch.h"
#include "cmd/output/format.h"
#include "crawl/page.h"
#include "crawl/robots.h"

/* Defaults for a host: requests in flight, and the time between two starts as a
 * share of the host's response time. */
enum { CRAWL_PER_HOST = 2 };
#define CRAWL_RESPONSE_SHARE 0.5

static const char *const scope_names[] = {
	[SCOPE_PAGE] = "page",
	[SCOPE_PREFIX] = "prefix",
	[SCOPE_HOST] = "host",
	[SCOPE_DOMAIN] = "domain",
	[SCOPE_ANY] = "any",
};

const char *crawl_scope_name(enum scope_kind kind)
{
	return scope_names[kind];
}

int opt_scope(const struct option_use *use)
{
	enum scope_kind *to = use->to;

	for (size_t i = 0; i < sizeof(scope_names) / sizeof(*scope_names); i++)
		if (!strcmp(use->value, scope_names[i])) {
			*to = (enum scope_kind)i;
			return 0;
		}
	buf_addstr(use->why, "not a scope; there are page, prefix, host, "
			     "domain and any");
	return -1;
}

/* Adds expressions, which the options have checked: only memory may be
 * short. */
static void add_regexes(struct scope *scope, const struct strings *texts,
			bool accept)
{
	struct buf why = {0};

	for (size_t i = 0; i < texts->len; i++)
		if (scope_add_regex(scope, texts->items[i], accept, &why))
			mem_exhausted();
	buf_release(&why);
}

struct scope *crawl_scope_new(const struct crawl_options *o)
{
	struct scope *scope = scope_new(o->scope);

	for (size_t i = 0; i < o->domains.len; i++)
		scope_add_domain(scope, o->domains.items[i]);
	for (size_t i = 0; i < o->excluded.len; i++)
		scope_exclude_domain(scope, o->excluded.items[i]);
	add_regexes(scope, &o->accepted, true);
	add_regexes(scope, &o->rejected, false);
	return scope;
}

static const char *const sitemaps_names[] = {
	[SITEMAPS_DEFAULT] = "",
	[SITEMAPS_AUTO] = "auto",
	[SITEMAPS_ONLY] = "only",
	[SITEMAPS_OFF] = "off",
};

int opt_only(const struct option_use *use)
{
	static const char *const names[CHANGES] = {
		[CHANGE_NONE] = "unchanged",
		[CHANGE_TEXT] = "changed",
		[CHANGE_NEW] = "new",
		[CHANGE_GONE] = "gone",
	};
	unsigned *to = use->to;

	*to = 0;
	for (const char *s = use->value;;) {
		const size_t len = strcspn(s, ",");
		unsigned i = CHANGE_NONE;

		while (i < CHANGES && (strlen(names[i]) != len ||
				       memcmp(names[i], s, len)))
			i++;
		if (i == CHANGES) {
			buf_addstr(use->why, "must be a list of unchanged, "
					     "changed, new, gone");
			return -1;
		}
		*to |= 1u << i;
		if (!s[len])
			return 0;
		s += len + 1;
	}
}

static bool is_web_url(const char *text)
{
	struct url url;
	const bool is_url = !url_parse(&url, text, strlen(text), NULL);
	const bool is_web = is_url && (url_scheme_is(&url, "http") ||
				       url_scheme_is(&url, "https"));

	url_release(&url);
	return is_web;
}

int opt_sitemaps(const struct option_use *use)
{
	struct crawl_options *o = use->to;

	for (size_t i = SITEMAPS_AUTO; i < sizeof(sitemaps_names) /
					   sizeof(*sitemaps_names); i++)
		if (!strcmp(use->value, sitemaps_names[i])) {
			o->sitemaps = (enum sitemaps_use)i;
			return 0;
		}
	if (!is_web_url(use->value)) {
		buf_addstr(use->why, "not auto, only or off, and not the URL "
				     "of a sitemap like https://a.example/s.xml");
		return -1;
	}
	command_line_add(&o->sitemap_urls, use->value);
	return 0;
}

static bool is_domain(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (strchr(" /:?#@", name.p[i]))
			return false;
	return name.len > 0;
}

int opt_domains(const struct option_use *use)
{
	const char *s = use->value;

	for (;;) {
		const size_t len = strcspn(s, ",");
		char *name;

		if (!is_domain((struct slice){s, len})) {
			buf_addstr(use->why, "not a list of domains like "
					     "example.com,example.org");
			return -1;
		}
		name = xmemdup(s, len);
		command_line_keep(use->line, name);
		command_line_add(use->to, name);
		if (!s[len])
			return 0;
		s += len + 1;
	}
}

int opt_url_regex(const struct option_use *use)
{
	struct scope *scope = scope_new(SCOPE_ANY);
	const int result = scope_add_regex(scope, use->value, true, use->why);

	scope_free(scope);
	if (!result)
		command_line_add(use->to, use->value);
	return result;
}

void crawl_set_defaults(struct command_line *line)
{
	struct options *o = &line->o;

	o->engine.robots = true;
	o->engine.limits.response_share = CRAWL_RESPONSE_SHARE;
	o->engine.parse.crawl = true;
	o->crawl.scope = SCOPE_HOST;
	o->crawl.level = CRAWL_LEVEL_MAX;
	o->crawl.max_duration = MSEC_NEVER;
	o->crawl.traps = true;
}

static void set_agent(struct command_line *line)
{
	struct engine_config *e = &line->o.engine;
	char *agent = e->robots_agent
		? xstrdup(e->robots_agent)
		: robots_default_agent(e->fetch.user_agent);

	for (char *s = agent; *s; s++)
		*s = ascii_lower(*s);
	command_line_keep(line, agent);
	line->o.crawl.agent = agent;
	snprintf(e->parse.crawl_agent, sizeof(e->parse.crawl_agent), "%s",
		 agent);
}

void crawl_apply_limits(struct command_line *line)
{
	struct engine_config *e = &line->o.engine;

	/* A limit that the user sets replaces the pause of half the response
	 * time, with which only two requests would be in flight. */
	if (e->fetch.parallel_max_host)
		e->limits.response_share = 0;
	else
		e->fetch.parallel_max_host = CRAWL_PER_HOST;
	set_agent(line);
}

/* Checks the options of --status. The other options of the crawl may be given,
 * too, and have no effect. */
static int check_status(struct command_line *line)
{
	if (line->o.crawl.state)
		return 0;
	return command_line_fail(line, "--status needs the --state DIR of the "
				 "crawl");
}

/* Returns an option that has an effect only on records, or NULL. */
static const char *option_of_records(const struct options *o)
{
	const struct parse_config *parse = &o->engine.parse;
	const struct {
		const char *name;
		bool is_given;
	} rows[] = {
		{"--links", parse->links},
		{"--headers", parse->headers},
		{"--body", parse->body},
		{"--meta", parse->meta},
		{"--article", parse->article},
		{"--markdown", parse->markdown != MARKDOWN_NOT},
		{"--tls-info", o->engine.fetch.tls_info},
		{"a field", parse->schema},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].is_given)
			return rows[i].name;
	return NULL;
}

/* Checks the options of a crawl that knows the previous one. */
static int check_recrawl(const struct command_line *line)
{
	const struct crawl_options *o = &line->o.crawl;

	if (o->recrawl && !o->state)
		return command_line_fail(line, "--recrawl needs the --state "
					 "DIR of the crawl to repeat");
	if (o->recrawl && o->map)
		return command_line_fail(line, "--recrawl compares pages: it "
					 "does not go with --map");
	if ((o->only || o->trust_lastmod) && !o->recrawl && !line->o.resume)
		return command_line_fail(line, "%s needs --recrawl",
					 o->only ? "--only"
						 : "--trust-lastmod");
	return 0;
}

int crawl_check_options(struct command_line *line)
{
	struct options *o = &line->o;
	const char *of_records = o->crawl.map ? option_of_records(o) : NULL;

	o->engine.parse.page_text = o->crawl.traps;
	o->engine.fetch.drops_logins = true;
	if (o->crawl.status)
		return check_status(line);
	if (of_records)
		return command_line_fail(line, "--map writes URLs, not "
					 "records: it does not go with %s",
					 of_records);
	if (o->retry.is_wanted && !o->resume)
		o->resume = RESUME_BY_POSITION;
	if (o->resume && !o->crawl.state)
		return command_line_fail(line, "%s needs the --state DIR of the "
					 "crawl to continue",
					 o->retry.is_wanted ? "--retry-failed"
							    : "--resume");
	if (o->retry.is_wanted && (o->crawl.map || !o->output))
		return command_line_fail(line, "--retry-failed needs the file "
					 "with the records of the crawl: -o "
					 "FILE");
	if (check_recrawl(line))
		return -1;
	if (!o->crawl.state)
		return 0;
	o->engine.parse.page_text = o->engine.parse.body_digest = true;
	if (!format_is_lines(o->format) || (o->output && strstr(o->output, "://")))
		return command_line_fail(line, "--state DIR needs the records "
					 "as JSON lines (-o FILE.jsonl or "
					 "--format jsonl); scrape table "
					 "makes a table of them");
	return 0;
}

/* --- scrape watch --------------------------------------------------------- */

int opt_every(const struct option_use *use)
{
	return timetable_read_every(use->to, use->value, use->why);
}

int watch_check_options(struct command_line *line)
{
	struct options *o = &line->o;

	if (!o->watch.state)
		return command_line_fail(line, "%s needs --state DIR, the "
					 "folder that keeps the state of "
					 "each page", o->watch.status
					 ? "--status" : "scrape watch");
	if (o->watch.status)
		return 0;
	if (!format_is_lines(o->format) ||
	    (o->output && strstr(o->output, "://")))
		return command_line_fail(line, "scrape watch writes its records "
					 "as JSON lines; scrape table makes a "
					 "table of them");
	if (!o->watch.every.every && !o->watch.once)
		o->watch.every.every = 3600000;
	o->engine.parse.page_text = o->engine.parse.body_digest = true;
	/* A watch has no end, so no progress can be shown. */
	line->meter = CHOICE_OFF;
	return 0;
}
