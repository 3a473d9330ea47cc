/*
 *	shop.d: stopped by --max-pages, last written 2026-01-31T10:30:00Z
 *	  pages     1,234 done (12 with an error, 5 with a status >= 400),
 *	            5,678 waiting, 6,912 known on 3 hosts
 *	  left out  1,204 scope, 12 trap
 *	  sitemaps  12 read, not read or only in part: 1 404
 *	            6,800 entries, 5,500 of them new pages, left out: 3 scope
 *	  output    /data/shop.jsonl
 *	  continue  scrape crawl --state shop.d --resume -o shop.jsonl ...
 *
 *	host            done  waiting  errors    bytes  robots.txt  held back
 *	shop.example   1,000    5,000      12  10.1 MB  has rules   robots 12:10
 */
#include "cmd/crawl/status/status_text.h"

#include <stdbool.h>
#include <string.h>

#include "base/printable.h"
#include "cmd/stats/number_text.h"

/* Seconds; a host that was held back for a shorter time is not listed as held
 * back. */
#define HELD_SHOWN .05

static const char *text_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static uint64_t count_of(const json_t *object, const char *name)
{
	return (uint64_t)json_integer_value(json_object_get(object, name));
}

/* Appends text of the database, which may have come from a server. */
static void add_text(struct buf *out, const char *text)
{
	printable_add(out, text, strlen(text));
}

static void add_label(struct buf *out, const char *label)
{
	buf_addf(out, "  %-10s", label);
}

static void add_counted(struct buf *out, uint64_t n, const char *what)
{
	text_add_count(out, n);
	buf_addf(out, " %s", what);
}

static bool is_end(const json_t *crawl, const char *end)
{
	const char *text = text_of(crawl, "end");

	return text && !strcmp(text, end);
}

