/* HTML for people, and the XML of JUnit, which tools for continuous integration
 * read. */
#include "cmd/check/writer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest_set.h"
#include "base/mem.h"
#include "cmd/report/page.h"

/* --- HTML ----------------------------------------------------------------- */

/* A cell whose text stays on one line. */
#define WHOLE "style=\"white-space:nowrap\""

static const char *const columns[] = {"Severity", "Kind", "URL", "Detail",
				      NULL};

static bool begins_group(const struct finding_list *f, size_t i)
{
	const char *page = f->list[i].page;
	const char *before = i ? f->list[i - 1].page : NULL;

	return !i || (page && (!before || strcmp(page, before) != 0));
}

/* Begins a table of texts, whose lines are broken where the screen ends. On a
 * phone its cells are blocks, which are a table for a screen reader only if
 * their roles are named. */
static void begin_group(struct report *r, const char *page)
{
	report_add(r, "<div class=\"card\"><table role=\"table\" "
		   "class=\"findings\"><caption class=\"text\">%s",
		   page ? "Links of " : "Pages");
	report_url(r, page ? page : "");
	report_add(r, "</caption>\n<thead role=\"rowgroup\">"
		   "<tr role=\"row\">");
	for (size_t i = 0; columns[i]; i++)
		report_add(r, "<th role=\"columnheader\" scope=\"col\" "
			   "class=\"text\" " WHOLE ">%s</th>", columns[i]);
	report_add(r, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
}

static void end_group(struct report *r)
{
	report_add(r, "</tbody></table></div>\n");
}

/* Begins a row with the names of severity and kind, which are not broken. */
static void begin_row(struct report *r, const struct finding *f)
{
	report_add(r, "<tr role=\"row\"><th role=\"rowheader\" "
		   "scope=\"row\" " WHOLE ">%s</th>"
		   "<td role=\"cell\" class=\"text\" " WHOLE ">%s</td>",
		   severity_name(f->severity), finding_name(f->kind));
}

static void add_text(struct report *r, const char *text)
{
	report_text(r->out, text);
}

static void add_cell(struct report *r, const char *text,
		     void (*add)(struct report *, const char *))
{
	report_add(r, "<td role=\"cell\" class=\"text\">");
	add(r, text);
	report_add(r, "</td>");
}

static void add_head(struct report *r, const struct finding_list *f)
{
	struct buf title = {0};

	finding_list_add_title(&title, f);
	report_begin(r, buf_cstr(&title));
	buf_release(&title);
	report_add(r, "<p class=\"soft\">");
	finding_list_add_date(r->out);
	report_add(r, "</p>\n<p>");
	finding_list_add_summary(r->out, f);
	report_add(r, ".</p>\n");
}

static void add_kinds(struct report *r, const struct finding_list *f)
{
	static const char *const names[] = {"Kind", "Severity", "Findings",
					    NULL};

	if (!f->len)
		return;
	report_add(r, "<div class=\"card counts\">\n");
	report_table_begin(r, "Findings by kind", names);
	for (int s = 0; s < SEVERITIES; s++)
		for (int k = 0; k < FINDING_KINDS; k++) {
			const size_t count = finding_list_count(f, s, k);

			if (!count)
				continue;
			report_row_begin(r, finding_name(k));
			report_cell_text(r, severity_name(s));
			report_cell(r, UNIT_COUNT, (double)count);
			report_row_end(r);
		}
	report_table_end(r);
	report_add(r, "</div>\n");
}

void finding_list_write_html(struct buf *to, const struct finding_list *f)
{
	struct report r = {.out = to};

	add_head(&r, f);
	add_kinds(&r, f);
	for (size_t i = 0; i < f->len; i++) {
		const struct finding *finding = &f->list[i];

		if (begins_group(f, i)) {
			if (i)
				end_group(&r);
			begin_group(&r, finding->page);
		}
		begin_row(&r, finding);
		add_cell(&r, finding->url, report_url);
		add_cell(&r, finding->detail, add_text);
		report_row_end(&r);
	}
	if (f->len)
		end_group(&r);
	report_end(&r);
}

/* --- JUnit ---------------------------------------------------------------- */

/* The findings of a URL are found by their order: sorted by URL. */
static int compare_urls(const void *left, const void *right)
{
	const struct finding *const *a = left, *const *b = right;
	const int urls = strcmp((*a)->url, (*b)->url);

	if (urls)
		return urls;
	return (*a)->severity < (*b)->severity	 ? -1
	       : (*a)->severity > (*b)->severity ? 1
	       : (*a)->number < (*b)->number	 ? -1
						 : 1;
}

static const struct finding **sort_by_url(const struct finding_list *f)
{
	const struct finding **list = xcalloc(f->len + 1, sizeof(*list));

	for (size_t i = 0; i < f->len; i++)
		list[i] = &f->list[i];
	if (f->len)
		qsort(list, f->len, sizeof(*list), compare_urls);
	return list;
}

static void add_where(struct buf *to, const struct finding *f)
{
	buf_addf(to, "%s: ", finding_name(f->kind));
	report_text(to, f->detail);
	if (!f->page)
		return;
	buf_addstr(to, " (link of ");
	report_text(to, f->page);
	buf_addch(to, ')');
}

/* Adds the findings of a case that fail, or the others, a line for each. */
static void add_lines(struct buf *to, const struct finding *const *list,
		      size_t len, const struct kind_set *failing, bool fail)
{
	for (size_t i = 0; i < len; i++) {
		if (kind_set_has(failing, list[i]) != fail)
			continue;
		buf_addf(to, "%s, ", severity_name(list[i]->severity));
		add_where(to, list[i]);
		buf_addch(to, '\n');
	}
}

/* Adds the failure of a case, with the first finding that fails as its message,
 * and all of them as its text: servers show one failure of a case only. */
static void add_failure(struct buf *to, const struct finding *const *list,
			size_t len, const struct kind_set *failing,
			size_t failures)
{
	size_t first = 0;

	while (!kind_set_has(failing, list[first]))
		first++;
	buf_addf(to, "<failure type=\"%s\" message=\"",
		 finding_name(list[first]->kind));
	report_text(to, list[first]->detail);
	if (failures > 1)
		buf_addf(to, " (and %zu more)", failures - 1);
	buf_addstr(to, "\">");
	add_lines(to, list, len, failing, true);
	buf_addstr(to, "</failure>\n");
}

/* Adds a test case with the findings of its URL. Findings that make the exit
 * code 1 become the failure of the test case, other findings its output.
 * Returns true if there is a failure. */
static bool add_case(struct buf *to, const char *url, double seconds,
		     const struct finding *const *list, size_t len,
		     const struct kind_set *failing)
{
	size_t failures = 0;

	for (size_t i = 0; i < len; i++)
		failures += kind_set_has(failing, list[i]);
	buf_addstr(to, "<testcase classname=\"scrape.check\" name=\"");
	report_text(to, url);
	buf_addf(to, "\" time=\"%.3f\">\n", seconds);
	if (failures)
		add_failure(to, list, len, failing, failures);
	if (failures < len) {
		buf_addstr(to, "<system-out>");
		add_lines(to, list, len, failing, false);
		buf_addstr(to, "</system-out>\n");
	}
	buf_addstr(to, "</testcase>\n");
	return failures > 0;
}

/* Returns the numbers of the checked URLs, each the first one with its text. */
static struct digest_set number_urls(const struct finding_list *f)
{
	struct digest_set numbers = {0};

	for (unsigned long i = 0; i < f->urls_len; i++) {
		const char *url = f->urls[i].url;
		unsigned long number = i;

		(void)digest_set_add(&numbers, (struct slice){url, strlen(url)},
				     &number);
	}
	return numbers;
}

/* Returns the time of a URL; 0 if it was not checked by itself. */
static double seconds_of(const struct finding_list *f,
			 struct digest_set *numbers, const char *url)
{
	const struct slice text = {url, strlen(url)};
	unsigned long number;

	if (!digest_set_has(numbers, text))
		return 0;
	(void)digest_set_add(numbers, text, &number);
	return f->urls[number].seconds;
}

static double all_seconds(const struct finding_list *f)
{
	double sum = 0;

	for (size_t i = 0; i < f->urls_len; i++)
		sum += f->urls[i].seconds;
	return sum;
}

/* Adds the cases of URLs without findings. Returns their number. */
static uint64_t add_passed(struct buf *to, const struct finding_list *f,
			   struct digest_set *known)
{
	uint64_t cases = 0;

	for (size_t i = 0; i < f->urls_len; i++) {
		const char *url = f->urls[i].url;
		unsigned long number = 0;

		if (digest_set_add(known, (struct slice){url, strlen(url)},
				   &number))
			continue;
		(void)add_case(to, url, f->urls[i].seconds, NULL, 0,
			       &f->failing);
		cases++;
	}
	return cases;
}

/* Adds a case for each URL with findings, and counts the failures. Returns the
 * number of cases. */
static uint64_t add_found(struct buf *to, const struct finding_list *f,
			  const struct finding *const *list,
			  struct digest_set *known, uint64_t *failures)
{
	struct digest_set numbers = number_urls(f);
	uint64_t cases = 0;

	for (size_t i = 0, end; list[i]; i = end) {
		const char *url = list[i]->url;
		unsigned long number = 0;

		for (end = i + 1; list[end] && !strcmp(list[end]->url, url);)
			end++;
		*failures += add_case(to, url, seconds_of(f, &numbers, url),
				      list + i, end - i, &f->failing);
		(void)digest_set_add(known, (struct slice){url, strlen(url)},
				     &number);
		cases++;
	}
	digest_set_release(&numbers);
	return cases;
}

void finding_list_write_junit(struct buf *to, const struct finding_list *f)
{
	const struct finding **list = sort_by_url(f);
	struct digest_set known = {0};
	struct buf cases = {0};
	uint64_t failures = 0;
	uint64_t count = add_found(&cases, f, list, &known, &failures);

	count += add_passed(&cases, f, &known);
	buf_addf(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		 "<testsuites>\n<testsuite name=\"scrape check\" tests=\"%"
		 PRIu64 "\" failures=\"%" PRIu64 "\" errors=\"0\" "
		 "skipped=\"0\" time=\"%.3f\">\n", count,
		 failures, all_seconds(f));
	buf_add(to, cases.data, cases.len);
	buf_addstr(to, "</testsuite>\n</testsuites>\n");
	buf_release(&cases);
	digest_set_release(&known);
	free(list);
}
