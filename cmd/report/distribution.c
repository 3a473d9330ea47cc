/*
 * Draws the distribution of latencies over a logarithmic axis, on which the
 * groups of the histogram are equally wide. On a linear axis one slow request
 * would squeeze all others into one bar.
 */
#include <math.h>

#include "cmd/report/axis.h"
#include "cmd/report/figures.h"
#include "cmd/stats/histogram.h"

/* Height of the labels of percentiles, which are above the bars. */
enum { LINE = 13, TOP = PLOT_TOP + 3 * LINE + 6 };

struct groups {
	size_t len;
	double upper[HISTOGRAM_GROUPS], count[HISTOGRAM_GROUPS];
	double low, most, total;
};

static bool read_groups(struct groups *g, const json_t *summary)
{
	const json_t *pairs = json_object_get(summary, "distribution");

	*g = (struct groups){0};
	for (size_t i = 0; i < json_array_size(pairs); i++) {
		const json_t *pair = json_array_get(pairs, i);
		const double upper =
			json_number_value(json_array_get(pair, 0));
		const double count =
			json_number_value(json_array_get(pair, 1));

		if (g->len == HISTOGRAM_GROUPS || !(upper > 0) ||
		    !(count >= 0) || (g->len && upper <= g->upper[g->len - 1]))
			continue;
		g->upper[g->len] = upper;
		g->count[g->len++] = count;
		g->total += count;
		g->most = fmax(g->most, count);
	}
	if (!g->len)
		return false;
	/* The summary has no lower bound for the first group: draw that group
	 * as wide as the second. */
	g->low = g->len > 1 ? 2 * g->upper[0] - g->upper[1] : 0;
	if (g->low <= 0)
		g->low = g->upper[0] / 2;
	return true;
}

static void draw_groups(struct report *r, const struct groups *g,
			const struct axis *x, const struct axis *y)
{
	double from = x->from;

	for (size_t i = 0; i < g->len; i++) {
		const double to = axis_position(x, g->upper[i]);
		const double top = axis_position(y, g->count[i]);

		if (g->count[i] > 0)
			report_add(r, "<rect x=\"%.1f\" "
				   "y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
				   "fill=\"var(--m0)\"/>\n", from, top,
				   fmax(to - from - .5, .5),
				   PLOT_BOTTOM - top);
		from = to;
	}
}

static const struct percentile {
	const char *key, *label;
} percentiles[] = {{"p50", "median"}, {"p90", "90 %"}, {"p99", "99 %"}};

enum { PERCENTILES = sizeof(percentiles) / sizeof(*percentiles) };

/* Draws a percentile: a label above the bars, and a line from there to the
 * axis. The highest percentile has the top row, so that no line crosses the
 * label of another one. */
static void draw_percentile(struct report *r, const struct percentile *p,
			    double value, double at, int row)
{
	enum { LABEL_WIDTH = 92 };
	const int base = PLOT_TOP + 10 + LINE * row;
	/* Near the left edge, the label is over the line. */
	const bool is_over = at - 4 < LABEL_WIDTH;

	report_add(r, "<path class=\"guide\" d=\"M%.1f %dV%d\"/>\n"
		   "<text class=\"end\" x=\"%.1f\" y=\"%d\">%s: ",
		   at, is_over ? base + 4 : base - 9, PLOT_BOTTOM,
		   is_over ? (double)LABEL_WIDTH : at - 4, base, p->label);
	report_value(r->out, UNIT_SECONDS, value);
	report_add(r, "</text>\n");
}

static void draw_percentiles(struct report *r, const json_t *latency,
			     const struct axis *x)
{
	for (size_t i = 0; i < PERCENTILES; i++) {
		const double value = report_number(latency, percentiles[i].key);

		if (value > 0)
			draw_percentile(r, &percentiles[i], value,
					axis_position(x, value),
					(int)(PERCENTILES - 1 - i));
	}
}

static void describe_groups(struct buf *out, const struct groups *g,
			    const json_t *latency)
{
	report_value(out, UNIT_COUNT, g->total);
	buf_addstr(out, " responses");
	for (size_t i = 0; i < PERCENTILES; i++) {
		buf_addf(out, i ? "; %s within " : "; %s ",
			 percentiles[i].label);
		report_value(out, UNIT_SECONDS,
			     report_number(latency, percentiles[i].key));
	}
	buf_addstr(out, "; the slowest ");
	report_value(out, UNIT_SECONDS, report_number(latency, "max"));
}

static void add_table(struct report *r, const char *caption,
		      const struct groups *g)
{
	static const char *const columns[] = {"less than", "responses",
					      "share so far, %", NULL};
	double sum = 0;

	report_add(r, "<details><summary>The numbers</summary>\n");
	report_table_begin(r, caption, columns);
	for (size_t i = 0; i < g->len; i++) {
		struct buf upper = {0};

		sum += g->count[i];
		report_value(&upper, UNIT_SECONDS, g->upper[i]);
		report_row_begin(r, buf_cstr(&upper));
		report_cell(r, UNIT_COUNT, g->count[i]);
		report_cell(r, UNIT_COUNT, 100 * sum / g->total);
		report_row_end(r);
		buf_release(&upper);
	}
	report_table_end(r);
	report_add(r, "</details>\n");
}

void report_distribution(struct report *r, const char *caption,
			 const char *note, const json_t *summary)
{
	const json_t *latency = json_object_get(summary, "latency");
	struct groups g;
	struct buf text = {0};

	if (!read_groups(&g, summary))
		return;
	describe_groups(&text, &g, latency);
	report_figure_begin(r, caption, buf_cstr(&text), PLOT_HEIGHT);
	const struct axis y = axis_from_zero(g.most, PLOT_BOTTOM, TOP);
	const struct axis x = {
		.low = g.low, .high = g.upper[g.len - 1],
		.from = PLOT_LEFT, .to = PLOT_RIGHT, .log = true,
	};
	report_plot_y(r, &y, UNIT_COUNT);
	draw_groups(r, &g, &x, &y);
	draw_percentiles(r, latency, &x);
	report_plot_x(r, &x, UNIT_SECONDS);
	report_drawing_end(r);
	report_note(r, note);
	add_table(r, caption, &g);
	report_figure_end(r);
	buf_release(&text);
}
