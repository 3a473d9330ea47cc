/* Writes the tables that readers look for first: the broken URLs of a run, with
 * a table for each kind of problem; then the redirects and the slowest
 * requests. */
#include "cmd/report/problems.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
	int status;
	const char *words;
} statuses[] = {
	{400, "Bad Request"}, {401, "Unauthorized"}, {402, "Payment Required"},
	{403, "Forbidden"}, {404, "Not Found"}, {405, "Method Not Allowed"},
	{406, "Not Acceptable"}, {408, "Request Timeout"}, {409, "Conflict"},
	{410, "Gone"}, {422, "Unprocessable Content"},
	{429, "Too Many Requests"}, {451, "Unavailable For Legal Reasons"},
	{500, "Internal Server Error"}, {501, "Not Implemented"},
	{502, "Bad Gateway"}, {503, "Service Unavailable"},
	{504, "Gateway Timeout"},
};

static const char *const kinds[][2] = {
	{"input", "The line of the list is not a request"},
	{"url", "Not a valid URL"},
	{"blocked", "Not allowed: scheme or address"},
	{"robots", "Forbidden by robots.txt"},
	{"dns", "The name of the host was not found (dns)"},
	{"connect", "No connection to the server (connect)"},
	{"tls", "Certificate or encryption (tls)"},
	{"timeout", "No complete response in time (timeout)"},
	{"http", "Incomplete or invalid response (http)"},
	{"redirects", "Too many redirects, or one that leads nowhere"},
	{"too_large", "The response is too large"},
	{"decode", "The compression of the response is damaged (decode)"},
	{"parse", "The response cannot be read (parse)"},
	{"internal", "Error of the program (internal)"},
};

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static double count_of(const json_t *object)
{
	const double count = report_number(object, "count");

	return isfinite(count) && count > 0 ? count : 0;
}

/* Appends "404 Not Found", or the words for an error. */
static void add_group_name(struct buf *out, const json_t *group)
{
	const char *error = text_of(group, "error");
	const double status = report_number(group, "status");

	for (size_t i = 0; error && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(kinds[i][0], error)) {
			buf_addstr(out, kinds[i][1]);
			return;
		}
	if (error) {
		buf_addstr(out, error);
		return;
	}
	report_value(out, UNIT_COUNT, status);
	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
		if (statuses[i].status == status)
			buf_addf(out, " %s", statuses[i].words);
}

/* Appends ": 1,200 requests, of which 1,000 are listed". */
static void add_number(struct buf *out, double count, size_t listed)
{
	buf_addstr(out, ": ");
	report_value(out, UNIT_COUNT, count);
	buf_addstr(out, count == 1 ? " request" : " requests");
	if ((double)listed >= count)
		return;
	buf_addstr(out, ", of which ");
	report_value(out, UNIT_COUNT, (double)listed);
	buf_addstr(out, listed == 1 ? " is listed" : " are listed");
}

/* Returns true if at least one of the requests has a text as the member
 * `key`. */
static bool has_texts(const json_t *requests, const char *key)
{
	for (size_t i = 0; i < json_array_size(requests); i++)
		if (text_of(json_array_get(requests, i), key))
			return true;
	return false;
}

static void add_url_cell(struct report *r, const json_t *request,
			 const char *key)
{
	const char *url = text_of(request, key);

	report_cell_url(r, url ? url : "");
}

static void add_request(struct report *r, const json_t *request, bool via,
			bool message)
{
	const char *url = text_of(request, "url");
	const char *text = text_of(request, "message");

	report_row_begin_url(r, url ? url : "");
	if (via)
		add_url_cell(r, request, "via");
	if (message)
		report_cell_words(r, text ? text : "");
	report_row_end(r);
}

