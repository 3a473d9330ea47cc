/* Writes the HTML report of one run. */
#include "cmd/report/run.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cmd/report/crawl.h"
#include "cmd/report/figures.h"

/* Number of hosts that are listed: nobody reads ten thousand rows. */
enum { HOSTS_SHOWN = 100 };

static double errors_of(const json_t *summary)
{
	const char *kind;
	json_t *count;
	double sum = 0;

	json_object_foreach(json_object_get(summary, "errors"), kind, count)
		sum += json_number_value(count);
	return sum;
}

static void add_facts(struct report *r, const json_t *s)
{
	const json_t *latency = json_object_get(s, "latency");
	const json_t *cpu = json_object_get(s, "cpu");

	report_add(r, "<dl class=\"facts\">\n");
	report_fact(r, "requests", UNIT_COUNT, report_number(s, "requests"));
	report_fact(r, "ok", UNIT_COUNT, report_number(s, "ok"));
	report_fact(r, "with an error", UNIT_COUNT, errors_of(s));
	report_fact(r, "retries", UNIT_COUNT, report_number(s, "retries"));
	report_fact(r, "time", UNIT_SECONDS, report_number(s, "duration"));
	report_fact(r, "throughput", UNIT_RATE, report_number(s, "rate"));
	report_fact(r, "bodies", UNIT_BYTES, report_number(s, "bytes"));
	report_fact(r, "median latency", UNIT_SECONDS,
		    report_number(latency, "p50"));
	report_fact(r, "99 % of responses within", UNIT_SECONDS,
		    report_number(latency, "p99"));
	report_fact(r, "processor time", UNIT_SECONDS,
		    report_number(cpu, "user") + report_number(cpu, "system"));
	report_fact(r, "peak memory", UNIT_BYTES,
		    report_number(s, "peak_memory"));
	report_fact(r, "pages known", UNIT_COUNT,
		    report_number(json_object_get(s, "crawl"), "known"));
	report_fact(r, "pages waiting", UNIT_COUNT,
		    report_number(json_object_get(s, "crawl"), "waiting"));
	report_add(r, "</dl>\n");
}

/* Adds the average time that a request spends in each phase. */
static void add_phases(struct report *r, const json_t *summary)
{
	const double requests = report_number(summary, "requests");
	struct bar bars[PHASE_COUNT];
	double phases[PHASE_COUNT];
	size_t len = 0;

	report_phases_read(json_object_get(summary, "phases"), phases);
	for (size_t i = 0; i < PHASE_COUNT; i++)
		if (phases[i] > 0 && requests > 0 && i != PHASE_WAIT)
			bars[len++] = (struct bar){
				report_phase_label((enum phase)i),
				phase_name((enum phase)i),
				{phases[i] / requests, NAN, NAN},
			};
	if (len)
		report_bars(r, "Time of a request in each phase", "On average, "
			    "over all requests.", UNIT_SECONDS, bars, len);
}

static size_t read_slowest(struct stack *stacks, char labels[][8], size_t max,
			   const json_t *slowest)
{
	size_t len = 0;

	for (; len < max && len < json_array_size(slowest); len++) {
		const json_t *slow = json_array_get(slowest, len);

		snprintf(labels[len], sizeof(labels[len]), "no. %zu", len + 1);
		stacks[len].label = labels[len];
		report_phases_read(json_object_get(slow, "phases"),
				   stacks[len].phases);
	}
	return len;
}

static void add_slow_row(struct report *r, const json_t *slow)
{
	const char *url = json_string_value(json_object_get(slow, "url"));
	const char *error = json_string_value(json_object_get(slow, "error"));

	const json_t *phases = json_object_get(slow, "phases");

	report_row_begin(r, url ? url : "");
	if (error)
		report_cell_text(r, error);
	else
		report_cell(r, UNIT_COUNT, report_number(slow, "status"));
	report_cell(r, UNIT_SECONDS, report_number(phases, "wait"));
	report_cell(r, UNIT_SECONDS, report_number(slow, "total"));
	report_cell(r, UNIT_SECONDS, report_number(phases, "queue"));
	report_cell(r, UNIT_SECONDS, report_number(phases, "parse"));
	report_row_end(r);
}

static void add_slow_table(struct report *r, const json_t *slowest)
{
	static const char *const columns[] = {
		"URL", "result", "held back", "network", "queue", "parse",
		NULL,
	};

	if (!json_array_size(slowest))
		return;
	report_add(r, "<div class=\"card names\">\n");
	report_table_begin(r, "Slowest requests", columns);
	for (size_t i = 0; i < json_array_size(slowest); i++)
		add_slow_row(r, json_array_get(slowest, i));
	report_table_end(r);
	report_add(r, "</div>\n");
}

static void add_figures(struct report *r, const json_t *s)
{
	enum { SLOWEST = 10 };
	struct stack stacks[SLOWEST];
	char labels[SLOWEST][8];
	const size_t slow = read_slowest(stacks, labels, SLOWEST,
					 json_object_get(s, "slowest"));

	report_figures_begin(r, "Where the time went");
	report_in_flight(r, "Requests in flight, by phase",
			 "Each step is the average of its bucket of time.", s);
	report_throughput(r, "Throughput", "Records a second.", s);
	report_distribution(r, "Latency of responses",
			    "Time on the network. The axis is logarithmic.",
			    s);
	add_phases(r, s);
	report_waiting(r, "Requests and records that wait",
		       "Held back: requests that wait for a limit of the run "
		       "or of a host, or for a retry. Output: finished records "
		       "that are not yet written; at most 20 ms, unless the "
		       "reader or the disk is slow or, with --ordered, an "
		       "older record is missing.", s);
	if (slow)
		report_stacks(r, "The slowest requests",
			      "In the order of the table below.", stacks,
			      slow);
	report_figures_end(r);
}

