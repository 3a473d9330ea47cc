/* Chooses a mode and words the reason; the rules are in the header. */
#include "cmd/compare/advice.h"

#include <math.h>
#include <string.h>

static const struct advice_mode *find_serial(const struct advice_mode *modes,
					     size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (modes[i].is_serial)
			return &modes[i];
	return NULL;
}

static double share_of(double part, double rest)
{
	return part + rest > 0 ? part / (part + rest) : 0;
}

/* Returns a request's CPU time as a share of its CPU time plus latency, for a
 * comparison without serial. The CPU time is that of the mode that took the
 * least, because the overhead of a mode says nothing about the list. */
static double cpu_share_of_request(const struct advice_mode *modes, size_t len)
{
	const struct advice_mode *m = &modes[0];
	double latency;

	for (size_t i = 1; i < len; i++)
		if (modes[i].cpu < m->cpu)
			m = &modes[i];
	latency = isnan(m->latency) ? 0 : m->latency;
	return m->requests ? share_of(m->cpu / (double)m->requests, latency)
			   : 0;
}

static const char *kind_of(double cpu_share)
{
	if (cpu_share >= ADVICE_CPU)
		return "CPU-bound";
	return cpu_share <= ADVICE_IO ? "I/O-bound" : "mixed";
}

static uint64_t least_failed(const struct advice_mode *modes, size_t len)
{
	uint64_t least = modes[0].failed;

	for (size_t i = 1; i < len; i++)
		if (modes[i].failed < least)
			least = modes[i].failed;
	return least;
}

static size_t pick_mode(const struct advice_mode *modes, size_t len)
{
	const uint64_t failed = least_failed(modes, len);
	double fastest = INFINITY;
	size_t best = len;

	for (size_t i = 0; i < len; i++)
		if (modes[i].failed == failed && modes[i].wall < fastest)
			fastest = modes[i].wall;
	for (size_t i = 0; i < len; i++) {
		if (modes[i].failed > failed ||
		    modes[i].wall > fastest * ADVICE_NEAR)
			continue;
		if (best == len || modes[i].memory < modes[best].memory)
			best = i;
	}
	return best < len ? best : 0;
}

static void describe_share(struct buf *to, double cpu_share, bool by_serial,
			   const char *kind)
{
	const char *subject = by_serial ? "one request at a time" : "a request";

	if (!strcmp(kind, "I/O-bound"))
		buf_addf(to, "%s waits for %.0f %% of its time", subject,
			 100 * (1 - cpu_share));
	else
		buf_addf(to, "%s computes for %.0f %% of its time", subject,
			 100 * cpu_share);
}

/* Returns a mode that is as fast as the best one but needs more memory, or
 * NULL. */
static const struct advice_mode *
find_equally_fast(const struct advice_mode *modes, size_t len, size_t best)
{
	for (size_t i = 0; i < len; i++)
		if (i != best && modes[i].failed == modes[best].failed &&
		    modes[i].wall <= modes[best].wall * ADVICE_NEAR &&
		    modes[i].memory > modes[best].memory)
			return &modes[i];
	return NULL;
}

/* Describes the advantage of the best mode. serial and other (a mode that is as
 * fast) may be NULL. */
static void describe_gain(struct buf *to, const struct advice_mode *best,
			  const struct advice_mode *serial,
			  const struct advice_mode *other)
{
	if (serial && serial->wall <= best->wall * ADVICE_NEAR) {
		buf_addf(to, ", and no mode is clearly faster than serial%s%s%s",
			 other ? "; " : "", other ? best->name : "",
			 other ? " takes the least memory" : "");
		return;
	}
	if (serial && best->wall > 0)
		buf_addf(to, ", and %s is %.1f times as fast as serial",
			 best->name, serial->wall / best->wall);
	else
		buf_addf(to, ", and %s took %.3g s", best->name, best->wall);
	if (other)
		buf_addf(to, ", with less memory than %s, which is as fast",
			 other->name);
}

struct advice advice_make(const struct advice_mode *modes, size_t len,
			  unsigned processors)
{
	const struct advice_mode *serial = find_serial(modes, len);
	const double cpu_share =
		serial ? share_of(serial->cpu,
				  fmax(serial->wall - serial->cpu, 0))
		       : cpu_share_of_request(modes, len);
	struct advice a = {.mode = pick_mode(modes, len),
			   .kind = kind_of(cpu_share)};
	const struct advice_mode *best = &modes[a.mode];
	const struct advice_mode *other = find_equally_fast(modes, len, a.mode);

	describe_share(&a.reason, cpu_share, serial, a.kind);
	if (!strcmp(a.kind, "CPU-bound"))
		buf_addf(&a.reason, ", so %u processor%s set%s the limit",
			 processors, processors == 1 ? "" : "s",
			 processors == 1 ? "s" : "");
	describe_gain(&a.reason, best, serial, other);
	return a;
}
