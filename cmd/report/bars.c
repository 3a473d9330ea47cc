/* Draws horizontal bars, one per row, with a whisker for the spread of several
 * runs. */
#include <math.h>

#include "cmd/report/axis.h"
#include "cmd/report/figures.h"

enum { VALUE = 62, ROW = 26, BAR = 14, MARGIN = 4 };

static bool has_spread(const struct spread *s)
{
	return isfinite(s->low) && isfinite(s->high) && s->high > s->low;
}

static double most_of(const struct bar *bars, size_t len)
{
	double most = 0;

	for (size_t i = 0; i < len; i++)
		most = fmax(most, fmax(bars[i].value.median,
				       bars[i].value.high));
	return most;
}

/* Writes the figure's description: "async 1.2 s (1.1 s to 1.3 s); ..." */
static void describe_bars(struct buf *out, enum unit unit,
			  const struct bar *bars, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const struct spread *s = &bars[i].value;

		buf_addf(out, "%s%s ", i ? "; " : "", bars[i].label);
		report_value(out, unit, s->median);
		if (!has_spread(s))
			continue;
		buf_addstr(out, " (");
		report_value(out, unit, s->low);
		buf_addstr(out, " to ");
		report_value(out, unit, s->high);
		buf_addstr(out, ")");
	}
}

/* Draws a whisker from the lowest to the highest value. */
static void draw_whisker(struct report *r, const struct axis *x, double middle,
			 const struct spread *s)
{
	const double low = axis_position(x, s->low);
	const double high = axis_position(x, s->high);

	report_add(r, "<path class=\"whisker\" d=\"M%.1f %.1fH%.1f"
		   "M%.1f %.1fv6M%.1f %.1fv6\"/>\n", low, middle, high, low,
		   middle - 3, high, middle - 3);
}

static void draw_bar(struct report *r, const struct axis *x, enum unit unit,
		     const struct bar *bar, double middle)
{
	const struct spread *s = &bar->value;
	const double end = axis_position(x, s->median);

	report_add(r, "<text x=\"0\" y=\"%.1f\">", middle + 4);
	report_text(r->out, bar->label);
	report_add(r, "</text><rect x=\"%.0f\" y=\"%.1f\" width=\"%.1f\" "
		   "height=\"%d\" rx=\"2\" fill=\"var(--%s)\"/>", x->from,
		   middle - BAR / 2., end - x->from, BAR, bar->colour);
	report_add(r, "<text class=\"end\" x=\"%d\" y=\"%.1f\">",
		   REPORT_WIDTH - 2, middle + 4);
	report_value(r->out, unit, s->median);
	report_add(r, "</text>\n");
	if (has_spread(s))
		draw_whisker(r, x, middle, s);
}

static void add_table(struct report *r, const char *caption, enum unit unit,
		      const struct bar *bars, size_t len)
{
	static const char *const columns[] = {"", "median", "least", "most",
					      NULL};
	static const char *const plain[] = {"", "value", NULL};
	bool spreads = false;

	for (size_t i = 0; i < len; i++)
		spreads |= has_spread(&bars[i].value);
	report_add(r, "<details><summary>The numbers</summary>\n");
	report_table_begin(r, caption, spreads ? columns : plain);
	for (size_t i = 0; i < len; i++) {
		report_row_begin(r, bars[i].label);
		report_cell(r, unit, bars[i].value.median);
		if (spreads) {
			report_cell(r, unit, bars[i].value.low);
			report_cell(r, unit, bars[i].value.high);
		}
		report_row_end(r);
	}
	report_table_end(r);
	report_add(r, "</details>\n");
}

void report_bars(struct report *r, const char *caption, const char *note,
		 enum unit unit, const struct bar *bars, size_t len)
{
	struct axis x = {
		.high = most_of(bars, len),
		.to = REPORT_WIDTH - VALUE,
	};
	const int height = (int)len * ROW + 2 * MARGIN;
	struct buf text = {0};

	for (size_t i = 0; i < len; i++)
		x.from = fmax(x.from, report_label_width(bars[i].label));
	describe_bars(&text, unit, bars, len);
	report_figure_begin(r, caption, buf_cstr(&text), height);
	report_add(r, "<path class=\"base\" d=\"M%.0f 0V%d\"/>\n", x.from,
		   height);
	for (size_t i = 0; i < len; i++)
		draw_bar(r, &x, unit, &bars[i],
			 MARGIN + ((double)i + .5) * ROW);
	report_drawing_end(r);
	report_note(r, note);
	add_table(r, caption, unit, bars, len);
	report_figure_end(r);
	buf_release(&text);
}
