/* Finds rows in the table of options, and suggests them for unknown names. */
#include "cmd/options/table.h"

#include <string.h>

#include "base/mem.h"
#include "base/suggest.h"

/* Options that are not for all commands of their group. */
static const struct {
	const char *name;
	unsigned bits;
} exceptions[] = {
	{"output", FOR_SCRAPE | FOR_EXTRACT | FOR_TABLE},
	{"format", FOR_SCRAPE | FOR_EXTRACT},
	{"columns", FOR_SCRAPE | FOR_EXTRACT | FOR_TABLE},
	{"table", FOR_SCRAPE | FOR_EXTRACT | FOR_TABLE},
	{"upsert", FOR_SCRAPE | FOR_EXTRACT | FOR_TABLE},
	{"color", FOR_SCRAPE | FOR_EXTRACT | FOR_DIFF | FOR_CHECK},
	{"bom", FOR_SCRAPE | FOR_EXTRACT | FOR_TABLE},
	{"csv-safe", FOR_SCRAPE | FOR_EXTRACT | FOR_TABLE},
	{"progress-meter", FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER},
	{"progress-bar", FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER},
	{"verbose", FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER},
	{"summary", FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER},
	{"fail-over", FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER},
	{"headers", FOR_SCRAPE | FOR_EXTRACT},
	{"tls-info", FOR_SCRAPE},
	{"resume", FOR_SCRAPE},
	{"robots", FOR_SCRAPE},
	{"robots-agent", FOR_SCRAPE},
	{"retry-failed", FOR_SCRAPE},
	{"unique", FOR_SCRAPE},
	{"shard", FOR_SCRAPE},
	{"fleet", FOR_SCRAPE},
	{"fleet-volatile", FOR_SCRAPE},
	{"base-url", FOR_EXTRACT},
	{"records", FOR_EXTRACT},
	{"charset", FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER},
	{"max-filesize", FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER},
	/* Options about each request; the endpoints of a spec define their
	 * own. */
	{"request", FOR_SCRAPE},
	{"head", FOR_SCRAPE},
	{"data", FOR_SCRAPE},
	{"data-raw", FOR_SCRAPE},
	{"data-binary", FOR_SCRAPE},
	{"data-urlencode", FOR_SCRAPE},
	{"json", FOR_SCRAPE},
	{"form", FOR_SCRAPE},
	{"form-string", FOR_SCRAPE},
	{"get", FOR_SCRAPE},
	{"url-query", FOR_SCRAPE},
	{"dry-run", FOR_SCRAPE},
	{"print-curl", FOR_SCRAPE},
	{"print-secrets", FOR_SCRAPE},
	{"path-as-is", FOR_SCRAPE},
	{"globoff", FOR_SCRAPE},
	{"url", FOR_SCRAPE},
	{"input-format", FOR_SCRAPE},
	{"column", FOR_SCRAPE},
	{"proto-default", FOR_SCRAPE},
};

static unsigned row_commands(const struct option_row *row)
{
	/* For some option names of other commands, crawl and gather have rows
	 * of their own. */
	if (row->group == GROUP_CRAWL)
		return FOR_CRAWL;
	if (row->group == GROUP_WATCH)
		return FOR_WATCH;
	if (row->group == GROUP_TABLE)
		return FOR_TABLE;
	if (row->group == GROUP_GATHER)
		return FOR_GATHER;
	if (row->group == GROUP_DIFF)
		return FOR_DIFF;
	if (row->group == GROUP_CHECK)
		return FOR_CHECK;
	if (row->group == GROUP_MERGE)
		return FOR_MERGE;
	if (row->group == GROUP_COLLECT)
		return FOR_FLEET;
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(*exceptions); i++)
		if (!strcmp(exceptions[i].name, row->name))
			return exceptions[i].bits;
	switch (row->group) {
	case GROUP_OUTPUT:
	case GROUP_EXTRACTION:
		return FOR_SCRAPE | FOR_EXTRACT;
	case GROUP_LIMITS:
	case GROUP_REQUEST:
	case GROUP_LOGIN:
	case GROUP_NETWORK:
	case GROUP_TLS:
		return FOR_SCRAPE | FOR_GATHER;
	case GROUP_GENERAL:
		return FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER |
		       FOR_RECORDS | FOR_FLEET;
	default:
		return FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER;
	}
}

/* Rows of scrape that are not for crawl: options for a list of requests, and
 * options for which crawl has rows of its own. */
static const char *const not_for_crawl[] = {
	"ordered", "unique", "request", "head", "data",
	"data-raw", "data-binary", "data-urlencode", "json", "form",
	"form-string", "get", "url-query", "path-as-is", "pretty", "compact", "color",
	"input-format", "column", "resume",
	"retry-failed", "dry-run", "print-curl", "print-secrets", NULL,
};

static bool is_named(const struct option_row *row, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(row->name, *names))
			return true;
	return false;
}

