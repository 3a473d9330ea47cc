/* Formats the progress line and the totals of a run. */
#include "cmd/stats/progress_line.h"

#include <math.h>
#include <string.h>

#include "cmd/stats/number_text.h"

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

/* Rates below ten a second get one decimal. */
static void add_rate(struct buf *out, double rate)
{
	if (rate > 0 && rate < 9.95)
		buf_addf(out, "%.1f", rate);
	else
		text_add_count(out, (uint64_t)(rate + 0.5));
	buf_addstr(out, "/s");
}

static void add_failures(struct buf *out, uint64_t errors, uint64_t bad)
{
	text_add_count(out, errors);
	buf_addstr(out, errors == 1 ? " error" : " errors");
	if (!bad)
		return;
	buf_addstr(out, "  ");
	text_add_count(out, bad);
	buf_addstr(out, " bad status");
}

/* The parts of the line, in their order. */
enum part {
	PART_COUNT,
	PART_HOSTS,
	PART_BAR,
	PART_RATE,
	PART_IN_FLIGHT,
	PART_FAILURES,
	PART_ETA,
	PART_HOLD,
	PART_LEFT_OUT,
	PARTS
};

/* The parts by importance, the most important one first. */
static const enum part by_weight[PARTS] = {
	PART_COUNT, PART_HOLD, PART_ETA,       PART_FAILURES, PART_RATE,
	PART_BAR,   PART_HOSTS, PART_IN_FLIGHT, PART_LEFT_OUT,
};

/* Spaces before a part; number of the bar's cells. */
enum { GAP = 2, CELLS_MIN = 10, CELLS_MAX = 40 };

static bool is_held(const struct progress_line_view *v)
{
	return v->hold && *v->hold;
}

static bool has_total(const struct progress_line_view *v)
{
	return !v->crawl && v->total && v->total >= v->done + v->before;
}

static void add_count(struct buf *out, const struct progress_line_view *v)
{
	text_add_count(out, v->crawl ? v->crawl->done : v->done + v->before);
	if (!has_total(v)) {
		buf_addstr(out, " done");
	} else {
		buf_addstr(out, v->is_estimate ? " of ~" : " of ");
		text_add_count(out, v->total);
	}
	if (!v->crawl)
		return;
	buf_addstr(out, "  ");
	text_add_count(out, v->crawl->waiting);
	buf_addstr(out, " waiting");
}

/* If a host holds the crawl up, only that host matters. */
static void add_hosts(struct buf *out, const struct progress_line_view *v)
{
	if (!v->crawl || is_held(v))
		return;
	text_add_count(out, v->crawl->hosts);
	buf_addstr(out, v->crawl->hosts == 1 ? " host" : " hosts");
}

static void add_cells(struct buf *out, const struct progress_line_view *v,
		      size_t cells)
{
	const double share = (double)(v->done + v->before) / (double)v->total;
	const size_t full = (size_t)(share * (double)cells);

	buf_addch(out, '[');
	for (size_t i = 0; i < cells; i++)
		buf_addch(out, i < full ? '#' : '.');
	buf_addch(out, ']');
}

static void add_bar(struct buf *out, const struct progress_line_view *v)
{
	if (has_total(v))
		add_cells(out, v, CELLS_MIN);
}

static void add_speed(struct buf *out, const struct progress_line_view *v)
{
	add_rate(out, v->rate);
}

static void add_in_flight(struct buf *out, const struct progress_line_view *v)
{
	if (!is_held(v) || v->in_flight)
		buf_addf(out, "%u in flight", v->in_flight);
}

static void add_problems(struct buf *out, const struct progress_line_view *v)
{
	add_failures(out, v->errors, v->bad);
}

/* Returns the time left in seconds; INFINITY: unknown. While all requests are
 * held back, the rate of late says nothing. */
static double time_left(const struct progress_line_view *v)
{
	const double rate = v->pause > 0 || v->rate <= 0 ? v->average
							 : v->rate;
	const double least = v->least / 1e3;
	double left = v->pause / 1e3;

	if (rate > 0)
		left += (double)(v->total - v->done - v->before) / rate;
	else if (least <= 0)
		return INFINITY;
	return left > least ? left : least;
}

