/* Reads each measure from a run's result or summary, and makes one figure of
 * the values of all runs. */
#include "cmd/compare/measures.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* --- Figures -------------------------------------------------------------- */

static int compare_ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

struct figure figure_of(const double *values, size_t len)
{
	double *sorted = xcalloc(len + 1, sizeof(*sorted));
	struct figure f = {NAN, NAN, NAN};
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		if (!isnan(values[i]))
			sorted[n++] = values[i];
	qsort(sorted, n, sizeof(*sorted), compare_ascending);
	if (n) {
		f.median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
		f.low = sorted[0];
		f.high = sorted[n - 1];
	}
	free(sorted);
	return f;
}

/* --- Measures of one run -------------------------------------------------- */

double run_requests_made(const struct run_result *run)
{
	return json_number_value(json_object_get(run->summary, "requests"));
}

double run_errors(const struct run_result *run)
{
	const char *kind;
	json_t *count;
	double sum = 0;

	json_object_foreach(json_object_get(run->summary, "errors"), kind,
			    count)
		sum += json_number_value(count);
	return sum;
}

double run_bad(const struct run_result *run)
{
	return run_requests_made(run) - run_errors(run) -
	       json_number_value(json_object_get(run->summary, "ok"));
}

static double wall_time(const struct run_result *r)
{
	return r->wall;
}

static double request_rate(const struct run_result *r)
{
	return r->wall > 0 ? run_requests_made(r) / r->wall : NAN;
}

static double user_time(const struct run_result *r)
{
	return r->user;
}

static double system_time(const struct run_result *r)
{
	return r->system;
}

static double cpu_time(const struct run_result *r)
{
	return r->user + r->system;
}

static double cpu_per_request(const struct run_result *r)
{
	const double requests = run_requests_made(r);

	return requests > 0 ? cpu_time(r) / requests : NAN;
}

static double peak_memory(const struct run_result *r)
{
	/* 0: the run ended before its memory was sampled. */
	return r->peaks.memory ? (double)r->peaks.memory : NAN;
}

/* Returns false if the run was sampled so rarely (a run of 15 msec) that its
 * samples may show nothing but its start. */
static bool has_enough_samples(const struct run_result *r)
{
	enum { SAMPLES_MIN = 4 };

	return r->samples >= SAMPLES_MIN;
}

static double threads(const struct run_result *r)
{
	return has_enough_samples(r) ? (double)r->peaks.threads : NAN;
}

static double processes(const struct run_result *r)
{
	return has_enough_samples(r) ? (double)r->peaks.processes : NAN;
}

static double latency(const struct run_result *r, const char *point)
{
	const json_t *t = json_object_get(
		json_object_get(r->summary, "latency"), point);

	return json_is_number(t) ? json_number_value(t) : NAN;
}

static double p50(const struct run_result *r)
{
	return latency(r, "p50");
}

static double p90(const struct run_result *r)
{
	return latency(r, "p90");
}

static double p99(const struct run_result *r)
{
	return latency(r, "p99");
}

/* --- Measures of a mode --------------------------------------------------- */

static double (*const rows[])(const struct run_result *) = {
	[MEASURE_WALL] = wall_time,
	[MEASURE_RATE] = request_rate,
	[MEASURE_USER] = user_time,
	[MEASURE_SYSTEM] = system_time,
	[MEASURE_CPU] = cpu_time,
	[MEASURE_CPU_PER_REQUEST] = cpu_per_request,
	[MEASURE_PEAK_MEMORY] = peak_memory,
	[MEASURE_THREADS] = threads,
	[MEASURE_PROCESSES] = processes,
	[MEASURE_P50] = p50,
	[MEASURE_P90] = p90,
	[MEASURE_P99] = p99,
	[MEASURE_ERRORS] = run_errors,
	[MEASURE_BAD] = run_bad,
};

struct figure measure_of(const struct compare_mode *m, enum measure which)
{
	double *values = xcalloc(m->len + 1, sizeof(*values));
	struct figure f;

	for (size_t i = 0; i < m->len; i++)
		values[i] = rows[which](&m->runs[i]);
	f = figure_of(values, m->len);
	free(values);
	return f;
}
