/* Draws horizontal bars whose sections are the phases of a request. */
#include <math.h>

#include "cmd/report/axis.h"
#include "cmd/report/figures.h"

enum { VALUE = 58, ROW = 24, BAR = 14, MARGIN = 4 };

/* The phases that are drawn. Waiting for a limit or for the output may take so
 * long that other phases would hardly be visible; these two have a figure of
 * their own. */
enum { FIRST = PHASE_WAIT + 1, END = PHASE_OUTPUT };

const char *report_phase_label(enum phase phase)
{
	static const char *const names[PHASE_COUNT] = {
		"held back by a limit", "DNS", "connect", "TLS", "first byte",
		"body", "waiting for a worker", "parse", "output",
	};

	return names[phase];
}

void report_phases_read(const json_t *object, double phases[PHASE_COUNT])
{
	for (size_t i = 0; i < PHASE_COUNT; i++) {
		const double value =
			report_number(object, phase_name((enum phase)i));

		phases[i] = isfinite(value) && value > 0 ? value : 0;
	}
}

static double sum_of(const struct stack *s)
{
	double sum = 0;

	for (size_t i = FIRST; i < END; i++)
		sum += s->phases[i];
	return sum;
}

/* Returns the longest sum of all stacks. */
static double longest_of(const struct stack *stacks, size_t len)
{
	double longest = 0;

	for (size_t i = 0; i < len; i++)
		longest = fmax(longest, sum_of(&stacks[i]));
	return longest;
}

/* Returns true if a section is drawn: a shorter one could not be seen. */
static bool is_visible(double length, double longest)
{
	return length > longest / 500;
}

static bool is_drawn(const struct stack *stacks, size_t len, size_t phase)
{
	const double longest = longest_of(stacks, len);

	for (size_t i = 0; i < len; i++)
		if (is_visible(stacks[i].phases[phase], longest))
			return true;
	return false;
}

static bool is_used(const struct stack *stacks, size_t len, size_t phase)
{
	for (size_t i = 0; i < len; i++)
		if (stacks[i].phases[phase] > 0)
			return true;
	return false;
}

/* Writes the figure's description: the sum of each stack and its longest
 * phase. */
static void describe_stacks(struct buf *out, const struct stack *stacks,
			    size_t len)
{
	for (size_t i = 0; i < len; i++) {
		size_t most = FIRST;

		for (size_t k = FIRST; k < END; k++)
			if (stacks[i].phases[k] > stacks[i].phases[most])
				most = k;
		buf_addf(out, "%s%s ", i ? "; " : "", stacks[i].label);
		report_value(out, UNIT_SECONDS, sum_of(&stacks[i]));
		buf_addf(out, ", most of it %s (",
			 report_phase_label((enum phase)most));
		report_value(out, UNIT_SECONDS, stacks[i].phases[most]);
		buf_addstr(out, ")");
	}
}

static void draw_stack(struct report *r, const struct axis *x,
		       const struct stack *s, double middle)
{
	double before = 0;

	report_add(r, "<text x=\"0\" y=\"%.1f\">", middle + 4);
	report_text(r->out, s->label);
	report_add(r, "</text>");
	for (size_t i = FIRST; i < END; i++) {
		const double from = axis_position(x, before);
		const double to = axis_position(x, before + s->phases[i]);

		before += s->phases[i];
		if (!is_visible(s->phases[i], x->high))
			continue;
		report_add(r, "<rect x=\"%.1f\" y=\"%.1f\" "
			   "width=\"%.1f\" height=\"%d\" fill=\"var(--%s)\">"
			   "<title>%s</title></rect>", from,
			   middle - BAR / 2., fmax(to - from, 1.2), BAR,
			   phase_name((enum phase)i),
			   report_phase_label((enum phase)i));
	}
	report_add(r, "<text class=\"end\" x=\"%d\" y=\"%.1f\">",
		   REPORT_WIDTH - 2, middle + 4);
	report_value(r->out, UNIT_SECONDS, before);
	report_add(r, "</text>\n");
}

static void add_legend(struct report *r, const struct stack *stacks,
		       size_t len)
{
	report_legend_begin(r);
	for (size_t i = FIRST; i < END; i++)
		if (is_drawn(stacks, len, i))
			report_legend(r, phase_name((enum phase)i),
				      report_phase_label((enum phase)i));
	report_legend_end(r);
}

static void add_table(struct report *r, const char *caption,
		      const struct stack *stacks, size_t len)
{
	const char *columns[PHASE_COUNT + 2] = {""};
	size_t n = 1;

	for (size_t i = 0; i < PHASE_COUNT; i++)
		if (is_used(stacks, len, i))
			columns[n++] = report_phase_label((enum phase)i);
	report_add(r, "<details><summary>The numbers</summary>\n");
	report_table_begin(r, caption, columns);
	for (size_t i = 0; i < len; i++) {
		report_row_begin(r, stacks[i].label);
		for (size_t k = 0; k < PHASE_COUNT; k++)
			if (is_used(stacks, len, k))
				report_cell(r, UNIT_SECONDS,
					    stacks[i].phases[k]);
		report_row_end(r);
	}
	report_table_end(r);
	report_add(r, "</details>\n");
}

void report_stacks(struct report *r, const char *caption, const char *note,
		   const struct stack *stacks, size_t len)
{
	const int height = (int)len * ROW + 2 * MARGIN;
	struct buf text = {0};
	struct axis x = {
		.high = longest_of(stacks, len),
		.to = REPORT_WIDTH - VALUE,
	};

	for (size_t i = 0; i < len; i++)
		x.from = fmax(x.from, report_label_width(stacks[i].label));
	describe_stacks(&text, stacks, len);
	report_figure_begin(r, caption, buf_cstr(&text), height);
	report_add(r, "<path class=\"base\" d=\"M%.0f 0V%d\"/>\n", x.from,
		   height);
	for (size_t i = 0; i < len; i++)
		draw_stack(r, &x, &stacks[i],
			   MARGIN + ((double)i + .5) * ROW);
	report_drawing_end(r);
	add_legend(r, stacks, len);
	report_note(r, note);
	add_table(r, caption, stacks, len);
	report_figure_end(r);
	buf_release(&text);
}