static void add_eta(struct buf *out, const struct progress_line_view *v)
{
	/* Longest estimate that is shown, in seconds; a longer one would be
	 * meaningless. */
	const double eta_max = 365.0 * 24 * 3600;
	double left;

	if (!has_total(v) || v->total == v->done + v->before)
		return;
	left = time_left(v);
	if (left >= eta_max)
		return;
	buf_addstr(out, "ETA ");
	text_add_clock(out, left);
}

static void add_hold(struct buf *out, const struct progress_line_view *v)
{
	if (is_held(v))
		buf_addstr(out, v->hold);
}

static void add_left_out(struct buf *out, const struct progress_line_view *v)
{
	if (v->crawl && *v->crawl->skipped)
		buf_addf(out, "left out: %s", v->crawl->skipped);
}

static void (*const add_part[PARTS])(struct buf *,
				     const struct progress_line_view *) = {
	[PART_COUNT] = add_count,
	[PART_HOSTS] = add_hosts,
	[PART_BAR] = add_bar,
	[PART_RATE] = add_speed,
	[PART_IN_FLIGHT] = add_in_flight,
	[PART_FAILURES] = add_problems,
	[PART_ETA] = add_eta,
	[PART_HOLD] = add_hold,
	[PART_LEFT_OUT] = add_left_out,
};

/* Shortens a part that does not fit, if that makes sense: "HOST: REASON" to
 * REASON; links left out are cut off. */
static void shorten(struct buf *text, enum part part, size_t room)
{
	const char *reason = strstr(buf_cstr(text), ": ");

	if (part == PART_LEFT_OUT && room > GAP + 20)
		text->len = room - GAP;
	if (part != PART_HOLD || !reason)
		return;
	text->len -= (size_t)(reason + 2 - text->data);
	memmove(text->data, reason + 2, text->len);
}

/* Makes the parts that fit. Returns the number of columns that are left. */
static size_t make_parts(struct buf texts[PARTS],
			 const struct progress_line_view *v, size_t room)
{
	for (size_t i = 0; i < PARTS; i++) {
		const enum part part = by_weight[i];
		struct buf *text = &texts[part];

		add_part[part](text, v);
		if (text->len && text->len + GAP > room)
			shorten(text, part, room);
		if (text->len + GAP > room)
			buf_clear(text);
		room -= text->len ? text->len + GAP : 0;
	}
	return room;
}

/* Makes the bar longer, if there is one. */
static void stretch_bar(struct buf *bar, const struct progress_line_view *v,
			size_t room)
{
	const size_t cells = CELLS_MIN + room;

	if (!bar->len)
		return;
	buf_clear(bar);
	add_cells(bar, v, cells < CELLS_MAX ? cells : CELLS_MAX);
}

void progress_line_add(struct buf *out, const struct progress_line_view *v,
		       unsigned columns)
{
	struct buf texts[PARTS] = {0};
	const size_t room = make_parts(texts, v, columns ? columns - 1 : 0);

	stretch_bar(&texts[PART_BAR], v, room);
	for (size_t i = 0; i < PARTS; i++) {
		if (texts[i].len) {
			buf_addstr(out, "  ");
			buf_add(out, texts[i].data, texts[i].len);
		}
		buf_release(&texts[i]);
	}
}

void progress_line_totals(struct buf *out, const struct progress_line_totals *t)
{
	buf_addstr(out, "  ");
	text_add_count(out, t->done);
	buf_addstr(out, " done in ");
	text_add_duration(out, t->duration);
	if (t->duration > 0) {
		buf_addstr(out, "  ");
		add_rate(out, (double)t->done * 1e3 / t->duration);
	}
	buf_addstr(out, "  ");
	text_add_bytes(out, t->bytes);
	buf_addstr(out, "  ");
	add_failures(out, t->errors, t->bad);
}
