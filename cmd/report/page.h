/*
 * The HTML page of a report: its frame, tables, texts and numbers. It is HTML5
 * that is also well-formed XML, so that a test can parse it, and contains no
 * scripts and no external resources. Hosts and URLs of the run are untrusted:
 * they may be passed only to report_text() and to parameters that are
 * documented as text.
 */
#ifndef CMD_REPORT_PAGE_H
#define CMD_REPORT_PAGE_H

#include "base/buf.h"
#include "cmd/report/words.h"

struct report {
	struct buf *out;	/* borrowed */
	unsigned figures;	/* number of figures so far, used for their
				 * ids */
};

/* Begins the page; title is text. */
void report_begin(struct report *r, const char *title);
void report_end(struct report *r);

/* Adds markup, formatted as by printf() and not escaped. */
#define report_add(r, ...) buf_addf((r)->out, __VA_ARGS__)

/* Add a fact to the list at the top of the page, between <dl class="facts"> and
 * </dl>. Nothing is added if the value is not finite or the text is NULL. name
 * is markup, text is text. */
void report_fact(struct report *r, const char *name, enum unit unit,
		 double value);
void report_fact_text(struct report *r, const char *name, const char *text);

/* Begins a table. The caption and the column names, ended by NULL, are text. */
void report_table_begin(struct report *r, const char *caption,
			const char *const *columns);
void report_table_end(struct report *r);

/* Begins a row; its first cell is the name of the row. Names and cells are
 * text. */
void report_row_begin(struct report *r, const char *name);
void report_row_end(struct report *r);
void report_cell(struct report *r, enum unit unit, double value);
void report_cell_text(struct report *r, const char *text);

/* Variants of report_row_begin() and report_cell_text(): for a URL, which
 * becomes a link if browsers can open it, and for a sentence, whose lines may
 * be broken. */
void report_row_begin_url(struct report *r, const char *url);
void report_cell_url(struct report *r, const char *url);
void report_cell_words(struct report *r, const char *text);

/* Adds a URL, which is text; as a link if it is http or https and no part of it
 * is hidden. */
void report_url(struct report *r, const char *url);

/* Adds a command line, which is text. */
void report_command(struct report *r, const char *command);

/* Begin and end the drawing of a figure, which is REPORT_WIDTH units wide. The
 * caption and the description (text) are its accessible name. */
enum { REPORT_WIDTH = 360 };
void report_figure_begin(struct report *r, const char *caption,
			 const char *description, int height);
void report_drawing_end(struct report *r);

/* The legend follows the drawing, then a table, then the end of the figure. */
void report_legend_begin(struct report *r);
void report_legend(struct report *r, const char *colour, const char *text);
void report_legend_end(struct report *r);
void report_figure_end(struct report *r);

/* Begin and end a group of figures, which stand side by side where there is
 * room. heading is text. */
void report_figures_begin(struct report *r, const char *heading);
void report_figures_end(struct report *r);

#endif
