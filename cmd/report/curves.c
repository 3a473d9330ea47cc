/*
 * Draws one curve per mode over the values of an option. The values are placed
 * at equal distances, because readers see 1, 8, 64 and 512 as equal steps.
 * Curves differ in colour, dashes and the shape of their points.
 */
#include <math.h>
#include <stdio.h>

#include "cmd/report/axis.h"
#include "cmd/report/figures.h"

/* The style of the n-th curve. The shapes are 8 units wide, centred on 0, 0. */
static const struct curve_style {
	const char *dashes, *shape;
} styles[] = {
	{"none", "M-4 0A4 4 0 1 1 4 0A4 4 0 1 1 -4 0Z"},
	{"7 3", "M-3.5-3.5H3.5V3.5H-3.5Z"},
	{"2 3", "M0-4.5L4.5 3.5H-4.5Z"},
	{"8 3 2 3", "M0-5L5 0L0 5L-5 0Z"},
};

enum { STYLES = sizeof(styles) / sizeof(*styles) };

static double x_of(size_t point, size_t points)
{
	const double wide = PLOT_RIGHT - PLOT_LEFT - 24;

	return PLOT_LEFT + 12 +
	       (points > 1 ? wide * (double)point / (double)(points - 1)
			   : wide / 2);
}

static double most_of(const struct curve *curves, size_t len, size_t points)
{
	double most = 0;

	for (size_t i = 0; i < len; i++)
		for (size_t k = 0; k < points; k++)
			most = fmax(most, fmax(curves[i].values[k].median,
					       curves[i].values[k].high));
	return most;
}

static double low_of(const struct spread *s)
{
	return isfinite(s->low) ? s->low : s->median;
}

static double high_of(const struct spread *s)
{
	return isfinite(s->high) ? s->high : s->median;
}

/* Draws a band from the lowest to the highest value of each point. */
static void draw_band(struct report *r, const struct axis *y,
		      const struct curve *c, size_t points)
{
	report_add(r, "<path class=\"band\" fill=\"var(--%s)\" d=\"",
		   c->colour);
	for (size_t i = 0; i < points; i++)
		report_add(r, "%s%.1f %.1f", i ? "L" : "M", x_of(i, points),
			   axis_position(y, high_of(&c->values[i])));
	for (size_t i = points; i-- > 0;)
		report_add(r, "L%.1f %.1f", x_of(i, points),
			   axis_position(y, low_of(&c->values[i])));
	report_add(r, "Z\"/>\n");
}

static void draw_curve(struct report *r, const struct axis *y,
		       const struct curve *c, const struct curve_style *style,
		       size_t points)
{
	bool drawing = false;

	draw_band(r, y, c, points);
	report_add(r, "<path class=\"curve\" stroke=\"var(--%s)\" "
		   "stroke-dasharray=\"%s\" d=\"M0 0", c->colour,
		   style->dashes);
	for (size_t i = 0; i < points; i++) {
		const double value = c->values[i].median;

		/* An unknown value leaves a gap. */
		if (isfinite(value))
			report_add(r, "%s%.1f %.1f", drawing ? "L" : "M",
				   x_of(i, points), axis_position(y, value));
		drawing = isfinite(value);
	}
	report_add(r, "\"/>\n");
	for (size_t i = 0; i < points; i++)
		if (isfinite(c->values[i].median))
			report_add(r, "<path class=\"point\" fill=\"var(--%s)\" "
				   "transform=\"translate(%.1f %.1f)\" "
				   "d=\"%s\"/>\n", c->colour, x_of(i, points),
				   axis_position(y, c->values[i].median),
				   style->shape);
}

static void draw_x_values(struct report *r, const double *xs, size_t points)
{
	/* Label at most eight values, because there is no room for more. */
	const size_t every = points / 8 + 1;

	for (size_t i = 0; i < points; i += every) {
		report_add(r, "<text class=\"soft mid\" x=\"%.1f\" y=\"%d\">",
			   x_of(i, points), PLOT_BOTTOM + 17);
		report_value(r->out, UNIT_COUNT, xs[i]);
		report_add(r, "</text>\n");
	}
}

static void add_legend(struct report *r, const struct curve *curves,
		       size_t len)
{
	report_legend_begin(r);
	for (size_t i = 0; i < len; i++) {
		report_add(r, "<li><svg aria-hidden=\"true\" "
			   "xmlns=\"http://www.w3.org/2000/svg\" "
			   "viewBox=\"-6 -6 12 12\"><path d=\"%s\" "
			   "fill=\"var(--%s)\"/></svg>",
			   styles[i % STYLES].shape, curves[i].colour);
		report_text(r->out, curves[i].label);
		report_add(r, "</li>\n");
	}
	report_legend_end(r);
}

static void add_table(struct report *r, const char *caption, enum unit unit,
		      const char *x_name, const double *xs, size_t points,
		      const struct curve *curves, size_t len)
{
	const char *const columns[] = {x_name, "mode", "median", "least",
				       "most", NULL};

	report_add(r, "<details><summary>The numbers</summary>\n");
	report_table_begin(r, caption, columns);
	for (size_t i = 0; i < points * len; i++) {
		const struct curve *c = &curves[i % len];
		const struct spread *s = &c->values[i / len];
		struct buf x = {0};

		report_value(&x, UNIT_COUNT, xs[i / len]);
		report_row_begin(r, buf_cstr(&x));
		report_cell_text(r, c->label);
		report_cell(r, unit, s->median);
		report_cell(r, unit, s->low);
		report_cell(r, unit, s->high);
		report_row_end(r);
		buf_release(&x);
	}
	report_table_end(r);
	report_add(r, "</details>\n");
}

/* Writes the figure's description: the first and last value of each curve. */
static void describe_curves(struct buf *out, enum unit unit,
			    const char *x_name, const double *xs,
			    size_t points, const struct curve *curves,
			    size_t len)
{
	for (size_t i = 0; i < len; i++) {
		buf_addf(out, "%s%s from ", i ? "; " : "", curves[i].label);
		report_value(out, unit, curves[i].values[0].median);
		buf_addstr(out, " to ");
		report_value(out, unit, curves[i].values[points - 1].median);
	}
	buf_addf(out, ", as %s goes from ", x_name);
	report_value(out, UNIT_COUNT, xs[0]);
	buf_addstr(out, " to ");
	report_value(out, UNIT_COUNT, xs[points - 1]);
}

void report_curves(struct report *r, const char *caption, const char *note,
		   enum unit unit, const char *x_name, const double *xs,
		   size_t points, const struct curve *curves, size_t len)
{
	const struct axis y = axis_from_zero(most_of(curves, len, points),
					     PLOT_BOTTOM, PLOT_TOP);
	struct buf text = {0};

	if (!points || !len)
		return;
	describe_curves(&text, unit, x_name, xs, points, curves, len);
	report_figure_begin(r, caption, buf_cstr(&text), PLOT_HEIGHT + 16);
	report_plot_y(r, &y, unit);
	draw_x_values(r, xs, points);
	report_add(r, "<text class=\"soft mid\" x=\"%d\" y=\"%d\">",
		   (PLOT_LEFT + PLOT_RIGHT) / 2, PLOT_BOTTOM + 34);
	report_text(r->out, x_name);
	report_add(r, "</text>\n");
	for (size_t i = 0; i < len; i++)
		draw_curve(r, &y, &curves[i], &styles[i % STYLES], points);
	report_drawing_end(r);
	add_legend(r, curves, len);
	report_note(r, note);
	add_table(r, caption, unit, x_name, xs, points, curves, len);
	report_figure_end(r);
	buf_release(&text);
}
