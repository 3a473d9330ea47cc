/* Writes the HTML report of one run. */
#include "cmd/report/run.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cmd/report/crawl.h"
#include "cmd/report/figures.h"
#include "cmd/report/problems.h"
#include "cmd/report/tables.h"

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static double errors_of(const json_t *summary)
{
	const char *kind;
	json_t *count;
	double sum = 0;

	json_object_foreach(json_object_get(summary, "errors"), kind, count)
		sum += json_number_value(count);
	return sum;
}

/* Returns the number of requests without an error, but with a bad status; NaN
 * if it is not known. */
static double bad_statuses_of(const json_t *summary)
{
	return report_number(summary, "requests") -
	       report_number(summary, "ok") - errors_of(summary);
}

/* Adds the figures that everybody understands. */
static void add_facts(struct report *r, const json_t *s)
{
	const json_t *latency = json_object_get(s, "latency");
	const json_t *redirected = json_object_get(s, "redirected");

	report_add(r, "<dl class=\"facts\">\n");
	report_fact(r, "requests", UNIT_COUNT, report_number(s, "requests"));
	report_fact(r, "ok", UNIT_COUNT, report_number(s, "ok"));
	report_fact(r, "errors", UNIT_COUNT, errors_of(s));
	report_fact(r, "status of 400 or more", UNIT_COUNT, bad_statuses_of(s));
	report_fact(r, "redirected", UNIT_COUNT,
		    report_number(redirected, "count"));
	report_fact(r, "pages known", UNIT_COUNT,
		    report_number(json_object_get(s, "crawl"), "known"));
	report_fact(r, "pages waiting", UNIT_COUNT,
		    report_number(json_object_get(s, "crawl"), "waiting"));
	report_fact(r, "median response time", UNIT_SECONDS,
		    report_number(latency, "p50"));
	report_fact(r, "time of the run", UNIT_SECONDS,
		    report_number(s, "duration"));
	report_add(r, "</dl>\n");
}

/* Adds the figures for engineers: CPU time, memory and other costs of the
 * run. */
static void add_cost(struct report *r, const json_t *s)
{
	const json_t *latency = json_object_get(s, "latency");
	const json_t *cpu = json_object_get(s, "cpu");

	report_add(r, "<dl class=\"facts\">\n");
	report_fact(r, "throughput", UNIT_RATE, report_number(s, "rate"));
	report_fact(r, "data received", UNIT_BYTES, report_number(s, "bytes"));
	report_fact(r, "99 % of responses within", UNIT_SECONDS,
		    report_number(latency, "p99"));
	report_fact(r, "retries", UNIT_COUNT, report_number(s, "retries"));
	report_fact(r, "CPU time", UNIT_SECONDS,
		    report_number(cpu, "user") + report_number(cpu, "system"));
	report_fact(r, "peak memory", UNIT_BYTES,
		    report_number(s, "peak_memory"));
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
		       "reader or the disk is slow, or an older record is "
		       "missing in an ordered output.", s);
	if (slow)
		report_stacks(r, "The slowest requests",
			      "Numbered as in the table of these "
			      "requests.", stacks,
			      slow);
	report_figures_end(r);
}

/* Adds the date of the run and its command. */
static void add_command(struct report *r, const json_t *run)
{
	const char *began = text_of(run, "began");
	const char *command = text_of(run, "command");

	if (began) {
		report_add(r, "<p class=\"soft\">");
		report_text(r->out, began);
		report_add(r, "</p>\n");
	}
	if (!command)
		return;
	report_add(r, "<p class=\"command\">");
	report_command(r, command);
	report_add(r, "</p>\n");
}

static void begin(struct report *r, const json_t *summary)
{
	const json_t *run = json_object_get(summary, "run");
	const bool is_crawl = json_is_object(json_object_get(summary, "crawl"));
	const char *list = text_of(run, "list");
	struct buf title = {0};

	if (list)
		buf_addf(&title, is_crawl ? "Crawl of %s" : "Report on %s",
			 list);
	else
		buf_addstr(&title, is_crawl ? "Report on a crawl"
					    : "Report on a run");
	report_begin(r, buf_cstr(&title));
	buf_release(&title);
	add_command(r, run);
	if (json_is_true(json_object_get(summary, "interrupted")))
		report_add(r, "<p class=\"note bad\">The run was interrupted: "
			   "the report covers the time until then.</p>\n");
	if (json_is_true(json_object_get(run, "resumed")))
		report_add(r, "<p class=\"note\">With --resume, this report "
			   "covers the requests of this run only. The file "
			   "with the records also has those of earlier "
			   "runs.</p>\n");
	report_crawl_end(r, json_object_get(summary, "crawl"));
}

static void add_details(struct report *r, const json_t *summary)
{
	const json_t *crawl = json_object_get(summary, "crawl");

	report_add(r, "<h2>Details of the run</h2>\n");
	add_cost(r, summary);
	report_add(r, "<div class=\"figures\">\n");
	report_counts(r, "HTTP status", "status",
		      json_object_get(summary, "status"));
	report_counts(r, "Errors", "kind", json_object_get(summary, "errors"));
	report_crawl_tables(r, crawl);
	report_fields(r, json_object_get(summary, "fields"));
	report_add(r, "</div>\n");
	report_hosts(r, json_object_get(summary, "hosts"));
	add_figures(r, summary);
}

void report_run(struct buf *out, const json_t *summary)
{
	struct report r = {.out = out};

	begin(&r, summary);
	add_facts(&r, summary);
	report_broken(&r, summary);
	report_redirects(&r, summary);
	report_slowest(&r, summary);
	add_details(&r, summary);
	report_end(&r);
}
