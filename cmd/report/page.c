/* Writes the HTML of the page and of its tables and figures. */
#include "cmd/report/page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/report/style.h"

void report_begin(struct report *r, const char *title)
{
	buf_addstr(r->out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
			   "<meta charset=\"utf-8\"/>\n"
			   "<meta name=\"viewport\" content="
			   "\"width=device-width,initial-scale=1\"/>\n"
			   "<meta name=\"color-scheme\" "
			   "content=\"light dark\"/>\n"
			   /* If the page named no icon, browsers would request
			    * one. */
			   "<link rel=\"icon\" href=\"data:,\"/>\n<title>");
	report_text(r->out, title);
	buf_addstr(r->out, "</title>\n<style>\n");
	buf_addstr(r->out, report_style);
	buf_addstr(r->out, "</style>\n</head>\n<body>\n<main>\n<h1>");
	report_text(r->out, title);
	buf_addstr(r->out, "</h1>\n");
}

void report_end(struct report *r)
{
	report_add(r, "</main>\n<footer>Written by scrape %s.</footer>\n"
		   "</body>\n</html>\n", SCRAPE_VERSION);
}

void report_fact(struct report *r, const char *name, enum unit unit,
		 double value)
{
	if (!isfinite(value))
		return;
	report_add(r, "<div><dt>%s</dt><dd>", name);
	report_value(r->out, unit, value);
	report_add(r, "</dd></div>\n");
}

void report_fact_text(struct report *r, const char *name, const char *text)
{
	if (!text)
		return;
	report_add(r, "<div class=\"wide\"><dt>%s</dt><dd>", name);
	report_text(r->out, text);
	report_add(r, "</dd></div>\n");
}

/* tabindex makes the region, which may scroll, reachable by keyboard (WCAG
 * 2.1.1). */
void report_table_begin(struct report *r, const char *caption,
			const char *const *columns)
{
	report_add(r, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
		   "aria-label=\"");
	report_text(r->out, caption);
	report_add(r, "\"><table><caption>");
	report_text(r->out, caption);
	report_add(r, "</caption>\n<thead><tr>");
	for (; *columns; columns++) {
		report_add(r, "<th scope=\"col\">");
		report_text(r->out, *columns);
		report_add(r, "</th>");
	}
	report_add(r, "</tr></thead>\n<tbody>\n");
}

void report_table_end(struct report *r)
{
	report_add(r, "</tbody></table></div>\n");
}

void report_row_begin(struct report *r, const char *name)
{
	buf_addstr(r->out, "<tr><th scope=\"row\">");
	report_text(r->out, name);
	buf_addstr(r->out, "</th>");
}

static bool is_http(const char *url)
{
	return !strncasecmp(url, "http://", 7) ||
	       !strncasecmp(url, "https://", 8);
}

void report_url(struct report *r, const char *url)
{
	/* The URL of a hidden secret would not work. */
	if (!is_http(url) || strstr(url, "***")) {
		report_text(r->out, url);
		return;
	}
	buf_addstr(r->out, "<a rel=\"noreferrer\" href=\"");
	report_text(r->out, url);
	buf_addstr(r->out, "\">");
	report_text(r->out, url);
	buf_addstr(r->out, "</a>");
}

/* Browsers would break short words at their hyphens. */
void report_command(struct report *r, const char *command)
{
	enum { SHORT = 30 };

	report_add(r, "<code>");
	for (const char *word = command; *word;) {
		const size_t len = strcspn(word, " ");
		char *text = xmemdup(word, len);

		report_add(r, len < SHORT ? "<span>" : "");
		report_text(r->out, text);
		report_add(r, len < SHORT ? "</span>" : "");
		free(text);
		word += len;
		for (; *word == ' '; word++)
			report_add(r, " ");
	}
	report_add(r, "</code>");
}

void report_row_begin_url(struct report *r, const char *url)
{
	buf_addstr(r->out, "<tr><th scope=\"row\">");
	report_url(r, url);
	buf_addstr(r->out, "</th>");
}

void report_row_end(struct report *r)
{
	buf_addstr(r->out, "</tr>\n");
}

void report_cell(struct report *r, enum unit unit, double value)
{
	buf_addstr(r->out, "<td>");
	report_value(r->out, unit, value);
	buf_addstr(r->out, "</td>");
}

void report_cell_text(struct report *r, const char *text)
{
	buf_addstr(r->out, "<td>");
	report_text(r->out, text);
	buf_addstr(r->out, "</td>");
}

void report_cell_words(struct report *r, const char *text)
{
	buf_addstr(r->out, "<td class=\"text\">");
	report_text(r->out, text);
	buf_addstr(r->out, "</td>");
}

void report_cell_url(struct report *r, const char *url)
{
	buf_addstr(r->out, "<td class=\"text\">");
	report_url(r, url);
	buf_addstr(r->out, "</td>");
}

void report_figure_begin(struct report *r, const char *caption,
			 const char *description, int height)
{
	const unsigned id = ++r->figures;

	report_add(r, "<figure>\n<figcaption>");
	report_text(r->out, caption);
	report_add(r, "</figcaption>\n<svg role=\"img\" "
		   "aria-labelledby=\"f%u-name f%u-text\" "
		   "xmlns=\"http://www.w3.org/2000/svg\" "
		   "viewBox=\"0 0 %d %d\">\n<title id=\"f%u-name\">",
		   id, id, REPORT_WIDTH, height, id);
	report_text(r->out, caption);
	report_add(r, "</title>\n<desc id=\"f%u-text\">", id);
	report_text(r->out, description);
	report_add(r, "</desc>\n");
}

void report_drawing_end(struct report *r)
{
	report_add(r, "</svg>\n");
}

void report_legend_begin(struct report *r)
{
	report_add(r, "<ul class=\"legend\">\n");
}

void report_legend(struct report *r, const char *colour, const char *text)
{
	report_add(r, "<li><svg aria-hidden=\"true\" "
		   "xmlns=\"http://www.w3.org/2000/svg\" "
		   "viewBox=\"0 0 12 12\"><rect width=\"12\" height=\"12\" "
		   "rx=\"2\" fill=\"var(--%s)\"/></svg>", colour);
	report_text(r->out, text);
	report_add(r, "</li>\n");
}

void report_legend_end(struct report *r)
{
	report_add(r, "</ul>\n");
}

void report_figure_end(struct report *r)
{
	report_add(r, "</figure>\n");
}

void report_figures_begin(struct report *r, const char *heading)
{
	report_add(r, "<h2>");
	report_text(r->out, heading);
	report_add(r, "</h2>\n<div class=\"figures\">\n");
}

void report_figures_end(struct report *r)
{
	report_add(r, "</div>\n");
}