static void add_end(struct buf *out, const json_t *crawl)
{
	static const struct {
		const char *end, *text;
	} rows[] = {
		{"complete", "complete"},
		{"interrupted", "interrupted"},
		{"failed", "stopped by an error"},
	};
	const char *end = text_of(crawl, "end");

	if (json_is_true(json_object_get(crawl, "running"))) {
		buf_addstr(out, "running");
		return;
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (is_end(crawl, rows[i].end)) {
			buf_addstr(out, rows[i].text);
			return;
		}
	if (end)
		buf_addf(out, "stopped by --%.40s", end);
	else
		buf_addstr(out, "stopped before its end (killed, or an error)");
}

static void add_head(struct buf *out, const json_t *crawl, const char *folder)
{
	const char *written = text_of(crawl, "written");

	add_text(out, folder);
	buf_addstr(out, ": ");
	add_end(out, crawl);
	if (written) {
		buf_addstr(out, ", last written ");
		add_text(out, written);
	}
	buf_addch(out, '\n');
}

static void add_pages(struct buf *out, const json_t *crawl)
{
	const uint64_t errors = count_of(crawl, "errors");
	const uint64_t bad = count_of(crawl, "bad_statuses");
	const uint64_t hosts = count_of(crawl, "hosts");

	add_label(out, "pages");
	add_counted(out, count_of(crawl, "done"), "done");
	buf_addstr(out, errors || bad ? " (" : "");
	if (errors)
		add_counted(out, errors, bad ? "with an error, "
					     : "with an error");
	if (bad)
		add_counted(out, bad, "with a status >= 400");
	buf_addstr(out, errors || bad ? "), " : ", ");
	add_counted(out, count_of(crawl, "waiting"), "waiting, ");
	add_counted(out, count_of(crawl, "known"), "known on ");
	add_counted(out, hosts, hosts == 1 ? "host" : "hosts");
	buf_addch(out, '\n');
}

/* Appends the counts in a JSON object: "1,204 scope, 12 trap". */
static void add_counts(struct buf *out, const json_t *counts)
{
	const char *name;
	json_t *count;
	bool is_first = true;

	json_object_foreach((json_t *)counts, name, count) {
		buf_addstr(out, is_first ? "" : ", ");
		text_add_count(out, (uint64_t)json_integer_value(count));
		buf_addch(out, ' ');
		add_text(out, name);
		is_first = false;
	}
}

static void add_skipped(struct buf *out, const json_t *crawl)
{
	const json_t *counts = json_object_get(crawl, "skipped");

	if (!json_object_size(counts))
		return;
	add_label(out, "left out");
	add_counts(out, counts);
	buf_addch(out, '\n');
}

/* Appends `what`, ": " and the counts in a JSON object; or nothing, if the
 * object is empty. */
static void add_reasons(struct buf *out, const char *what, const json_t *counts)
{
	if (!json_object_size(counts))
		return;
	buf_addf(out, "%s: ", what);
	add_counts(out, counts);
}

static void add_sitemaps(struct buf *out, const json_t *crawl)
{
	const json_t *o = json_object_get(crawl, "sitemaps");
	const json_t *errors = json_object_get(o, "errors");

	if (!count_of(o, "read") && !json_object_size(errors))
		return;
	add_label(out, "sitemaps");
	add_counted(out, count_of(o, "read"), "read");
	add_reasons(out, ", not read or only in part", errors);
	buf_addch(out, '\n');
	add_label(out, "");
	add_counted(out, count_of(o, "entries"), "entries, ");
	add_counted(out, count_of(o, "pages"), "of them new pages");
	add_reasons(out, ", left out", json_object_get(o, "refused"));
	buf_addch(out, '\n');
}

static void add_traps(struct buf *out, const json_t *crawl)
{
	const json_t *traps = json_object_get(crawl, "traps");
	json_t *trap;
	size_t i;

	json_array_foreach(traps, i, trap) {
		const char *kind = text_of(trap, "kind");
		const char *example = text_of(trap, "example");

		add_label(out, i ? "" : "traps");
		add_text(out, kind ? kind : "");
		buf_addstr(out, ", for example ");
		add_text(out, example ? example : "");
		buf_addch(out, '\n');
	}
}

/* Adds advice if a limit has ended the crawl: continued with the same limit,
 * the crawl would end at once. */
static void add_advice(struct buf *out, const json_t *crawl)
{
	static const char *const limits[] = {"max-pages", "max-pages-host",
					     "quota"};

	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		if (is_end(crawl, limits[i]))
			buf_addf(out, "            (with a larger --%s)\n",
				 limits[i]);
}

/* Says what to do if the command line has secrets, which are not stored. */
static void add_secrets_advice(struct buf *out, const json_t *crawl)
{
	const char *command = text_of(crawl, "continue");

	if (command && strstr(command, "***"))
		buf_addstr(out, "            (replace the asterisks by the "
				"secret)\n");
}

static void add_member(struct buf *out, const json_t *crawl, const char *label,
		       const char *name)
{
	const char *text = text_of(crawl, name);

	if (!text)
		return;
	add_label(out, label);
	add_text(out, text);
	buf_addch(out, '\n');
}

/* Appends cells that are aligned to the right. */
static void add_number(struct buf *out, int columns, uint64_t n,
		       void (*add)(struct buf *to, uint64_t n))
{
	struct buf text = {0};

	add(&text, n);
	buf_addf(out, "%*s", columns, buf_cstr(&text));
	buf_release(&text);
}

static void add_held(struct buf *out, const json_t *held)
{
	const char *reason;
	json_t *seconds;
	bool is_first = true;

	json_object_foreach((json_t *)held, reason, seconds) {
		if (json_number_value(seconds) < HELD_SHOWN)
			continue;
		buf_addf(out, "%s%s ", is_first ? "" : ", ", reason);
		text_add_duration(out, json_number_value(seconds) * 1e3);
		is_first = false;
	}
}

static const char *robots_words(const char *status)
{
	static const char *const words[][2] = {
		{"none", "no file"},
		{"allows_all", "allows all"},
		{"rules", "has rules"},
		{"unreachable", "unreachable"},
	};

	for (size_t i = 0; status && i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(status, words[i][0]))
			return words[i][1];
	return "-";
}

/* Ends the line, after removing blanks from its end. */
static void end_line(struct buf *out)
{
	while (out->len && out->data[out->len - 1] == ' ')
		out->len--;
	buf_addch(out, '\n');
}

static void add_host(struct buf *out, const json_t *host, int columns)
{
	const char *name = text_of(host, "host");
	struct buf shown = {0};

	add_text(&shown, name ? name : "(others)");
	buf_addf(out, "%-*s", columns, buf_cstr(&shown));
	buf_release(&shown);
	add_number(out, 10, count_of(host, "requests"), text_add_count);
	add_number(out, 10, count_of(host, "waiting"), text_add_count);
	add_number(out, 8, count_of(host, "errors"), text_add_count);
	add_number(out, 10, count_of(host, "bytes"), text_add_bytes);
	buf_addf(out, "  %-13s", robots_words(text_of(host, "robots")));
	add_held(out, json_object_get(host, "held"));
	end_line(out);
}

static void add_hosts(struct buf *out, const json_t *hosts)
{
	size_t columns = strlen("(others)"), i;
	json_t *host;

	if (!json_array_size(hosts))
		return;
	json_array_foreach(hosts, i, host) {
		const char *name = text_of(host, "host");

		if (name && strlen(name) > columns)
			columns = strlen(name);
	}
	buf_addf(out, "\n%-*s%10s%10s%8s%10s  %-13s%s\n", (int)columns, "host",
		 "done", "waiting", "errors", "bytes", "robots.txt",
		 "held back");
	json_array_foreach(hosts, i, host)
		add_host(out, host, (int)columns);
}

void status_text_add(struct buf *out, const json_t *status, const char *folder)
{
	const json_t *crawl = json_object_get(status, "crawl");

	add_head(out, crawl, folder);
	add_pages(out, crawl);
	add_skipped(out, crawl);
	add_sitemaps(out, crawl);
	add_traps(out, crawl);
	add_member(out, crawl, "output", "output");
	if (!json_is_true(json_object_get(crawl, "running"))) {
		add_member(out, crawl, "continue", "continue");
		if (text_of(crawl, "continue"))
			add_member(out, crawl, "  in", "folder");
		add_secrets_advice(out, crawl);
		add_advice(out, crawl);
	}
	add_hosts(out, json_object_get(status, "hosts"));
}
