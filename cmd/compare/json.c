/* Converts the measurements to the JSON that all output formats are made
 * from. */
#include "cmd/compare/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret_rules.h"
#include "cmd/compare/advice.h"
#include "cmd/compare/machine.h"
#include "cmd/engine/modes.h"
#include "cmd/options/options.h"

/* Rounds to nine digits; further ones are noise. */
static json_t *number_to_json(double n)
{
	char text[32];

	if (!isfinite(n))
		return json_null();
	snprintf(text, sizeof(text), "%.9g", n);
	return json_real(strtod(text, NULL));
}

static json_t *figure_to_json(struct figure f)
{
	json_t *o;

	if (isnan(f.median))
		return json_null();
	o = json_object();
	json_object_set_new(o, "median", number_to_json(f.median));
	json_object_set_new(o, "low", number_to_json(f.low));
	json_object_set_new(o, "high", number_to_json(f.high));
	return o;
}

static const struct compare_mode *find_serial(const struct comparison *c)
{
	for (size_t i = 0; i < c->len; i++)
		if (c->modes[i].mode->parallel_max == 1)
			return &c->modes[i];
	return NULL;
}

static struct figure speedup_of(const struct comparison *c,
				const struct compare_mode *m)
{
	const struct compare_mode *serial = find_serial(c);
	const struct figure wall = measure_of(m, MEASURE_WALL);
	struct figure f = {NAN, NAN, NAN};
	double base;

	if (!serial || !(wall.low > 0))
		return f;
	base = measure_of(serial, MEASURE_WALL).median;
	f.median = base / wall.median;
	f.low = base / wall.high;
	f.high = base / wall.low;
	return f;
}

static json_t *latency_to_json(const struct compare_mode *m)
{
	json_t *o = json_object();

	json_object_set_new(o, "p50", figure_to_json(measure_of(m, MEASURE_P50)));
	json_object_set_new(o, "p90", figure_to_json(measure_of(m, MEASURE_P90)));
	json_object_set_new(o, "p99", figure_to_json(measure_of(m, MEASURE_P99)));
	return o;
}

static json_t *runs_to_json(const struct compare_mode *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < m->len; i++) {
		json_t *o = json_object();

		json_object_set_new(o, "wall",
				    number_to_json(m->runs[i].wall));
		json_object_set(o, "summary", m->runs[i].summary);
		json_array_append_new(list, o);
	}
	return list;
}

/* Returns the highest value that the count has in any run of the mode. */
static json_t *count_to_json(const struct compare_mode *m, enum measure which)
{
	return json_integer((json_int_t)measure_of(m, which).high);
}

static json_t *mode_to_json(const struct comparison *c,
			    const struct compare_mode *m)
{
	static const struct {
		const char *name;
		enum measure which;
	} rows[] = {
		{"rate", MEASURE_RATE},
		{"user", MEASURE_USER},
		{"system", MEASURE_SYSTEM},
		{"cpu_per_request", MEASURE_CPU_PER_REQUEST},
		{"peak_memory", MEASURE_PEAK_MEMORY},
		{"threads", MEASURE_THREADS},
		{"processes", MEASURE_PROCESSES},
	};
	json_t *o = json_object();

	json_object_set_new(o, "mode", json_string(m->mode->name));
	json_object_set_new(o, "wall", figure_to_json(measure_of(m, MEASURE_WALL)));
	json_object_set_new(o, "speedup", figure_to_json(speedup_of(c, m)));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		json_object_set_new(o, rows[i].name,
				    figure_to_json(measure_of(m, rows[i].which)));
	json_object_set_new(o, "latency", latency_to_json(m));
	json_object_set_new(o, "errors", count_to_json(m, MEASURE_ERRORS));
	json_object_set_new(o, "bad", count_to_json(m, MEASURE_BAD));
	json_object_set_new(o, "equal", json_boolean(!m->differing));
	json_object_set_new(o, "differing",
			    json_integer((json_int_t)m->differing));
	json_object_set_new(o, "first_differing",
			    m->differing && m->first < RECORDS_INDEX_MAX
				    ? json_integer((json_int_t)m->first)
				    : json_null());
	json_object_set_new(o, "runs", runs_to_json(m));
	return o;
}