/* Returns true for the options about fetching that check has, too. */
static bool is_for_check(const struct option_row *row)
{
	switch (row->group) {
	case GROUP_INPUT:
	case GROUP_LIMITS:
	case GROUP_LOGIN:
	case GROUP_NETWORK:
	case GROUP_TLS:
	case GROUP_RUN:
	case GROUP_GENERAL:
		return true;
	case GROUP_REQUEST:
		return !is_named(row, not_for_crawl);
	default:
		return false;
	}
}

/* Returns true for options of scrape that watch has, too: those about requests,
 * and those about the members of records. */
static bool is_for_watch(const struct option_row *row)
{
	static const char *const output[] = {
		"links", "headers", "tls-info", "body", "fail", "summary",
		NULL,
	};
	static const char *const excluded[] = {
		"items", "base-url", "records", "progress-meter",
		"progress-bar", NULL,
	};

	switch (row->group) {
	case GROUP_OUTPUT:
		return is_named(row, output);
	case GROUP_INPUT:
	case GROUP_EXTRACTION:
	case GROUP_LIMITS:
	case GROUP_REQUEST:
	case GROUP_LOGIN:
	case GROUP_NETWORK:
	case GROUP_TLS:
	case GROUP_RUN:
	case GROUP_GENERAL:
		return !is_named(row, excluded);
	default:
		return false;
	}
}

unsigned option_is_for(const struct option_row *row)
{
	/* compare passes on all options about fetching except these. */
	static const char *const excluded[] = {"output", "format", "summary",
					       "report", "resume",
					       "retry-failed", "cookie-jar",
					       "mode",	 "verbose",
					       "fail-over", "columns", "bom",
					       "table",	 "upsert", "csv-safe",
					       "pretty", "compact", "color",
					       "log", "log-format", "shard",
					       "dry-run", "print-curl",
					       "print-secrets", "fleet",
					       "fleet-volatile"};
	unsigned bits = row_commands(row);

	if (bits & FOR_SCRAPE && !is_named(row, not_for_crawl))
		bits |= FOR_CRAWL;
	if (is_for_check(row))
		bits |= FOR_CHECK;
	if (is_for_watch(row))
		bits |= FOR_WATCH;
	if (row->group == GROUP_COMPARE)
		return FOR_COMPARE;
	if (row->group == GROUP_ARCHIVE)
		return FOR_SCRAPE | FOR_CRAWL;
	for (size_t i = 0; i < sizeof(excluded) / sizeof(*excluded); i++)
		if (!strcmp(excluded[i], row->name))
			return bits;
	return bits & FOR_SCRAPE ? bits | FOR_COMPARE : bits;
}

const struct option_row *option_variant(const struct option_row *row,
					unsigned command)
{
	for (const struct option_row *r = option_rows; r->name; r++)
		if (!strcmp(r->name, row->name) && option_is_for(r) & command)
			return r;
	return row;
}

const struct option_row *option_by_name(const char *name, size_t len)
{
	for (const struct option_row *r = option_rows; r->name; r++)
		if (strlen(r->name) == len && !memcmp(r->name, name, len))
			return r;
	return NULL;
}

const struct option_row *option_by_letter(char letter)
{
	for (const struct option_row *r = option_rows; r->name; r++)
		if (r->letter && r->letter == letter)
			return r;
	return NULL;
}

/* Conditions for a suggestion. */
struct suggestion {
	bool no;	/* suggest only options that have a --no-NAME */
	unsigned bit;	/* suggest only options of the command with this bit */
};

static bool is_candidate(const struct option_row *row,
			 const struct suggestion *s)
{
	return (row->negatable || !s->no) && option_is_for(row) & s->bit;
}

/* Returns the only row whose name begins with the given text; NULL if there is
 * no such row, or if there are several. */
static const struct option_row *only_prefix_match(const char *name,
						  const struct suggestion *s)
{
	const struct option_row *found = NULL;

	for (const struct option_row *r = option_rows; r->name; r++) {
		if (!is_candidate(r, s) ||
		    strncmp(r->name, name, strlen(name)) != 0)
			continue;
		if (found)
			return NULL;
		found = r;
	}
	return found;
}

static const struct option_row *
nearest_row(const char *name, const struct suggestion *s, size_t *distance)
{
	const struct option_row *best = NULL;

	for (const struct option_row *r = option_rows; r->name; r++) {
		const size_t d = suggest_distance(name, r->name);

		if (!is_candidate(r, s) || (best && d >= *distance))
			continue;
		best = r;
		*distance = d;
	}
	return best;
}

char *option_suggest(const char *name, unsigned bit)
{
	const struct suggestion s = {!strncmp(name, "no-", 3), bit};
	const char *bare = s.no ? name + 3 : name;
	const struct option_row *r;
	size_t distance = 0;

	if (!*bare)
		return NULL;
	r = only_prefix_match(bare, &s);
	if (!r) {
		r = nearest_row(bare, &s, &distance);
		if (!r || !suggest_is_near(bare, r->name, distance))
			return NULL;
	}
	return xasprintf("%s%s", s.no ? "no-" : "", r->name);
}
