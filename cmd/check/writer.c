/* Text for a terminal, and Markdown. Findings about links are grouped by the
 * page that has the links. */
#include "cmd/check/writer.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/colour.h"
#include "base/printable.h"
#include "base/secret_rules.h"
#include "base/timestamp.h"

static void add_text(struct buf *to, const char *text)
{
	printable_add(to, text, strlen(text));
}

static bool is_same_page(const struct finding *a, const struct finding *b)
{
	return a->page && b->page ? !strcmp(a->page, b->page)
				  : a->page == b->page;
}

static bool begins_group(const struct finding_list *f, size_t i)
{
	return !i || !is_same_page(&f->list[i - 1], &f->list[i]);
}

void finding_list_add_summary(struct buf *to, const struct finding_list *f)
{
	buf_addf(to, "%" PRIu64 " page%s and %" PRIu64 " link%s checked: ",
		 f->pages, f->pages == 1 ? "" : "s",
		 f->links, f->links == 1 ? "" : "s");
	for (int s = 0; s < SEVERITIES; s++)
		buf_addf(to, "%s%" PRIu64 " %s%s", s ? ", " : "", f->counts[s],
			 severity_name((enum severity)s),
			 f->counts[s] == 1 ? "" : "s");
}

void finding_list_add_title(struct buf *to, const struct finding_list *f)
{
	const char *source = strcmp(f->source, "-") ? f->source
						    : "standard input";

	buf_addstr(to, "Check of ");
	secret_url_show(to, source, strlen(source));
	if (f->sources > 1)
		buf_addf(to, " and %zu more", f->sources - 1);
}

void finding_list_add_date(struct buf *to)
{
	struct buf now = {0};

	timestamp_add(&now, timestamp_now());
	/* 2026-01-31T10:30:00.087Z */
	buf_addf(to, "%.10s %.5s UTC", buf_cstr(&now), buf_cstr(&now) + 11);
	buf_release(&now);
}

size_t finding_list_count(const struct finding_list *f, enum severity severity,
		      enum finding_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < f->len; i++)
		count += f->list[i].severity == severity &&
			 f->list[i].kind == kind;
	return count;
}

bool finding_url_is_http(const char *url)
{
	return !strncasecmp(url, "http://", 7) ||
	       !strncasecmp(url, "https://", 8);
}

/* --- Text ----------------------------------------------------------------- */

/* Appends a text as a line. If it is cut, the end of a text that is longer than
 * a line of a terminal is replaced by "...". */
static void add_line(struct buf *to, const char *indent, const char *text,
		     bool is_cut)
{
	enum { COLUMNS = 80 };
	struct buf line = {0};
	size_t len = 0, columns = strlen(indent);

	add_text(&line, text);
	while (len < line.len && columns < COLUMNS) {
		do
			len++;
		while (len < line.len && (line.data[len] & 0xc0) == 0x80);
		columns++;
	}
	buf_addstr(to, indent);
	if (is_cut && len < line.len) {
		/* Three characters make room for the dots. */
		for (int i = 0; i < 3; i++)
			do
				len--;
			while ((line.data[len] & 0xc0) == 0x80);
		buf_add(to, line.data, len);
		buf_addstr(to, "...");
	} else {
		buf_add(to, line.data, line.len);
	}
	buf_addch(to, '\n');
	buf_release(&line);
}

static void add_severity(struct buf *to, enum severity severity,
			 bool is_coloured)
{
	static const char *const colours[SEVERITIES] = {
		[SEVERITY_ERROR] = COLOUR_RED,
		[SEVERITY_WARNING] = COLOUR_YELLOW,
		[SEVERITY_NOTICE] = COLOUR_CYAN,
	};
	const char *colour = is_coloured ? colours[severity] : NULL;

	colour_begin(to, colour);
	buf_addf(to, "  %-8s", severity_name(severity));
	colour_end(to, colour);
}

static void add_finding_text(struct buf *to, const struct finding *f,
			     const struct finding_list *list)
{
	add_severity(to, f->severity, list->is_coloured);
	buf_addf(to, " %-22s", finding_name(f->kind));
	/* A URL is not cut off, so that it can be copied. */
	buf_addstr(to, strlen(f->url) > 46 ? "\n           " : "");
	add_text(to, f->url);
	buf_addch(to, '\n');
	add_line(to, "           ", f->detail, list->cuts_lines);
}

