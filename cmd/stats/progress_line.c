/* Formats the progress line and the totals of a run. */
#include "cmd/stats/progress_line.h"

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

static void add_pages(struct buf *out, const struct progress_line_crawl *c)
{
	text_add_count(out, c->done);
	buf_addstr(out, " done  ");
	text_add_count(out, c->waiting);
	buf_addstr(out, " waiting  ");
	/* If a host is held back, show only that host: nothing else matters,
	 * and the line may be cut. */
	if (*c->hold)
		return;
	text_add_count(out, c->hosts);
	buf_addstr(out, c->hosts == 1 ? " host  " : " hosts  ");
}

/* Appends the parts of a crawl's line that may be cut off, the most useful
 * first. */
static void add_crawl(struct buf *out, const struct progress_line_crawl *c)
{
	if (*c->hold)
		buf_addf(out, "  %s", c->hold);
	if (*c->skipped)
		buf_addf(out, "  left out: %s", c->skipped);
}

static void add_eta(struct buf *out, const struct progress_line_view *v)
{
	/* Longest estimate that is shown, in seconds; a longer one would be
	 * meaningless. */
	const double eta_max = 365.0 * 24 * 3600;
	const double left = (double)(v->total - v->done) / v->rate;

	if (left >= eta_max)
		return;
	buf_addstr(out, "  ETA ");
	text_add_clock(out, left);
}

void progress_line_add(struct buf *out, const struct progress_line_view *v,
		       unsigned columns)
{
	const size_t start = out->len;

	buf_addstr(out, "  ");
	if (v->crawl) {
		add_pages(out, v->crawl);
	} else {
		text_add_count(out, v->done);
		buf_addstr(out, " done  ");
	}
	add_rate(out, v->rate);
	if (!v->crawl || !*v->crawl->hold)
		buf_addf(out, "  %u in flight", v->in_flight);
	buf_addstr(out, "  ");
	add_failures(out, v->errors, v->bad);
	if (v->crawl)
		add_crawl(out, v->crawl);
	else if (v->total > v->done && v->rate > 0)
		add_eta(out, v);
	if (out->len - start >= columns)
		out->len = start + (columns ? columns - 1 : 0);
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
