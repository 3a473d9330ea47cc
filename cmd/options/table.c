/* The table of options, and how rows are found and suggested. */
#include "cmd/options/table.h"

#include <string.h>

#include "base/mem.h"
#include "base/suggest.h"
#include "base/units.h"
#include "cmd/options/compare.h"
#include "cmd/options/setters.h"
#include "parse/extract/schema.h"

#define AT(member) offsetof(struct command_line, member)

/* name, letter, argument, group, help, set, at, min, max, negatable */
const struct option_row option_rows[] = {
	{"output", 'o', "FILE", GROUP_OUTPUT,
	 "write records to FILE (standard output)",
	 opt_output, AT(o.output), 0, 0, false},
	{"format", 0, "NAME", GROUP_OUTPUT,
	 "jsonl, json, csv, tsv; sqlite with -o (jsonl)",
	 opt_format, AT(o.format), 0, 0, false},
	{"csv-safe", 0, NULL, GROUP_OUTPUT,
	 "csv, tsv: no cell can be a formula",
	 opt_flag, AT(o.csv_safe), 0, 0, true},
	{"ordered", 0, NULL, GROUP_OUTPUT,
	 "records in input order, not as they finish",
	 opt_flag, AT(o.ordered), 0, 0, true},
	{"resume", 0, NULL, GROUP_OUTPUT,
	 "continue a run: skip what -o FILE already has",
	 opt_flag, AT(o.resume), 0, 0, true},
	{"links", 0, NULL, GROUP_OUTPUT,
	 "add the page's links, absolute",
	 opt_flag, AT(o.engine.parse.links), 0, 0, true},
	{"headers", 0, NULL, GROUP_OUTPUT,
	 "add the response's headers",
	 opt_flag, AT(o.engine.parse.headers), 0, 0, true},
	{"body", 0, NULL, GROUP_OUTPUT,
	 "add the body, as text or base64",
	 opt_flag, AT(o.engine.parse.body), 0, 0, true},
	{"fail", 'f', NULL, GROUP_OUTPUT,
	 "a status >= 400 is an error; errors: exit 1",
	 opt_flag, AT(o.engine.parse.fail), 0, 0, true},
	{"summary", 0, "FILE", GROUP_OUTPUT,
	 "write counts and latencies as JSON at the end",
	 opt_file_out, AT(o.summary), 0, 0, false},
	{"report", 0, "FILE", GROUP_OUTPUT,
	 "write a page with figures (HTML) at the end",
	 opt_file_out, AT(o.report), 0, 0, false},

	{"select", 0, "NAME=CSS", GROUP_EXTRACTION,
	 "a field of data: NAME=h1, NAME[]=a::attr(href)",
	 opt_field, 0, FIELD_CSS, 0, false},
	{"xpath", 0, "NAME=XPATH", GROUP_EXTRACTION,
	 "a field by XPath 1.0",
	 opt_field, 0, FIELD_XPATH, 0, false},
	{"jq", 0, "NAME=FILTER", GROUP_EXTRACTION,
	 "a field of a JSON body by a jq filter",
	 opt_field, 0, FIELD_JQ, 0, false},
	{"each", 0, "CSS", GROUP_EXTRACTION,
	 "an object for each match, fields inside it",
	 opt_each, 0, 0, 0, false},
	{"items", 0, NULL, GROUP_EXTRACTION,
	 "with --each: a line for each object",
	 opt_items, 0, 0, 0, true},
	{"extract", 0, "FILE", GROUP_EXTRACTION,
	 "fields from a file: nested, with types (JSON)",
	 opt_extract, 0, 0, 0, false},
	{"base-url", 0, "URL", GROUP_EXTRACTION,
	 "extract: base URL of the files, for links",
	 opt_base_url, AT(o.base_url), 0, 0, false},
	{"type", 0, "NAME", GROUP_EXTRACTION,
	 "type of bodies: html, xml, json, jsonl, text",
	 opt_type, AT(o.engine.parse.type), 0, 0, false},
	{"charset", 0, "NAME", GROUP_EXTRACTION,
	 "encoding of bodies, overrides their own",
	 opt_charset, AT(o.engine.parse.charset), 0, 0, false},
	{"meta", 0, NULL, GROUP_EXTRACTION,
	 "add the page's own metadata",
	 opt_flag, AT(o.engine.parse.meta), 0, 0, true},

	{"spec", 0, "FILE", GROUP_GATHER,
	 "endpoints to request, JSON (see the man page)",
	 opt_spec, AT(o.spec), 0, 0, false},
	{"var", 0, "NAME=VALUE", GROUP_GATHER,
	 "for ${NAME} in the spec; repeatable",
	 opt_var, AT(o.vars), 0, 0, false},
	{"dry-run", 0, NULL, GROUP_GATHER,
	 "print the requests without making any",
	 opt_flag, AT(o.dry_run), 0, 0, true},
	{"stream", 0, NULL, GROUP_GATHER,
	 "a JSON line for each item, as they come",
	 opt_flag, AT(o.stream), 0, 0, true},
	{"fail-early", 0, NULL, GROUP_GATHER,
	 "the first failure cancels the rest",
	 opt_flag, AT(o.fail_early), 0, 0, true},

	{"compare", 0, NULL, GROUP_COMPARE,
	 "the same as the command",
	 opt_nothing, 0, 0, 0, false},
	{"modes", 0, "M,M...", GROUP_COMPARE,
	 "modes to run (serial,threads,async,fork)",
	 opt_modes, AT(o.compare), 0, 0, false},
	{"repeat", 0, "N", GROUP_COMPARE,
	 "runs of each mode (3; of a workload 5)",
	 opt_number, AT(o.compare.repeat), 1, 1000, false},
	{"sweep", 0, "NAME=N,N...", GROUP_COMPARE,
	 "also with each concurrency=N or workers=N",
	 opt_sweep, AT(o.compare), 0, 0, false},
	{"workload", 0, "NAME", GROUP_COMPARE,
	 "a built-in list and server, see below",
	 opt_workload, AT(o.compare.workload), 0, 0, false},
	{"format", 0, "NAME", GROUP_COMPARE,
	 "table, json or html (table)",
	 opt_compare_format, AT(o.compare.format), 0, 0, false},
	{"output", 'o', "FILE", GROUP_COMPARE,
	 "write the result to FILE (standard output)",
	 opt_output, AT(o.output), 0, 0, false},

	{"parallel-max", 'P', "N", GROUP_LIMITS,
	 "requests in flight, all hosts (64)",
	 opt_number, AT(o.engine.fetch.parallel_max), 1, 20000, false},
	{"parallel-max-host", 0, "N", GROUP_LIMITS,
	 "requests in flight, each host (8)",
	 opt_number, AT(o.engine.fetch.parallel_max_host), 1, 20000, false},
	{"rate", 0, "N/UNIT", GROUP_LIMITS,
	 "starts per s, m or h, all hosts: 100/s",
	 opt_rate, AT(o.engine.limits.interval), 0, 0, false},
	{"host-rate", 0, "N/UNIT", GROUP_LIMITS,
	 "starts per s, m or h, each host: 30/m",
	 opt_rate, AT(o.engine.limits.host_interval), 0, 0, false},
	{"max-time", 'm', "SECONDS", GROUP_LIMITS,
	 "for one attempt; 0: no limit (30)",
	 opt_seconds, AT(o.engine.fetch.max_time), 0, UNITS_SECONDS_MAX, false},
	{"connect-timeout", 0, "SECONDS", GROUP_LIMITS,
	 "for DNS and connecting; 0: 300 (10)",
	 opt_seconds, AT(o.engine.fetch.connect_timeout), 0, 300, false},
	{"retry", 0, "N", GROUP_LIMITS,
	 "further attempts of idempotent requests (2)",
	 opt_number, AT(o.engine.fetch.retry), 0, 1000000, false},
	{"retry-max-time", 0, "SECONDS", GROUP_LIMITS,
	 "no retry after that; 0: no limit (60)",
	 opt_seconds, AT(o.engine.fetch.retry_max_time), 0, 0, false},
	{"max-redirs", 0, "N", GROUP_LIMITS,
	 "redirects followed; -1: no limit (10)",
	 opt_redirects, AT(o.engine.fetch.max_redirs), 0, 0, false},
	{"max-filesize", 0, "BYTES", GROUP_LIMITS,
	 "decoded body; k, M, G; 0: no limit (16M)",
	 opt_size, AT(o.engine.fetch.max_filesize), 0, 0, false},

	{"request", 'X', "METHOD", GROUP_REQUEST,
	 "method (GET; POST with a body)",
	 opt_method, AT(o.engine.fetch.method), 0, 0, false},
	{"head", 'I', NULL, GROUP_REQUEST,
	 "method HEAD",
	 opt_flag, AT(head), 0, 0, true},
	{"header", 'H', "LINE|@FILE", GROUP_REQUEST,
	 "\"Name: value\"; \"Name:\" removes; repeatable",
	 opt_header, AT(o.engine.fetch.headers), 0, 0, false},
	{"data", 'd', "TEXT|@FILE", GROUP_REQUEST,
	 "form data, joined by &; implies POST",
	 opt_data, 0, DATA_TEXT, 0, false},
	{"data-raw", 0, "TEXT", GROUP_REQUEST,
	 "the same, @ is not special",
	 opt_data, 0, DATA_RAW, 0, false},
	{"data-binary", 0, "TEXT|@FILE", GROUP_REQUEST,
	 "the same, line ends of a file are kept",
	 opt_data, 0, DATA_BINARY, 0, false},
	{"json", 0, "TEXT|@FILE", GROUP_REQUEST,
	 "JSON body, with its headers; implies POST",
	 opt_data, 0, DATA_AS_JSON, 0, false},
	{"user-agent", 'A', "TEXT", GROUP_REQUEST,
	 "\"\": send none (scrape/VERSION)",
	 opt_string, AT(o.engine.fetch.user_agent), 0, 0, false},
	{"referer", 'e', "URL", GROUP_REQUEST,
	 "Referer header",
	 opt_referer, AT(o.engine.fetch.referer), 0, 0, false},
	{"cookie", 'b', "A=1|FILE", GROUP_REQUEST,
	 "send cookies and keep those set; \"\": keep only",
	 opt_cookie, 0, 0, 0, false},
	{"cookie-jar", 'c', "FILE", GROUP_REQUEST,
	 "keep cookies, and write them to FILE",
	 opt_file_out, AT(o.engine.fetch.cookie_jar), 0, 0, false},
	{"compressed", 0, NULL, GROUP_REQUEST,
	 "ask for compressed bodies (always done)",
	 opt_nothing, 0, 0, 0, false},
	{"location", 'L', NULL, GROUP_REQUEST,
	 "follow redirects (the default)",
	 opt_flag, AT(location), 0, 0, true},
	{"url", 0, "URL", GROUP_REQUEST,
	 "a SOURCE that is a URL",
	 opt_url, 0, 0, 0, false},
	{"proto-default", 0, "SCHEME", GROUP_REQUEST,
	 "for input without a scheme (https)",
	 opt_scheme, AT(o.engine.fetch.proto_default), 0, 0, false},

	{"user", 'u', "USER:PASS|@FILE", GROUP_LOGIN,
	 "Basic authentication",
	 opt_login, AT(o.engine.fetch.user), 0, 0, false},
	{"oauth2-bearer", 0, "TOKEN|@FILE", GROUP_LOGIN,
	 "bearer token",
	 opt_bearer, AT(o.engine.fetch.bearer), 1, 0, false},
	{"netrc", 'n', NULL, GROUP_LOGIN,
	 "logins from ~/.netrc",
	 opt_flag, AT(o.engine.fetch.netrc), 0, 0, true},

	{"proxy", 'x', "URL", GROUP_NETWORK,
	 "\"\": none (the environment's, as curl)",
	 opt_string, AT(o.engine.fetch.proxy), 0, 0, false},
	{"noproxy", 0, "HOSTS", GROUP_NETWORK,
	 "hosts reached without a proxy",
	 opt_string, AT(o.engine.fetch.noproxy), 0, 0, false},
	{"resolve", 0, "HOST:PORT:ADDR", GROUP_NETWORK,
	 "use that address; repeatable",
	 opt_list, AT(o.engine.fetch.resolve), 1, 0, false},
	{"dns-servers", 0, "ADDRS", GROUP_NETWORK,
	 "DNS servers, joined by , (the system's)",
	 opt_string, AT(o.engine.fetch.dns_servers), 1, 0, false},
	{"ipv4", '4', NULL, GROUP_NETWORK,
	 "IPv4 addresses only",
	 opt_choice, AT(o.engine.fetch.ip_version), IP_4, 0, false},
	{"ipv6", '6', NULL, GROUP_NETWORK,
	 "IPv6 addresses only",
	 opt_choice, AT(o.engine.fetch.ip_version), IP_6, 0, false},
	{"http1.1", 0, NULL, GROUP_NETWORK,
	 "HTTP/1.1 only",
	 opt_choice, AT(o.engine.fetch.http_version), HTTP_1_1, 0, false},
	{"http2", 0, NULL, GROUP_NETWORK,
	 "HTTP/2 where the server speaks it",
	 opt_choice, AT(o.engine.fetch.http_version), HTTP_2, 0, false},
	{"allow-private", 0, NULL, GROUP_NETWORK,
	 "redirects may lead to private addresses",
	 opt_flag, AT(o.engine.fetch.allow_private), 0, 0, true},

	{"insecure", 'k', NULL, GROUP_TLS,
	 "do not verify the server",
	 opt_flag, AT(o.engine.fetch.insecure), 0, 0, true},
	{"cacert", 0, "FILE", GROUP_TLS,
	 "trusted authorities (the system's)",
	 opt_string, AT(o.engine.fetch.cacert), 1, 0, false},
	{"cert", 'E', "FILE", GROUP_TLS,
	 "client certificate",
	 opt_string, AT(o.engine.fetch.cert), 1, 0, false},
	{"key", 0, "FILE", GROUP_TLS,
	 "its private key",
	 opt_string, AT(o.engine.fetch.key), 1, 0, false},

	{"mode", 0, "NAME", GROUP_RUN,
	 "how requests are run, see below",
	 opt_mode, AT(o.engine.mode), 0, 0, false},
	{"workers", 0, "N", GROUP_RUN,
	 "parser workers (one per CPU)",
	 opt_number, AT(o.engine.workers), 1, 1024, false},
	{"parse-timeout", 0, "SECONDS", GROUP_RUN,
	 "for one page, see below; 0: no limit (10)",
	 opt_seconds, AT(o.engine.parse_timeout), 0, 0, false},
	{"parse-memory", 0, "BYTES", GROUP_RUN,
	 "of all pages being parsed; 0: no limit (1G)",
	 opt_size, AT(o.engine.parse_memory), 0, 0, false},
	{"require-sandbox", 0, NULL, GROUP_RUN,
	 "fork: exit 3 if pages cannot be sandboxed",
	 opt_flag, AT(o.engine.require_sandbox), 0, 0, true},

	{"config", 'K', "FILE", GROUP_GENERAL,
	 "options from a file, as curl's",
	 opt_config, 0, 0, 0, false},
	{"progress-meter", 0, NULL, GROUP_GENERAL,
	 "on standard error (when a terminal)",
	 opt_meter, AT(meter), 0, 0, true},
	{"silent", 's', NULL, GROUP_GENERAL,
	 "no messages but fatal ones",
	 opt_flag, AT(silent), 0, 0, true},
	{"show-error", 'S', NULL, GROUP_GENERAL,
	 "fatal messages with -s too (always done)",
	 opt_nothing, 0, 0, 0, false},
	{"verbose", 'v', NULL, GROUP_GENERAL,
	 "log the outcome of each request",
	 opt_flag, AT(verbose), 0, 0, true},
	{"help", 'h', NULL, GROUP_GENERAL,
	 "this text",
	 opt_help, 0, 0, 0, false},
	{"version", 'V', NULL, GROUP_GENERAL,
	 "versions of scrape and its libraries",
	 opt_version, 0, 0, 0, false},

	{.name = NULL},
};