void finding_list_write_text(struct buf *to, const struct finding_list *f)
{
	for (size_t i = 0; i < f->len; i++) {
		if (begins_group(f, i) && f->list[i].page) {
			buf_addstr(to, i ? "\nLinks of " : "Links of ");
			add_text(to, f->list[i].page);
			buf_addch(to, '\n');
		}
		add_finding_text(to, &f->list[i], f);
	}
	buf_addstr(to, f->len ? "\n" : "");
	finding_list_add_summary(to, f);
	buf_addch(to, '\n');
}

/* --- Markdown ------------------------------------------------------------- */

static void add_escaped(struct buf *to, struct slice text, const char *markup)
{
	for (size_t i = 0; i < text.len; i++) {
		if (strchr(markup, text.p[i]))
			buf_addch(to, '\\');
		buf_addch(to, text.p[i]);
	}
}

/* Appends a cell of a table, in which no character is markup and no URL becomes
 * a link. (GitHub makes links of URLs, and would take backslashes for parts of
 * them.) */
static void add_cell(struct buf *to, const char *text)
{
	struct buf line = {0};

	add_text(&line, text);
	add_escaped(to, slice_of(&line), "\\`*_[]<>|~&#:");
	buf_release(&line);
}

/* Appends a URL as a link (https://spec.commonmark.org/0.31.2/#autolinks), in
 * which only the | of a table needs a backslash. Appends a URL as text if one
 * of its characters would end the link or begin an entity. */
static void add_url(struct buf *to, const char *url)
{
	struct buf line = {0};

	if (!finding_url_is_http(url) || strpbrk(url, " \\<>;")) {
		add_cell(to, url);
		return;
	}
	add_text(&line, url);
	buf_addch(to, '<');
	add_escaped(to, slice_of(&line), "|");
	buf_addch(to, '>');
	buf_release(&line);
}

static void add_heading(struct buf *to, const struct finding_list *f)
{
	struct buf title = {0};

	finding_list_add_title(&title, f);
	buf_addstr(to, "# ");
	add_cell(to, buf_cstr(&title));
	buf_addstr(to, "\n\n");
	finding_list_add_date(to);
	buf_addstr(to, "\n\n");
	finding_list_add_summary(to, f);
	buf_addstr(to, ".\n");
	buf_release(&title);
}

static void add_kinds(struct buf *to, const struct finding_list *f)
{
	if (f->len)
		buf_addstr(to, "\n| severity | kind | findings |\n"
			       "| --- | --- | ---: |\n");
	for (int s = 0; s < SEVERITIES; s++)
		for (int k = 0; k < FINDING_KINDS; k++) {
			const size_t count = finding_list_count(f, s, k);

			if (count)
				buf_addf(to, "| %s | %s | %zu |\n",
					 severity_name(s), finding_name(k),
					 count);
		}
}

void finding_list_write_markdown(struct buf *to, const struct finding_list *f)
{
	add_heading(to, f);
	add_kinds(to, f);
	for (size_t i = 0; i < f->len; i++) {
		const struct finding *finding = &f->list[i];

		if (begins_group(f, i)) {
			buf_addstr(to, finding->page ? "\n## Links of "
						     : "\n## Pages");
			add_url(to, finding->page ? finding->page : "");
			buf_addstr(to, "\n\n| severity | kind | url | detail |"
				       "\n| --- | --- | --- | --- |\n");
		}
		buf_addf(to, "| %s | %s | ", severity_name(finding->severity),
			 finding_name(finding->kind));
		add_url(to, finding->url);
		buf_addstr(to, " | ");
		add_cell(to, finding->detail);
		buf_addstr(to, " |\n");
	}
}

void finding_list_write(struct buf *to, const struct finding_list *f,
		    enum audit_format format)
{
	static void (*const formats[AUDIT_FORMATS])(struct buf *,
						    const struct finding_list *) = {
		[AUDIT_TABLE] = finding_list_write_text,
		[AUDIT_MARKDOWN] = finding_list_write_markdown,
		[AUDIT_HTML] = finding_list_write_html,
		[AUDIT_CSV] = finding_list_write_csv,
		[AUDIT_JUNIT] = finding_list_write_junit,
	};

	formats[format](to, f);
}
