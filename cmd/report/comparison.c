/* Writes the HTML report of a comparison: all modes side by side. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/report/figures.h"
#include "cmd/report/run.h"

/* Limits: modes, each of which needs a colour of its own, and points of a
 * curve. */
enum { MODES_MAX = 4, POINTS_MAX = 64 };

static const char *const colours[MODES_MAX] = {"m0", "m1", "m2", "m3"};

/* The modes of operation (async, threads, ...) that the charts compare. */
struct modes {
	size_t len;
	const json_t *items[MODES_MAX];
	const char *names[MODES_MAX];
};

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static struct modes read_modes(const json_t *array)
{
	struct modes m = {0};

	for (; m.len < MODES_MAX && m.len < json_array_size(array); m.len++) {
		const char *name;

		m.items[m.len] = json_array_get(array, m.len);
		name = text_of(m.items[m.len], "mode");
		m.names[m.len] = name ? name : "?";
	}
	return m;
}

/* Returns the index of a mode's colour; a mode has the same colour in all
 * figures. */
static size_t colour_index(const struct modes *m, const char *name)
{
	size_t i = 0;

	while (name && i < m->len && strcmp(m->names[i], name) != 0)
		i++;
	return i % MODES_MAX;
}

static void add_bars(struct report *r, const struct modes *m,
		     const char *caption, const char *note, enum unit unit,
		     const char *key)
{
	struct bar bars[MODES_MAX];
	size_t len = 0;

	for (size_t i = 0; i < m->len; i++) {
		const struct spread s = report_spread(m->items[i], key);

		if (isfinite(s.median))
			bars[len++] = (struct bar){m->names[i], colours[i], s};
	}
	if (len)
		report_bars(r, caption, note, unit, bars, len);
}

/* Adds the latency percentiles as bars, grouped by mode. */
static void add_latency(struct report *r, const struct modes *m)
{
	static const char *const keys[] = {"p50", "p90", "p99"};
	struct bar bars[3 * MODES_MAX];
	char *labels[3 * MODES_MAX];
	size_t len = 0;

	for (size_t i = 0; i < m->len; i++)
		for (size_t k = 0; k < 3; k++) {
			const json_t *latency =
				json_object_get(m->items[i], "latency");
			const struct spread s = report_spread(latency, keys[k]);

			if (!isfinite(s.median))
				continue;
			labels[len] = xasprintf("%s %s", m->names[i], keys[k]);
			bars[len] = (struct bar){labels[len], colours[i], s};
			len++;
		}
	if (len)
		report_bars(r, "Latency", "Time on the network of half (p50), "
			    "90 % and 99 % of the responses.", UNIT_SECONDS,
			    bars, len);
	while (len)
		free(labels[--len]);
}

static void add_results(struct report *r, const struct modes *m)
{
	report_figures_begin(r, "Side by side");
	add_bars(r, m, "Time of a whole run", "Less is better.", UNIT_SECONDS,
		 "wall");
	add_bars(r, m, "Throughput", "Requests a second; more is better.",
		 UNIT_RATE, "rate");
	add_bars(r, m, "Speed-up over serial", "More is better.", UNIT_TIMES,
		 "speedup");
	add_bars(r, m, "CPU time per request", "Less is better.",
		 UNIT_SECONDS, "cpu_per_request");
	add_bars(r, m, "Peak memory", "Less is better.", UNIT_BYTES,
		 "peak_memory");
	add_latency(r, m);
	report_figures_end(r);
}