static void add_group(struct report *r, const json_t *group)
{
	const json_t *requests = json_object_get(group, "requests");
	const bool via = has_texts(requests, "via");
	const bool message = has_texts(requests, "message");
	const char *columns[4] = {"URL"};
	struct buf caption = {0};

	columns[1] = via ? "linked from" : message ? "message" : NULL;
	columns[2] = via && message ? "message" : NULL;

	add_group_name(&caption, group);
	add_number(&caption, count_of(group), json_array_size(requests));
	report_add(r, "<div class=\"card names texts\">\n");
	report_table_begin(r, buf_cstr(&caption), columns);
	for (size_t i = 0; i < json_array_size(requests); i++)
		add_request(r, json_array_get(requests, i), via, message);
	report_table_end(r);
	report_add(r, "</div>\n");
	buf_release(&caption);
}

void report_broken(struct report *r, const json_t *summary)
{
	const json_t *groups = json_object_get(summary, "broken");

	if (!json_is_array(groups))
		return;
	report_add(r, "<h2>Broken</h2>\n");
	if (!json_array_size(groups))
		report_add(r, "<p>Nothing: no request has an error or a status "
			   "of 400 or more.</p>\n");
	for (size_t i = 0; i < json_array_size(groups); i++)
		add_group(r, json_array_get(groups, i));
}

static void add_redirect(struct report *r, const json_t *request, bool via)
{
	const char *url = text_of(request, "url");

	report_row_begin_url(r, url ? url : "");
	report_cell(r, UNIT_COUNT, report_number(request, "status"));
	add_url_cell(r, request, "final_url");
	if (via)
		add_url_cell(r, request, "via");
	report_row_end(r);
}

void report_redirects(struct report *r, const json_t *summary)
{
	const char *columns[] = {"URL", "status", "leads to", NULL, NULL};
	const json_t *redirected = json_object_get(summary, "redirected");
	const json_t *requests = json_object_get(redirected, "requests");
	const bool via = has_texts(requests, "via");
	struct buf caption = {0};

	if (!json_array_size(requests))
		return;
	columns[3] = via ? "linked from" : NULL;
	buf_addstr(&caption, "Redirected");
	add_number(&caption, count_of(redirected), json_array_size(requests));
	report_add(r, "<h2>Redirects</h2>\n<div class=\"card names two\">\n");
	report_table_begin(r, buf_cstr(&caption), columns);
	for (size_t i = 0; i < json_array_size(requests); i++)
		add_redirect(r, json_array_get(requests, i), via);
	report_table_end(r);
	report_add(r, "</div>\n");
	buf_release(&caption);
}

static void add_slow_row(struct report *r, size_t number, const json_t *slow)
{
	const json_t *phases = json_object_get(slow, "phases");
	const char *error = text_of(slow, "error");
	const char *url = text_of(slow, "url");
	char name[24];

	snprintf(name, sizeof(name), "%zu", number);
	report_row_begin(r, name);
	report_cell_url(r, url ? url : "");
	if (error)
		report_cell_text(r, error);
	else
		report_cell(r, UNIT_COUNT, report_number(slow, "status"));
	report_cell(r, UNIT_SECONDS, report_number(slow, "total"));
	report_cell(r, UNIT_SECONDS, report_number(phases, "queue"));
	report_cell(r, UNIT_SECONDS, report_number(phases, "parse"));
	report_cell(r, UNIT_SECONDS, report_number(phases, "wait"));
	report_row_end(r);
}

void report_slowest(struct report *r, const json_t *summary)
{
	static const char *const columns[] = {
		"no.", "URL", "result", "network", "queue", "parsing",
		"held back before", NULL,
	};
	const json_t *slowest = json_object_get(summary, "slowest");

	if (!json_array_size(slowest))
		return;
	report_add(r, "<h2>Slowest</h2>\n<div class=\"card names slow\">\n");
	report_table_begin(r, "Requests that took longest", columns);
	for (size_t i = 0; i < json_array_size(slowest); i++)
		add_slow_row(r, i + 1, json_array_get(slowest, i));
	report_table_end(r);
	report_add(r, "</div>\n");
}
