/* Compares the values of options as texts. The options are rows of a table. */
#include "cmd/crawl/meaning.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "crawl/kept_options.h"

static void add_flag(struct buf *out, bool value)
{
	buf_addstr(out, value ? "on" : "off");
}

static void add_list(struct buf *out, const struct strings *list)
{
	for (size_t i = 0; i < list->len; i++)
		buf_addf(out, "%s%s", i ? " " : "", list->items[i]);
}

static void add_scope(struct buf *out, const struct options *o)
{
	buf_addstr(out, crawl_scope_name(o->crawl.scope));
}

static void add_level(struct buf *out, const struct options *o)
{
	if (o->crawl.level < CRAWL_LEVEL_MAX)
		buf_addf(out, "%u", o->crawl.level);
}

static void add_domains(struct buf *out, const struct options *o)
{
	add_list(out, &o->crawl.domains);
}

static void add_excluded(struct buf *out, const struct options *o)
{
	add_list(out, &o->crawl.excluded);
}

static void add_accepted(struct buf *out, const struct options *o)
{
	add_list(out, &o->crawl.accepted);
}

static void add_rejected(struct buf *out, const struct options *o)
{
	add_list(out, &o->crawl.rejected);
}

static void add_ignored(struct buf *out, const struct options *o)
{
	add_list(out, &o->crawl.ignored);
}

static void add_ignore_nofollow(struct buf *out, const struct options *o)
{
	add_flag(out, o->crawl.ignore_nofollow);
}

static void add_traps(struct buf *out, const struct options *o)
{
	add_flag(out, o->crawl.traps);
}

static void add_shard(struct buf *out, const struct options *o)
{
	if (o->shard.count)
		buf_addf(out, "%u/%u", o->shard.number, o->shard.count);
}

static void add_robots(struct buf *out, const struct options *o)
{
	add_flag(out, o->engine.robots);
}

static void add_agent(struct buf *out, const struct options *o)
{
	buf_addstr(out, o->crawl.agent);
}

/* Each row appends the value of an option as text. */
static const struct {
	const char *name;
	void (*add)(struct buf *out, const struct options *o);
} rows[] = {
	{"--scope", add_scope},
	{"--level", add_level},
	{"--domains", add_domains},
	{"--exclude-domains", add_excluded},
	{"--accept-regex", add_accepted},
	{"--reject-regex", add_rejected},
	{"--key-ignore", add_ignored},
	{"--ignore-nofollow", add_ignore_nofollow},
	{"--traps", add_traps},
	{"--shard", add_shard},
	{"--robots", add_robots},
	{"--robots-agent", add_agent},
};

static void warn(const char *name, const char *before, const char *value)
{
	log_warn("%s was \"%.200s\" in the previous run, and is \"%.200s\" in "
		 "this one: the new value applies to pages and links that are "
		 "read from now on", name, before, value);
}

static int update(struct frontier *f, const char *name, const char *value,
		  bool *differs)
{
	char *before = kept_options_get(frontier_database(f), name);
	int result = 0;

	if (before && strcmp(before, value) != 0) {
		warn(name, before, value);
		*differs = true;
	}
	if (!before || strcmp(before, value) != 0)
		result = kept_options_set(frontier_database(f), name,
					  value);
	free(before);
	return result;
}

bool meaning_has_other_shard(struct frontier *f, const struct options *o)
{
	char *before = kept_options_get(frontier_database(f), "--scope");
	const bool is_new = !before;
	struct buf value = {0};
	bool differs;

	free(before);
	before = kept_options_get(frontier_database(f), "--shard");
	add_shard(&value, o);
	differs = !is_new && strcmp(before ? before : "", buf_cstr(&value));
	if (differs)
		log_fatal("the crawl was begun %s%s: it cannot be continued "
			  "with another shard",
			  before && *before ? "with --shard " : "without "
								"--shard",
			  before && *before ? before : "");
	buf_release(&value);
	free(before);
	return differs;
}

int meaning_update(struct frontier *f, const struct options *o, bool *differs)
{
	struct buf value = {0};
	int result = 0;

	for (size_t i = 0; !result && i < sizeof(rows) / sizeof(*rows); i++) {
		buf_clear(&value);
		rows[i].add(&value, o);
		result = update(f, rows[i].name, buf_cstr(&value),
				differs);
	}
	buf_release(&value);
	return result;
}
