/*
 * Draws figures over the time of a run. A value belongs to a bucket of time and
 * is drawn as a step, because a sloping line would show values that were not
 * measured.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cmd/report/axis.h"
#include "cmd/report/figures.h"

/* Limit of the buckets that are read: a summary of another version may have
 * more buckets than this one writes. */
enum { BUCKETS_MAX = 4 * TIMELINE_BUCKETS };

/* Rows of numbers; each has one number per bucket. */
struct rows {
	size_t len;		/* number of buckets */
	double step, duration;	/* seconds */
	double values[PHASE_COUNT][BUCKETS_MAX];
};

struct area {
	size_t row;
	const char *label, *colour;
};

static double duration_of(const json_t *summary, const struct rows *rows)
{
	const double duration = report_number(summary, "duration");
	const double covered = (double)rows->len * rows->step;

	/* The clocks were read at slightly different times: take the shorter of
	 * the two durations. */
	return duration > 0 && duration < covered ? duration : covered;
}

static void read_row(struct rows *rows, size_t row, const json_t *array)
{
	for (size_t i = 0; i < rows->len; i++) {
		const double value =
			json_number_value(json_array_get(array, i));

		rows->values[row][i] =
			isfinite(value) && value > 0 ? value : 0;
	}
}

/* Returns false if there is nothing to draw. */
static bool read_timeline(struct rows *rows, const json_t *summary)
{
	const json_t *timeline = json_object_get(summary, "timeline");
	const json_t *finished = json_object_get(timeline, "finished");

	memset(rows, 0, sizeof(*rows));
	rows->step = report_number(timeline, "step");
	rows->len = json_array_size(finished);
	if (rows->len > BUCKETS_MAX)
		return false;
	rows->duration = duration_of(summary, rows);
	return rows->len && rows->step > 0 && isfinite(rows->step);
}

/* Reads the rows by the names of their phases: a summary may have other phases,
 * or another order. Returns false if there is nothing to draw. */
static bool read_phases(struct rows *rows, const json_t *summary)
{
	const json_t *timeline = json_object_get(summary, "timeline");
	const json_t *names = json_object_get(timeline, "phases");
	const json_t *in_flight = json_object_get(timeline, "in_flight");

	if (!read_timeline(rows, summary))
		return false;
	for (size_t i = 0; i < json_array_size(names); i++) {
		const char *name = json_string_value(json_array_get(names, i));

		for (size_t k = 0; name && k < PHASE_COUNT; k++)
			if (!strcmp(name, phase_name((enum phase)k)))
				read_row(rows, k,
					 json_array_get(in_flight, i));
	}
	return true;
}

static double sum_of(const struct rows *rows, size_t row)
{
	double sum = 0;

	for (size_t i = 0; i < rows->len; i++)
		sum += rows->values[row][i];
	return sum;
}

/* Returns the x coordinate of a bucket's end. */
static double bucket_end(const struct rows *rows, const struct axis *x,
			 size_t bucket)
{
	return axis_position(x, (double)(bucket + 1) * rows->step);
}

/* Draws the area between two lines of steps: from left to right along its top,
 * and back along its lower edge. */
static void draw_area(struct report *r, const struct rows *rows,
		      const struct axis *x, const struct axis *y,
		      const double *below, const double *top,
		      const char *colour)
{
	const size_t len = rows->len;

	report_add(r, "<path fill=\"var(--%s)\" d=\"M%.1f %.1f",
		   colour, x->from, axis_position(y, below[0]));
	for (size_t i = 0; i < len; i++) {
		report_add(r, "V%.1f", axis_position(y, top[i]));
		while (i + 1 < len && top[i + 1] == top[i])
			i++;
		report_add(r, "H%.1f", bucket_end(rows, x, i));
	}
	for (size_t i = len; i-- > 0;) {
		report_add(r, "V%.1f", axis_position(y, below[i]));
		while (i > 0 && below[i - 1] == below[i])
			i--;
		report_add(r, "H%.1f",
			   i ? bucket_end(rows, x, i - 1) : x->from);
	}
	report_add(r, "Z\"/>\n");
}

/* Returns the highest value of all areas; stacked: the highest value of their
 * sum. */
static double highest_value(const struct rows *rows, const struct area *areas,
			    size_t len, bool stacked)
{
	double most = 0;

	for (size_t i = 0; i < rows->len; i++) {
		double top = 0;

		for (size_t k = 0; k < len; k++) {
			const double value = rows->values[areas[k].row][i];

			top = stacked ? top + value : fmax(top, value);
		}
		most = fmax(most, top);
	}
	return most;
}

static void draw_areas(struct report *r, const struct rows *rows,
		       const struct area *areas, size_t len, bool stacked,
		       enum unit unit)
{
	const struct axis y =
		axis_from_zero(highest_value(rows, areas, len, stacked),
			       PLOT_BOTTOM, PLOT_TOP);
	const struct axis x = {
		.high = rows->duration, .from = PLOT_LEFT, .to = PLOT_RIGHT,
	};
	double below[BUCKETS_MAX] = {0}, top[BUCKETS_MAX];

	report_plot_y(r, &y, unit);
	for (size_t i = 0; i < len; i++) {
		const double *values = rows->values[areas[i].row];

		for (size_t k = 0; k < rows->len; k++)
			top[k] = values[k] + (stacked ? below[k] : 0);
		draw_area(r, rows, &x, &y, below, top, areas[i].colour);
		if (stacked)
			memcpy(below, top, sizeof(below));
	}
	report_plot_x(r, &x, UNIT_SECONDS);
}

