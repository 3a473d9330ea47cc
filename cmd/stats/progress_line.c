/* Formats the progress line and the totals of a run. */
#include "cmd/stats/progress_line.h"

#include <inttypes.h>
#include <stdio.h>

void progress_line_rate_add(struct progress_line_rate *r, msec now,
			    uint64_t done)
{
	const size_t ring_len = PROGRESS_LINE_SPAN + 1;

	r->samples[r->next] = (struct progress_line_sample){now, done};
	r->next = (r->next + 1) % ring_len;
	if (r->len < ring_len)
		r->len++;
}

double progress_line_rate_get(const struct progress_line_rate *r)
{
	const size_t ring_len = PROGRESS_LINE_SPAN + 1;
	const struct progress_line_sample *first, *last;

	if (r->len < 2)
		return 0;
	last = &r->samples[(r->next + ring_len - 1) % ring_len];
	first = &r->samples[(r->next + ring_len - r->len) % ring_len];
	if (last->at <= first->at)
		return 0;
	return (double)(last->done - first->done) * 1e3 /
	       (last->at - first->at);
}

/* Appends the number with separators: 1,234,567. */
static void add_grouped(struct buf *out, uint64_t n)
{
	char digits[24];
	const int len = snprintf(digits, sizeof(digits), "%" PRIu64, n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_addch(out, ',');
		buf_addch(out, digits[i]);
	}
}

/* Rates below ten a second get one decimal. */
static void add_rate(struct buf *out, double rate)
{
	if (rate > 0 && rate < 9.95)
		buf_addf(out, "%.1f", rate);
	else
		add_grouped(out, (uint64_t)(rate + 0.5));
	buf_addstr(out, "/s");
}

static void add_time(struct buf *out, double seconds)
{
	const uint64_t s = (uint64_t)(seconds + 0.5);
	const unsigned minutes = (unsigned)(s / 60 % 60);

	if (s < 3600)
		buf_addf(out, "%u:%02u", minutes, (unsigned)(s % 60));
	else if (s < 24 * 3600)
		buf_addf(out, "%u:%02u:%02u", (unsigned)(s / 3600), minutes,
			 (unsigned)(s % 60));
	else
		buf_addf(out, "%" PRIu64 "d %uh", s / (24 * 3600),
			 (unsigned)(s / 3600 % 24));
}

static void add_failures(struct buf *out, uint64_t errors, uint64_t bad)
{
	add_grouped(out, errors);
	buf_addstr(out, errors == 1 ? " error" : " errors");
	if (!bad)
		return;
	buf_addstr(out, "  ");
	add_grouped(out, bad);
	buf_addstr(out, " bad status");
}

static void add_bytes(struct buf *out, uint64_t bytes)
{
	static const char *const units[] = {"kB", "MB", "GB", "TB"};
	const size_t last = sizeof(units) / sizeof(*units) - 1;
	double n = (double)bytes / 1e3;
	size_t unit = 0;

	if (bytes < 1000) {
		buf_addf(out, "%u B", (unsigned)bytes);
		return;
	}
	for (; n >= 999.95 && unit < last; unit++)
		n /= 1e3;
	buf_addf(out, "%.1f %s", n, units[unit]);
}

/* Durations below ten seconds are given in tenths of a second; 0:00 would be of
 * no use. */
static void add_duration(struct buf *out, msec duration)
{
	if (duration < 9950)
		buf_addf(out, "%.1f s", duration > 0 ? duration / 1e3 : 0);
	else
		add_time(out, duration / 1e3);
}

void progress_line_add(struct buf *out, const struct progress_line_view *v,
		       unsigned columns)
{
	/* A longer estimate is not shown: it would be meaningless. */
	const double eta_max = 365.0 * 24 * 3600;
	const size_t start = out->len;

	buf_addstr(out, "  ");
	add_grouped(out, v->done);
	buf_addstr(out, " done  ");
	add_rate(out, v->rate);
	buf_addf(out, "  %u in flight  ", v->in_flight);
	add_failures(out, v->errors, v->bad);
	if (v->total > v->done && v->rate > 0) {
		const double left = (double)(v->total - v->done) / v->rate;

		if (left < eta_max) {
			buf_addstr(out, "  ETA ");
			add_time(out, left);
		}
	}
	if (out->len - start >= columns)
		out->len = start + (columns ? columns - 1 : 0);
}

void progress_line_totals(struct buf *out, const struct progress_line_totals *t)
{
	buf_addstr(out, "  ");
	add_grouped(out, t->done);
	buf_addstr(out, " done in ");
	add_duration(out, t->duration);
	if (t->duration > 0) {
		buf_addstr(out, "  ");
		add_rate(out, (double)t->done * 1e3 / t->duration);
	}
	buf_addstr(out, "  ");
	add_bytes(out, t->bytes);
	buf_addstr(out, "  ");
	add_failures(out, t->errors, t->bad);
}