/* Adds one figure of a sweep: the measure named key, one curve per mode. */
static void add_curves(struct report *r, const struct modes *m,
		       const json_t *sweep, const char *name,
		       const char *note, enum unit unit, const char *key)
{
	const json_t *values = json_object_get(sweep, "values");
	const json_t *modes = json_object_get(sweep, "modes");
	const char *option = text_of(sweep, "option");
	struct spread spreads[MODES_MAX][POINTS_MAX];
	struct curve curves[MODES_MAX];
	double xs[POINTS_MAX];
	size_t points = json_array_size(values), len = 0;
	char *caption;

	if (points > POINTS_MAX)
		points = POINTS_MAX;
	for (size_t i = 0; i < points; i++)
		xs[i] = json_number_value(json_array_get(values, i));
	for (; len < MODES_MAX && len < json_array_size(modes); len++) {
		const json_t *mode = json_array_get(modes, len);
		const char *label = text_of(mode, "mode");
		const json_t *array = json_object_get(mode, key);

		for (size_t i = 0; i < points; i++) {
			const json_t *s = json_array_get(array, i);

			spreads[len][i] = (struct spread){
				report_number(s, "median"),
				report_number(s, "low"),
				report_number(s, "high"),
			};
		}
		curves[len] = (struct curve){
			label ? label : "?", colours[colour_index(m, label)],
			spreads[len],
		};
	}
	caption = xasprintf("%s by %s", name, option ? option : "value");
	report_curves(r, caption, note, unit, option ? option : "value", xs,
		      points, curves, len);
	free(caption);
}

static void add_sweep(struct report *r, const struct modes *m,
		      const json_t *sweep)
{
	if (!json_is_object(sweep))
		return;
	report_figures_begin(r, "As the limit grows");
	add_curves(r, m, sweep, "Throughput", "Requests a second; the band is "
		   "from the least to the most.", UNIT_RATE, "rate");
	add_curves(r, m, sweep, "Time of a whole run", "Less is better.",
		   UNIT_SECONDS, "wall");
	report_figures_end(r);
}

/* Returns the summary of the run whose wall time is nearest to the median. */
static const json_t *typical_summary(const json_t *mode)
{
	const double median = report_spread(mode, "wall").median;
	const json_t *runs = json_object_get(mode, "runs"), *best = NULL;
	double nearest = INFINITY;

	for (size_t i = 0; i < json_array_size(runs); i++) {
		const json_t *run = json_array_get(runs, i);
		const double distance =
			fabs(report_number(run, "wall") - median);

		if (best && !(distance < nearest))
			continue;
		nearest = isfinite(distance) ? distance : INFINITY;
		best = run;
	}
	return json_object_get(best, "summary");
}

static void add_phases(struct report *r, const struct modes *m)
{
	struct stack stacks[MODES_MAX];
	size_t len = 0;

	for (size_t i = 0; i < m->len; i++) {
		const json_t *summary = typical_summary(m->items[i]);
		const double requests = report_number(summary, "requests");

		if (!(requests > 0) || !json_object_get(summary, "phases"))
			continue;
		stacks[len].label = m->names[i];
		report_phases_read(json_object_get(summary, "phases"),
				   stacks[len].phases);
		for (size_t k = 0; k < PHASE_COUNT; k++)
			stacks[len].phases[k] /= requests;
		len++;
	}
	if (len)
		report_stacks(r, "Time of a request, by phase",
			      "On average, without the time that requests were "
			      "held back by a limit and records waited to be "
			      "written.", stacks, len);
}

/* Adds the figures of a typical run of each mode. Each figure has its own axes,
 * because one mode may take a second and another a minute. */
static void add_runs(struct report *r, const struct modes *m)
{
	report_figures_begin(r, "Where the time went");
	add_phases(r, m);
	for (size_t i = 0; i < m->len; i++) {
		char *caption = xasprintf("%s: requests in flight, by phase",
					  m->names[i]);

		report_in_flight(r, caption, NULL,
				 typical_summary(m->items[i]));
		free(caption);
	}
	for (size_t i = 0; i < m->len; i++) {
		char *caption = xasprintf("%s: requests and records that wait",
					  m->names[i]);

		report_waiting(r, caption, NULL,
			       typical_summary(m->items[i]));
		free(caption);
	}
	for (size_t i = 0; i < m->len; i++) {
		char *caption = xasprintf("%s: latency of responses",
					  m->names[i]);

		report_distribution(r, caption, NULL,
				    typical_summary(m->items[i]));
		free(caption);
	}
	report_figures_end(r);
}