/* Options whose commands differ from their group's. */
static const struct {
	const char *name;
	unsigned bits;
} exceptions[] = {
	{"output", FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER},
	{"summary", FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER},
	{"headers", FOR_SCRAPE},
	{"resume", FOR_SCRAPE},
	{"base-url", FOR_EXTRACT},
	{"charset", FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER},
	{"max-filesize", FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER},
	/* These are of each request; endpoints of a spec have their own. */
	{"request", FOR_SCRAPE},
	{"head", FOR_SCRAPE},
	{"data", FOR_SCRAPE},
	{"data-raw", FOR_SCRAPE},
	{"data-binary", FOR_SCRAPE},
	{"json", FOR_SCRAPE},
	{"url", FOR_SCRAPE},
	{"proto-default", FOR_SCRAPE},
};

static unsigned row_commands(const struct option_row *row)
{
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(*exceptions); i++)
		if (!strcmp(exceptions[i].name, row->name))
			return exceptions[i].bits;
	switch (row->group) {
	case GROUP_OUTPUT:
	case GROUP_EXTRACTION:
		return FOR_SCRAPE | FOR_EXTRACT;
	case GROUP_GATHER:
		return FOR_GATHER;
	case GROUP_LIMITS:
	case GROUP_REQUEST:
	case GROUP_LOGIN:
	case GROUP_NETWORK:
	case GROUP_TLS:
		return FOR_SCRAPE | FOR_GATHER;
	default:
		return FOR_SCRAPE | FOR_EXTRACT | FOR_GATHER;
	}
}

unsigned option_is_for(const struct option_row *row)
{
	/* compare passes on what fetching takes, except these. */
	static const char *const excluded[] = {"output", "format", "summary",
					       "report", "resume", "cookie-jar",
					       "mode",	 "verbose"};
	unsigned bits = row_commands(row);

	if (row->group == GROUP_COMPARE)
		return FOR_COMPARE;
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

/* Restricts suggestions. */
struct suggestion {
	bool no;	/* only options with --no-NAME */
	unsigned bit;	/* the command's */
};

static bool is_candidate(const struct option_row *row,
			 const struct suggestion *s)
{
	return (row->negatable || !s->no) && option_is_for(row) & s->bit;
}

/* Returns the only row whose name begins with name; NULL if there is none or
 * several. */
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
		if (!r || !suggest_is_near(bare, distance))
			return NULL;
	}
	return xasprintf("%s%s", s.no ? "no-" : "", r->name);
}