/* Adds a table of the counts in an object {"name": count, ...}. */
static void add_counts(struct report *r, const char *caption,
		       const char *column, const json_t *counts)
{
	const char *const columns[] = {column, "requests", NULL};
	const char *name;
	json_t *count;

	if (!json_object_size(counts))
		return;
	report_add(r, "<div class=\"card\">\n");
	report_table_begin(r, caption, columns);
	json_object_foreach((json_t *)counts, name, count) {
		report_row_begin(r, name);
		report_cell(r, UNIT_COUNT, json_number_value(count));
		report_row_end(r);
	}
	report_table_end(r);
	report_add(r, "</div>\n");
}

/* Adds a table of the fields in an object {"name": {"found": count, "of":
 * count}, ...}. */
static void add_fields(struct report *r, const json_t *fields)
{
	static const char *const columns[] = {"field", "found", "of", NULL};
	const char *name;
	json_t *share;

	if (!json_object_size(fields))
		return;
	report_add(r, "<div class=\"card\">\n");
	report_table_begin(r, "Fields", columns);
	json_object_foreach((json_t *)fields, name, share) {
		report_row_begin(r, name);
		report_cell(r, UNIT_COUNT, report_number(share, "found"));
		report_cell(r, UNIT_COUNT, report_number(share, "of"));
		report_row_end(r);
	}
	report_table_end(r);
	report_add(r, "</div>\n");
}

/* Adds how long a host was held back, by reason: "12.5 s (robots), 3 s
 * (429)". */
static void add_held(struct report *r, const json_t *held)
{
	struct buf text = {0};
	const char *reason;
	json_t *seconds;

	json_object_foreach((json_t *)held, reason, seconds) {
		buf_addstr(&text, text.len ? ", " : "");
		report_value(&text, UNIT_SECONDS, json_number_value(seconds));
		buf_addf(&text, " (%s)", reason);
	}
	report_cell_text(r, text.len ? buf_cstr(&text) : "\xe2\x80\x93");
	buf_release(&text);
}

static void add_robots(struct report *r, const json_t *status)
{
	static const char *const words[][2] = {
		{"none", "no file"},
		{"allows_all", "allows all"},
		{"rules", "has rules"},
		{"unreachable", "unreachable"},
	};
	const char *shown = "\xe2\x80\x93";

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (json_is_string(status) &&
		    !strcmp(json_string_value(status), words[i][0]))
			shown = words[i][1];
	report_cell_text(r, shown);
}

static void add_host(struct report *r, const json_t *host)
{
	const char *name = json_string_value(json_object_get(host, "host"));

	report_row_begin(r, name ? name : "(others)");
	report_cell(r, UNIT_COUNT, report_number(host, "requests"));
	report_cell(r, UNIT_COUNT, report_number(host, "errors"));
	report_cell(r, UNIT_BYTES, report_number(host, "bytes"));
	report_cell(r, UNIT_SECONDS, report_number(host, "mean"));
	add_held(r, json_object_get(host, "held"));
	add_robots(r, json_object_get(host, "robots"));
	report_row_end(r);
}

static void add_hosts(struct report *r, const json_t *hosts)
{
	static const char *const columns[] = {
		"host", "requests", "errors", "bodies", "mean latency",
		"held back", "robots.txt", NULL,
	};
	const size_t len = json_array_size(hosts);
	const size_t shown = len < HOSTS_SHOWN ? len : HOSTS_SHOWN;

	if (!len)
		return;
	report_add(r, "<div class=\"card names\">\n");
	report_table_begin(r, "Hosts", columns);
	for (size_t i = 0; i < shown; i++)
		add_host(r, json_array_get(hosts, i));
	report_table_end(r);
	if (shown < len)
		report_add(r, "<p class=\"soft\">These are the %zu with most "
			   "requests; %zu more are in the summary "
			   "(--summary).</p>\n", shown, len - shown);
	report_add(r, "</div>\n");
}

void report_run(struct buf *out, const json_t *summary)
{
	struct report r = {.out = out};

	report_begin(&r, "scrape: a run");
	if (json_is_true(json_object_get(summary, "interrupted")))
		report_add(&r, "<p class=\"note bad\">The run was interrupted: "
			   "the report covers the time until then.</p>\n");
	report_crawl_end(&r, json_object_get(summary, "crawl"));
	add_facts(&r, summary);
	add_figures(&r, summary);
	report_add(&r, "<h2>Results</h2>\n<div class=\"figures\">\n");
	add_counts(&r, "HTTP status", "status",
		   json_object_get(summary, "status"));
	add_counts(&r, "Errors", "kind", json_object_get(summary, "errors"));
	report_crawl_tables(&r, json_object_get(summary, "crawl"));
	add_fields(&r, json_object_get(summary, "fields"));
	report_add(&r, "</div>\n");
	add_slow_table(&r, json_object_get(summary, "slowest"));
	add_hosts(&r, json_object_get(summary, "hosts"));
	report_end(&r);
}