static void add_table(struct report *r, const char *caption,
		      const struct rows *rows, const struct area *areas,
		      size_t len, enum unit unit)
{
	const char *columns[PHASE_COUNT + 2] = {"from"};

	for (size_t i = 0; i < len; i++)
		columns[i + 1] = areas[i].label;
	report_add(r, "<details><summary>The numbers</summary>\n");
	report_table_begin(r, caption, columns);
	for (size_t i = 0; i < rows->len; i++) {
		struct buf from = {0};

		report_value(&from, UNIT_SECONDS, (double)i * rows->step);
		report_row_begin(r, buf_cstr(&from));
		for (size_t k = 0; k < len; k++)
			report_cell(r, unit, rows->values[areas[k].row][i]);
		report_row_end(r);
		buf_release(&from);
	}
	report_table_end(r);
	report_add(r, "</details>\n");
}

/* Writes the figure's description: the duration, the highest value and the
 * averages. */
static void describe_areas(struct buf *out, const struct rows *rows,
			   const struct area *areas, size_t len, bool stacked,
			   enum unit unit)
{
	buf_addstr(out, "Over ");
	report_value(out, UNIT_SECONDS, rows->duration);
	buf_addstr(out, "; at most ");
	report_value(out, unit, highest_value(rows, areas, len, stacked));
	buf_addstr(out, "; on average");
	for (size_t i = 0; i < len; i++) {
		buf_addf(out, "%s %s ", i ? "," : "", areas[i].label);
		report_value(out, unit, sum_of(rows, areas[i].row) *
						rows->step / rows->duration);
	}
}

static void add_figure(struct report *r, const char *caption,
		       const char *note, const struct rows *rows,
		       const struct area *areas, size_t len, bool stacked,
		       enum unit unit)
{
	struct buf text = {0};

	describe_areas(&text, rows, areas, len, stacked, unit);
	report_figure_begin(r, caption, buf_cstr(&text), PLOT_HEIGHT);
	draw_areas(r, rows, areas, len, stacked, unit);
	report_drawing_end(r);
	if (len > 1) {
		report_legend_begin(r);
		for (size_t i = 0; i < len; i++)
			report_legend(r, areas[i].colour, areas[i].label);
		report_legend_end(r);
	}
	report_note(r, note);
	add_table(r, caption, rows, areas, len, unit);
	report_figure_end(r);
	buf_release(&text);
}

/* Returns the highest sum of the phases in any bucket. */
static double highest_sum(const struct rows *rows, const enum phase *phases,
			  size_t count)
{
	double most = 0;

	for (size_t i = 0; i < rows->len; i++) {
		double sum = 0;

		for (size_t k = 0; k < count; k++)
			sum += rows->values[phases[k]][i];
		most = fmax(most, sum);
	}
	return most;
}

/* Returns true if the phase can be seen in some bucket of the figure. */
static bool is_visible(const struct rows *rows, enum phase phase, double high)
{
	for (size_t i = 0; i < rows->len; i++)
		if (rows->values[phase][i] > high / 500)
			return true;
	return false;
}

/* Adds a figure of stacked areas, without phases that could not be seen. */
static void add_phases(struct report *r, const char *caption, const char *note,
		       const json_t *summary, const enum phase *phases,
		       size_t count)
{
	struct area areas[PHASE_COUNT];
	struct rows rows;
	size_t len = 0;
	double high;

	if (!read_phases(&rows, summary))
		return;
	high = highest_sum(&rows, phases, count);
	for (size_t i = 0; i < count; i++)
		if (is_visible(&rows, phases[i], high))
			areas[len++] = (struct area){
				phases[i], report_phase_label(phases[i]),
				phase_name(phases[i]),
			};
	if (len)
		add_figure(r, caption, note, &rows, areas, len, true,
			   UNIT_COUNT);
}

void report_in_flight(struct report *r, const char *caption,
		      const char *note, const json_t *summary)
{
	static const enum phase phases[] = {
		PHASE_DNS, PHASE_CONNECT, PHASE_TLS, PHASE_FIRST_BYTE,
		PHASE_BODY, PHASE_QUEUE, PHASE_PARSE,
	};

	add_phases(r, caption, note, summary, phases,
		   sizeof(phases) / sizeof(*phases));
}

void report_waiting(struct report *r, const char *caption, const char *note,
		    const json_t *summary)
{
	static const enum phase phases[] = {PHASE_OUTPUT, PHASE_WAIT};

	add_phases(r, caption, note, summary, phases,
		   sizeof(phases) / sizeof(*phases));
}

/* Turns the counts of a row into rates. The run ends within the last bucket,
 * which is therefore shorter. */
static void make_rates(struct rows *rows, size_t row)
{
	for (size_t i = 0; i < rows->len; i++) {
		const double left = rows->duration - (double)i * rows->step;
		const double width = fmin(rows->step, left);

		/* Count a very short last bucket as a quarter of a step at
		 * least, because its rate would be meaningless. */
		rows->values[row][i] /= fmax(width, rows->step / 4);
	}
}

void report_throughput(struct report *r, const char *caption,
		       const char *note, const json_t *summary)
{
	static const struct area areas[] = {
		{0, "finished", "m0"}, {1, "of these with an error", "error"},
	};
	const json_t *timeline = json_object_get(summary, "timeline");
	struct rows rows;

	if (!read_timeline(&rows, summary))
		return;
	read_row(&rows, 0, json_object_get(timeline, "finished"));
	read_row(&rows, 1, json_object_get(timeline, "errors"));
	make_rates(&rows, 0);
	make_rates(&rows, 1);
	add_figure(r, caption, note, &rows, areas,
		   sum_of(&rows, 1) > 0 ? 2 : 1, false, UNIT_RATE);
}