static json_t *sweep_to_json(const struct comparison *c)
{
	const struct sweep *sweep = &c->options->compare.sweep;
	json_t *o, *values, *list;

	if (!sweep->row)
		return json_null();
	o = json_object();
	values = json_array();
	list = json_array();
	for (size_t v = 0; v < sweep->len; v++)
		json_array_append_new(values, json_integer(sweep->values[v]));
	for (size_t i = 0; i < c->len; i++) {
		const struct compare_mode *m = &c->modes[i];
		json_t *walls = json_array(), *rates = json_array();

		for (size_t v = 0; v < sweep->len; v++) {
			json_array_append_new(walls, figure_to_json(
							     m->sweep_wall[v]));
			json_array_append_new(rates, figure_to_json(
							     m->sweep_rate[v]));
		}
		json_array_append_new(
			list, json_pack("{s:s, s:o, s:o}", "mode",
					 m->mode->name, "wall", walls, "rate",
					 rates));
	}
	json_object_set_new(o, "option", json_string(sweep->row->option));
	json_object_set_new(o, "values", values);
	json_object_set_new(o, "modes", list);
	return o;
}

/* Returns the source with a URL's secrets replaced; the caller frees it. */
static char *shown_source(const char *source)
{
	struct buf text = {0};

	if (!strstr(source, "://"))
		return xstrdup(source);
	secret_url_show(&text, source, strlen(source));
	return buf_detach(&text);
}

static json_t *source_to_json(const struct options *o)
{
	char *name;
	json_t *text;

	if (o->compare.workload)
		return json_null();
	name = shown_source(o->sources.items[0]);
	if (o->sources.len == 1)
		text = compare_text(name);
	else
		text = json_sprintf("%s and %zu more", name,
				    o->sources.len - 1);
	free(name);
	return text ? text : json_null();
}

static json_t *advice_to_json(const struct comparison *c)
{
	struct advice_mode list[COMPARE_MODES];
	struct advice advice;
	json_t *o = json_object();

	for (size_t i = 0; i < c->len; i++) {
		const struct compare_mode *m = &c->modes[i];
		const double memory = measure_of(m, MEASURE_PEAK_MEMORY).median;

		list[i] = (struct advice_mode){
			.name = m->mode->name,
			.is_serial = m->mode->parallel_max == 1,
			.wall = measure_of(m, MEASURE_WALL).median,
			.cpu = measure_of(m, MEASURE_CPU).median,
			.memory = isnan(memory) ? 0 : memory,
			.latency = measure_of(m, MEASURE_P50).median,
			.requests = (uint64_t)run_requests_made(&m->runs[0]),
			.failed = (uint64_t)(measure_of(m, MEASURE_ERRORS).high +
					     measure_of(m, MEASURE_BAD).high),
		};
	}
	advice = advice_make(list, c->len, machine_processors());
	json_object_set_new(o, "mode", json_string(list[advice.mode].name));
	json_object_set_new(o, "kind", json_string(advice.kind));
	json_object_set_new(o, "reason", json_string(buf_cstr(&advice.reason)));
	buf_release(&advice.reason);
	return o;
}

json_t *compare_to_json(const struct comparison *c)
{
	const struct compare_options *o = &c->options->compare;
	json_t *all = json_object(), *list = json_array();

	for (size_t i = 0; i < c->len; i++)
		json_array_append_new(list, mode_to_json(c, &c->modes[i]));
	json_object_set_new(all, "machine", machine_to_json());
	json_object_set_new(all, "version", json_string(SCRAPE_VERSION));
	json_object_set_new(all, "options", compare_options_to_json(o));
	json_object_set_new(all, "source", source_to_json(c->options));
	json_object_set_new(all, "workload",
			    o->workload ? json_string(o->workload)
					: json_null());
	json_object_set_new(all, "requests",
			    json_integer((json_int_t)run_requests_made(
				    &c->modes[0].runs[0])));
	json_object_set_new(all, "repeat", json_integer(o->repeat));
	json_object_set_new(all, "modes", list);
	json_object_set_new(all, "sweep", sweep_to_json(c));
	json_object_set_new(all, "recommendation", advice_to_json(c));
	return all;
}
