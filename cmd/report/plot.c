/* Parts that figures share: spreads, notes, labels and axes. */
#include <math.h>
#include <string.h>

#include "cmd/report/axis.h"
#include "cmd/report/figures.h"

struct spread report_spread(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return (struct spread){
		report_number(value, "median"),
		report_number(value, "low"),
		report_number(value, "high"),
	};
}

void report_note(struct report *r, const char *note)
{
	if (!note)
		return;
	report_add(r, "<p>");
	report_text(r->out, note);
	report_add(r, "</p>\n");
}

int report_label_width(const char *label)
{
	const int width = (int)strnlen(label, 64) * 6 + 10;

	return width < 130 ? width : 130;
}

/* Writes a tick's number in at most six characters, for which there is room.
 * Rates have no unit here, because the caption names the unit. */
static void add_tick(struct report *r, enum unit unit, double value)
{
	const bool is_plain = unit == UNIT_COUNT || unit == UNIT_RATE;

	if (is_plain && value >= 1e6) {
		report_value(r->out, UNIT_COUNT, value / 1e6);
		report_add(r, "M");
	} else if (is_plain && value >= 1e4) {
		report_value(r->out, UNIT_COUNT, value / 1e3);
		report_add(r, "k");
	} else {
		report_value(r->out, is_plain ? UNIT_COUNT : unit, value);
	}
}

void report_plot_y(struct report *r, const struct axis *y, enum unit unit)
{
	double ticks[AXIS_TICKS];
	const size_t len = axis_ticks(y, ticks);

	for (size_t i = 0; i < len; i++) {
		const double at = axis_position(y, ticks[i]);

		report_add(r, "<path class=\"%s\" d=\"M%d %.1fH%d\"/>"
			   "<text class=\"soft end\" x=\"%d\" y=\"%.1f\">",
			   ticks[i] > 0 ? "grid" : "base", PLOT_LEFT, at,
			   PLOT_RIGHT, PLOT_LEFT - 5, at + 4);
		add_tick(r, unit, ticks[i]);
		report_add(r, "</text>\n");
	}
}

void report_plot_x(struct report *r, const struct axis *x, enum unit unit)
{
	double ticks[AXIS_TICKS];
	const size_t len = axis_ticks(x, ticks);

	for (size_t i = 0; i < len; i++) {
		const double at = axis_position(x, ticks[i]);
		/* At the right end, a centred number would not fit. */
		const char *anchor = at > PLOT_RIGHT - 16 ? "end" : "mid";

		report_add(r, "<path class=\"base\" d=\"M%.1f %dv4\"/>"
			   "<text class=\"soft %s\" x=\"%.1f\" y=\"%d\">",
			   at, PLOT_BOTTOM, anchor,
			   *anchor == 'e' ? PLOT_RIGHT + 6 : at,
			   PLOT_BOTTOM + 17);
		report_value(r->out, unit, ticks[i]);
		report_add(r, "</text>\n");
	}
}