static void add_row(struct report *r, const json_t *mode, const char *name)
{
	const json_t *equal = json_object_get(mode, "equal");

	report_row_begin(r, name);
	report_cell(r, UNIT_SECONDS, report_spread(mode, "wall").median);
	report_cell(r, UNIT_RATE, report_spread(mode, "rate").median);
	report_cell(r, UNIT_SECONDS, report_spread(mode, "user").median);
	report_cell(r, UNIT_SECONDS, report_spread(mode, "system").median);
	report_cell(r, UNIT_BYTES, report_spread(mode, "peak_memory").median);
	report_cell(r, UNIT_COUNT, report_spread(mode, "threads").median);
	report_cell(r, UNIT_COUNT, report_spread(mode, "processes").median);
	report_cell(r, UNIT_COUNT, report_number(mode, "errors"));
	report_cell(r, UNIT_COUNT, report_number(mode, "bad"));
	report_cell_text(r, json_is_true(equal) ? "yes"
			    : json_is_false(equal) ? "no" : "\xe2\x80\x93");
	report_row_end(r);
}

static void add_table(struct report *r, const struct modes *m)
{
	static const char *const columns[] = {
		"mode", "time", "throughput", "user", "system", "memory",
		"threads", "processes", "errors", "bad status",
		"same records", NULL,
	};

	report_add(r, "<div class=\"card\">\n");
	report_table_begin(r, "Medians of all runs", columns);
	for (size_t i = 0; i < m->len; i++)
		add_row(r, m->items[i], m->names[i]);
	report_table_end(r);
	report_add(r, "</div>\n");
}

static void add_recommendation(struct report *r, const json_t *best)
{
	const char *mode = text_of(best, "mode");
	const char *kind = text_of(best, "kind");
	const char *reason = text_of(best, "reason");

	if (!mode)
		return;
	report_add(r, "<p class=\"note\"><strong>Recommended: --mode ");
	report_text(r->out, mode);
	report_add(r, ".</strong> ");
	if (kind) {
		report_add(r, "This list is ");
		report_text(r->out, kind);
		report_add(r, ": ");
	}
	report_text(r->out, reason ? reason : "");
	report_add(r, "</p>\n");
}

/* Adds the user's options, joined by spaces. */
static void add_options(struct report *r, const json_t *options)
{
	struct buf text = {0};

	for (size_t i = 0; i < json_array_size(options); i++) {
		const char *word = json_string_value(json_array_get(options, i));

		buf_addf(&text, "%s%s", i ? " " : "", word ? word : "?");
	}
	if (text.len)
		report_fact_text(r, "options", buf_cstr(&text));
	buf_release(&text);
}

static void add_facts(struct report *r, const json_t *c)
{
	const json_t *machine = json_object_get(c, "machine");

	report_add(r, "<dl class=\"facts\">\n");
	report_fact(r, "requests", UNIT_COUNT, report_number(c, "requests"));
	report_fact(r, "runs of each mode", UNIT_COUNT,
		    report_number(c, "repeat"));
	report_fact(r, "processors", UNIT_COUNT,
		    report_number(machine, "processors"));
	report_fact_text(r, "list", text_of(c, "source"));
	report_fact_text(r, "workload", text_of(c, "workload"));
	add_options(r, json_object_get(c, "options"));
	report_fact_text(r, "processor", text_of(machine, "cpu"));
	report_fact_text(r, "kernel", text_of(machine, "kernel"));
	report_fact_text(r, "version of scrape", text_of(c, "version"));
	report_add(r, "</dl>\n");
}

void report_compare(struct buf *out, const json_t *comparison)
{
	const struct modes m =
		read_modes(json_object_get(comparison, "modes"));
	struct report r = {.out = out};

	report_begin(&r, "scrape: modes compared");
	add_recommendation(&r, json_object_get(comparison, "recommendation"));
	add_facts(&r, comparison);
	add_results(&r, &m);
	add_table(&r, &m);
	add_sweep(&r, &m, json_object_get(comparison, "sweep"));
	add_runs(&r, &m);
	report_end(&r);
}
