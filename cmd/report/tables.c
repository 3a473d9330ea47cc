/* Writes the tables of a run's statuses, errors, fields and hosts. */
#include "cmd/report/tables.h"

#include <string.h>

/* Number of hosts that are listed: nobody reads ten thousand rows. */
enum { HOSTS_SHOWN = 100 };

void report_counts(struct report *r, const char *caption, const char *column,
		   const json_t *counts)
{
	const char *const columns[] = {column, "requests", NULL};
	const char *name;
	json_t *count;

	if (!json_object_size(counts))
		return;
	report_add(r, "<div class=\"card\">\n");
	report_table_begin(r, caption, columns);
	json_object_foreach((json_t *)counts, name, count) {
		report_row_begin(r, name);
		report_cell(r, UNIT_COUNT, json_number_value(count));
		report_row_end(r);
	}
	report_table_end(r);
	report_add(r, "</div>\n");
}

void report_fields(struct report *r, const json_t *fields)
{
	static const char *const columns[] = {"field", "found", "of", NULL};
	const char *name;
	json_t *share;

	if (!json_object_size(fields))
		return;
	report_add(r, "<div class=\"card\">\n");
	report_table_begin(r, "Fields", columns);
	json_object_foreach((json_t *)fields, name, share) {
		report_row_begin(r, name);
		report_cell(r, UNIT_COUNT, report_number(share, "found"));
		report_cell(r, UNIT_COUNT, report_number(share, "of"));
		report_row_end(r);
	}
	report_table_end(r);
	report_add(r, "</div>\n");
}

/* Adds how long a host was held back, by reason: "12.5 s (robots), 3 s
 * (429)". */
static void add_held(struct report *r, const json_t *held)
{
	struct buf text = {0};
	const char *reason;
	json_t *seconds;

	json_object_foreach((json_t *)held, reason, seconds) {
		buf_addstr(&text, text.len ? ", " : "");
		report_value(&text, UNIT_SECONDS, json_number_value(seconds));
		buf_addf(&text, " (%s)", reason);
	}
	report_cell_text(r, text.len ? buf_cstr(&text) : "\xe2\x80\x93");
	buf_release(&text);
}

static void add_robots(struct report *r, const json_t *status)
{
	static const char *const words[][2] = {
		{"none", "no file"},
		{"allows_all", "allows all"},
		{"rules", "has rules"},
		{"unreachable", "unreachable"},
	};
	const char *shown = "\xe2\x80\x93";

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (json_is_string(status) &&
		    !strcmp(json_string_value(status), words[i][0]))
			shown = words[i][1];
	report_cell_text(r, shown);
}

static void add_host(struct report *r, const json_t *host)
{
	const char *name = json_string_value(json_object_get(host, "host"));

	report_row_begin(r, name ? name : "(others)");
	report_cell(r, UNIT_COUNT, report_number(host, "requests"));
	report_cell(r, UNIT_COUNT, report_number(host, "errors"));
	report_cell(r, UNIT_BYTES, report_number(host, "bytes"));
	report_cell(r, UNIT_SECONDS, report_number(host, "mean"));
	add_held(r, json_object_get(host, "held"));
	add_robots(r, json_object_get(host, "robots"));
	report_row_end(r);
}

void report_hosts(struct report *r, const json_t *hosts)
{
	static const char *const columns[] = {
		"host", "requests", "errors", "data", "mean time", "held back",
		"robots.txt", NULL,
	};
	const size_t len = json_array_size(hosts);
	const size_t shown = len < HOSTS_SHOWN ? len : HOSTS_SHOWN;

	if (!len)
		return;
	report_add(r, "<div class=\"card names\">\n");
	report_table_begin(r, "Hosts", columns);
	for (size_t i = 0; i < shown; i++)
		add_host(r, json_array_get(hosts, i));
	report_table_end(r);
	if (shown < len)
		report_add(r, "<p class=\"soft\">These are the %zu with most "
			   "requests; %zu more are in the summary "
			   "(--summary).</p>\n", shown, len - shown);
	report_add(r, "</div>\n");
}
