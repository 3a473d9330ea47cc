/*
 * The page that a report is written on: its frame, its tables, its words and
 * numbers. HTML5 that is well-formed XML too, so that a test can read it; no
 * scripts, nothing from elsewhere. What comes from the run, hosts and URLs,
 * is hostile: only report_text() and what is said to be text may have it.
 */
#ifndef CMD_REPORT_PAGE_H
#define CMD_REPORT_PAGE_H

#include "base/buf.h"
#include "cmd/report/words.h"

struct report {
	struct buf *out;	/* borrowed */
	unsigned figures;	/* so far: for their ids */
};

/* title is text. */
void report_begin(struct report *r, const char *title);
void report_end(struct report *r);

/* Markup, printf's way: for what is known to need no escaping. */
#define report_add(r, ...) buf_addf((r)->out, __VA_ARGS__)

/* The page's largest numbers, between <dl class="facts"> and </dl>. */
void report_fact(struct report *r, const char *name, enum unit unit,
		 double value);
void report_fact_text(struct report *r, const char *name, const char *text);

/* A table with a caption: columns are its heads, ended by NULL. All text. */
void report_table_begin(struct report *r, const char *caption,
			const char *const *columns);
void report_table_end(struct report *r);

/* The first cell of a row names it. */
void report_row_begin(struct report *r, const char *name);
void report_row_end(struct report *r);
void report_cell(struct report *r, enum unit unit, double value);
void report_cell_text(struct report *r, const char *text);

/* A figure: caption and description (text) are its accessible name. What is
 * drawn comes between the two; the plane is REPORT_WIDTH wide. */
enum { REPORT_WIDTH = 360 };
void report_figure_begin(struct report *r, const char *caption,
			 const char *description, int height);
void report_drawing_end(struct report *r);

/* Then its legend, and its table, and the end. */
void report_legend_begin(struct report *r);
void report_legend(struct report *r, const char *colour, const char *text);
void report_legend_end(struct report *r);
void report_figure_end(struct report *r);

/* Between <div class="figures"> and </div>: a row of them, where there is
 * room. */
void report_figures_begin(struct report *r, const char *heading);
void report_figures_end(struct report *r);

#endif
