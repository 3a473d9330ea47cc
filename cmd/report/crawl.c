/* Writes the HTML parts about a crawl. */
#include "cmd/report/crawl.h"

#include <string.h>

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

void report_crawl_end(struct report *r, const json_t *crawl)
{
	const char *end = text_of(crawl, "end");
	const char *command = text_of(crawl, "continue");
	/* Any other value is the name of an option. */
	const bool is_word = !strcmp(end, "interrupted") ||
			     !strcmp(end, "failed");

	if (!*end || !strcmp(end, "complete"))
		return;
	report_add(r, "<p class=\"note\">The crawl was stopped%s",
		   is_word ? ": " : " by --");
	report_text(r->out, end);
	report_add(r, ".");
	if (*command) {
		report_add(r, " This continues it: ");
		report_command(r, command);
	}
	report_add(r, "</p>\n");
}

static void add_skipped(struct report *r, const json_t *crawl)
{
	static const char *const columns[] = {"reason", "links", "example",
					      NULL};
	const json_t *examples = json_object_get(crawl, "examples");
	const json_t *counts = json_object_get(crawl, "skipped");
	const char *reason;
	json_t *count;

	if (!json_object_size(counts))
		return;
	report_add(r, "<div class=\"card names\">\n");
	report_table_begin(r, "Links left out", columns);
	json_object_foreach((json_t *)counts, reason, count) {
		report_row_begin(r, reason);
		report_cell(r, UNIT_COUNT, json_number_value(count));
		report_cell_text(r, text_of(examples, reason));
		report_row_end(r);
	}
	report_table_end(r);
	report_add(r, "</div>\n");
}

static void add_number(struct report *r, const char *name, const json_t *n)
{
	report_row_begin(r, name);
	report_cell(r, UNIT_COUNT, json_number_value(n));
	report_row_end(r);
}

/* Adds a row to the report for each number in the JSON object. */
static void add_numbers(struct report *r, const char *what,
			const json_t *numbers)
{
	const char *reason;
	struct buf name = {0};
	json_t *n;

	json_object_foreach((json_t *)numbers, reason, n) {
		buf_clear(&name);
		buf_addf(&name, "%s: %s", what, reason);
		add_number(r, buf_cstr(&name), n);
	}
	buf_release(&name);
}

static void add_sitemaps(struct report *r, const json_t *sitemaps)
{
	static const char *const columns[] = {"sitemaps", "number", NULL};
	const json_t *read = json_object_get(sitemaps, "read");
	const json_t *errors = json_object_get(sitemaps, "errors");

	if (!json_integer_value(read) && !json_object_size(errors))
		return;
	report_add(r, "<div class=\"card names\">\n");
	report_table_begin(r, "Sitemaps", columns);
	add_number(r, "read", read);
	add_numbers(r, "not read, or only in part", errors);
	add_number(r, "entries", json_object_get(sitemaps, "entries"));
	add_number(r, "entries that are new pages",
		   json_object_get(sitemaps, "pages"));
	add_numbers(r, "entries left out",
		    json_object_get(sitemaps, "refused"));
	report_table_end(r);
	report_add(r, "</div>\n");
}

static void add_traps(struct report *r, const json_t *traps)
{
	static const char *const columns[] = {"trap", "example", NULL};
	json_t *trap;
	size_t i;

	if (!json_array_size(traps))
		return;
	report_add(r, "<div class=\"card names\">\n");
	report_table_begin(r, "Traps", columns);
	json_array_foreach(traps, i, trap) {
		report_row_begin(r, text_of(trap, "kind"));
		report_cell_text(r, text_of(trap, "example"));
		report_row_end(r);
	}
	report_table_end(r);
	report_add(r, "</div>\n");
}

void report_crawl_tables(struct report *r, const json_t *crawl)
{
	add_skipped(r, crawl);
	add_sitemaps(r, json_object_get(crawl, "sitemaps"));
	add_traps(r, json_object_get(crawl, "traps"));
}
