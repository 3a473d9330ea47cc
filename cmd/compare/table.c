/*
 * Writes one column per mode and one row per figure. Each row uses the unit
 * that suits its largest value. A row is a line of medians, and below it the
 * least and the greatest values, "(1.20-1.31)", where runs differ.
 */
#include "cmd/compare/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/options/compare.h"

/* Four modes fit into 80 columns. */
enum { LABEL_COLUMNS = 20, CELL_COLUMNS = 15, TEXT_COLUMNS = 80 };

struct unit {
	const char *name;
	double size;
};

static const struct unit times[] = {
	{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {NULL, 0}};
static const struct unit sizes[] = {
	{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {NULL, 0}};
static const struct unit rates[] = {{"1/s", 1}, {NULL, 0}};
static const struct unit factors[] = {{"x", 1}, {NULL, 0}};
static const struct unit counts[] = {{NULL, 0}, {NULL, 0}};

/* Returns the largest unit in which the number is at least 1, or else the
 * smallest unit. */
static const struct unit *unit_for(const struct unit *units, double most)
{
	while (units[0].name && units[1].name && most < units->size)
		units++;
	return units;
}

/* Formats a member of the figure with three significant digits; counts (unit 0)
 * as whole numbers. */
static void format_number(char *to, size_t size, const json_t *figure,
			  const char *name, double unit)
{
	const double n = json_number_value(json_object_get(figure, name)) /
			 (unit > 0 ? unit : 1);
	const double shown = fabs(n);

	if (unit <= 0 || shown >= 100)
		snprintf(to, size, "%.0f", n);
	else if (shown >= 10)
		snprintf(to, size, "%.1f", n);
	else if (shown >= .995)
		snprintf(to, size, "%.2f", n);
	else
		snprintf(to, size, "%.3f", n);
}

/* Adds the median to a line of medians, and the range to the line of ranges
 * below it. */
static void add_cell(struct buf *medians, struct buf *ranges,
		     const json_t *figure, double size)
{
	char median[24] = "-", low[24], high[24], range[64] = "";

	if (json_is_object(figure)) {
		format_number(median, sizeof(median), figure, "median", size);
		format_number(low, sizeof(low), figure, "low", size);
		format_number(high, sizeof(high), figure, "high", size);
		if (strcmp(low, high))
			snprintf(range, sizeof(range), "(%s-%s)", low, high);
	}
	buf_addf(medians, "%*s", CELL_COLUMNS, median);
	buf_addf(ranges, "%*s", CELL_COLUMNS, range);
}

static void add_label(struct buf *to, const char *label, const char *unit)
{
	char text[64];

	if (unit)
		snprintf(text, sizeof(text), "%s (%s)", label, unit);
	else
		snprintf(text, sizeof(text), "%s", label);
	buf_addf(to, "%-*s", LABEL_COLUMNS, text);
}

/* Ends the line, after removing blanks from its end. */
static void end_line(struct buf *to)
{
	while (to->len && to->data[to->len - 1] == ' ')
		to->len--;
	buf_addch(to, '\n');
}

/* Adds a row, without the line of ranges if that is empty. figures has an entry
 * for each mode, NULL if nothing was measured. */
static void add_row(struct buf *to, const char *label, const char *unit,
		    const json_t *const *figures, size_t modes, double size)
{
	struct buf ranges = {0};

	add_label(to, label, unit);
	add_label(&ranges, "", NULL);
	for (size_t i = 0; i < modes; i++)
		add_cell(to, &ranges, figures[i], size);
	end_line(to);
	end_line(&ranges);
	if (ranges.len > 1)
		buf_add(to, ranges.data, ranges.len);
	buf_release(&ranges);
}

static const json_t *mode_member(const json_t *mode, const char *name,
				 const char *inner)
{
	const json_t *value = json_object_get(mode, name);

	return inner ? json_object_get(value, inner) : value;
}

static void add_figure(struct buf *to, const json_t *modes, const char *label,
		       const struct unit *units, const char *name,
		       const char *inner)
{
	const json_t *figures[COMPARE_MODES];
	const struct unit *unit;
	double most = 0;
	json_t *mode;
	size_t i;

	json_array_foreach(modes, i, mode) {
		figures[i] = mode_member(mode, name, inner);
		most = fmax(most, json_number_value(json_object_get(
					  figures[i], "median")));
	}
	unit = unit_for(units, most);
	add_row(to, label, unit->name, figures, i, unit->size);
}

static void add_figures(struct buf *to, const json_t *modes)
{
	static const struct {
		const char *label, *name, *inner;
		const struct unit *units;
	} rows[] = {
		{"wall time", "wall", NULL, times},
		{"speed-up", "speedup", NULL, factors},
		{"requests", "rate", NULL, rates},
		{"user CPU", "user", NULL, times},
		{"system CPU", "system", NULL, times},
		{"CPU per request", "cpu_per_request", NULL, times},
		{"peak memory", "peak_memory", NULL, sizes},
		{"threads", "threads", NULL, counts},
		{"processes", "processes", NULL, counts},
		{"latency p50", "latency", "p50", times},
		{"latency p90", "latency", "p90", times},
		{"latency p99", "latency", "p99", times},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		add_figure(to, modes, rows[i].label, rows[i].units,
			   rows[i].name, rows[i].inner);
}

static void add_counts(struct buf *to, const json_t *modes, const char *label,
		       const char *name)
{
	json_t *mode;
	size_t i;

	add_label(to, label, NULL);
	json_array_foreach(modes, i, mode)
		buf_addf(to, "%*lld", CELL_COLUMNS,
			 (long long)json_integer_value(
				 json_object_get(mode, name)));
	end_line(to);
}

static void add_equality(struct buf *to, const json_t *modes)
{
	json_t *mode;
	size_t i;

	add_label(to, "records", NULL);
	json_array_foreach(modes, i, mode)
		buf_addf(to, "%*s", CELL_COLUMNS,
			 json_is_true(json_object_get(mode, "equal"))
				 ? "equal" : "differ");
	end_line(to);
}

static void add_mode_names(struct buf *to, const json_t *modes)
{
	json_t *mode;
	size_t i;

	add_label(to, "median (least-most)", NULL);
	json_array_foreach(modes, i, mode)
		buf_addf(to, "%*s", CELL_COLUMNS,
			 json_string_value(json_object_get(mode, "mode")));
	end_line(to);
}

/* Adds the sweep: one row per value, with the rate of each mode. */
static void add_sweep(struct buf *to, const json_t *sweep)
{
	const json_t *modes = json_object_get(sweep, "modes");
	const json_t *figures[COMPARE_MODES];
	json_t *value, *mode;
	char label[64];
	size_t v, i;

	if (!json_is_object(sweep))
		return;
	buf_addf(to, "\nrequests (1/s) by --%s\n",
		 json_string_value(json_object_get(sweep, "option")));
	json_array_foreach(json_object_get(sweep, "values"), v, value) {
		snprintf(label, sizeof(label), "  %lld",
			 (long long)json_integer_value(value));
		json_array_foreach(modes, i, mode)
			figures[i] = json_array_get(
				json_object_get(mode, "rate"), v);
		add_row(to, label, NULL, figures, i, 1);
	}
}

/* Adds a paragraph, with lines broken between words. */
static void add_paragraph(struct buf *to, const char *text)
{
	size_t column = 0;

	while (*text) {
		const size_t len = strcspn(text, " ");

		if (column && column + 1 + len > TEXT_COLUMNS) {
			buf_addch(to, '\n');
			column = 0;
		} else if (column) {
			buf_addch(to, ' ');
			column++;
		}
		buf_add(to, text, len);
		column += len;
		text += len + (text[len] == ' ');
	}
	buf_addch(to, '\n');
}

static void add_count(struct buf *to, const json_t *object, const char *name,
		      const char *one)
{
	const long long n = json_integer_value(json_object_get(object, name));

	buf_addf(to, "%lld %s%s", n, one, n == 1 ? "" : "s");
}

static void add_title(struct buf *to, const json_t *c)
{
	const char *workload =
		json_string_value(json_object_get(c, "workload"));
	const char *source = json_string_value(json_object_get(c, "source"));
	const json_t *machine = json_object_get(c, "machine");
	struct buf text = {0};

	add_count(&text, c, "requests", "request");
	buf_addf(&text, " (%s%s), ", workload ? "workload " : "",
		 workload ? workload : source ? source : "");
	add_count(&text, c, "repeat", "run");
	buf_addstr(&text, " of each mode; ");
	add_count(&text, machine, "processors", "processor");
	add_paragraph(to, buf_cstr(&text));
	buf_release(&text);
	buf_addch(to, '\n');
}

/* Reports modes whose records differ from the records of the first run: either
 * the modes behave differently, or the pages change from run to run. */
static void add_differences(struct buf *to, const json_t *modes)
{
	json_t *mode;
	size_t i;

	json_array_foreach(modes, i, mode) {
		const json_t *first = json_object_get(mode, "first_differing");
		struct buf text = {0};

		if (json_is_true(json_object_get(mode, "equal")))
			continue;
		buf_addf(&text, "%s: %lld records differ from those of the "
			 "first run",
			 json_string_value(json_object_get(mode, "mode")),
			 (long long)json_integer_value(
				 json_object_get(mode, "differing")));
		if (json_is_integer(first))
			buf_addf(&text, ", the first is index %lld",
				 (long long)json_integer_value(first));
		if (i == 0)
			buf_addstr(&text, ". Both runs were in the same mode: "
					  "the pages themselves change.");
		add_paragraph(to, buf_cstr(&text));
		buf_release(&text);
	}
}

static void add_advice(struct buf *to, const json_t *advice)
{
	struct buf text = {0};

	buf_addf(&text, "Recommended: --mode %s. The list is %s: %s.",
		 json_string_value(json_object_get(advice, "mode")),
		 json_string_value(json_object_get(advice, "kind")),
		 json_string_value(json_object_get(advice, "reason")));
	add_paragraph(to, buf_cstr(&text));
	buf_release(&text);
}

void compare_table(struct buf *to, const json_t *comparison)
{
	const json_t *modes = json_object_get(comparison, "modes");

	add_title(to, comparison);
	add_mode_names(to, modes);
	add_figures(to, modes);
	add_counts(to, modes, "errors", "errors");
	add_counts(to, modes, "other failures", "bad");
	add_equality(to, modes);
	add_sweep(to, json_object_get(comparison, "sweep"));
	buf_addch(to, '\n');
	add_differences(to, modes);
	add_advice(to, json_object_get(comparison, "recommendation"));
}
