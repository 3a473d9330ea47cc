/*
 * The status as JSON is an object:
 *
 *	watch		{"running", "requests", "good", "failed", "gone", "new",
 *			"due", "next"}: counts, and when the next request is due
 *	requests	[{"url", "id", "due", "made", "condition", "failure",
 *			"since"}, ...] in the order in which they are due
 *
 * The times have no jitter. The status leaves out requests that were not in the
 * list of the last run.
 */
#include "cmd/watch/status.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/timestamp.h"
#include "cmd/options/options.h"
#include "cmd/output/format.h"
#include "cmd/session/state_folder.h"
#include "cmd/watch/store.h"
#include "crawl/database/database.h"

/* Number of requests in each list of the text. */
enum { SHOWN = 20 };

/* Time at which a request without a timetable is due: in the next round. */
#define NEXT_ROUND INT64_MAX

struct row {
	char *url, *id, *failure;	/* owned; or NULL */
	int64_t due, made, since;	/* in msec since 1970; 0: never */
	enum condition condition;
};

struct rows {
	struct row *list;
	size_t len;
	size_t counts[CONDITIONS];
	size_t due;			/* number of requests that are due
					 * now */
};

/* --- Reading -------------------------------------------------------------- */

/* Returns the URL without its secrets. */
static char *shown_url(const struct statement *st)
{
	const char *url = text_at(st, 0);
	struct buf shown = {0};

	if (url)
		secret_url_show(&shown, url, strlen(url));
	return buf_detach(&shown);
}

static int64_t due_of_row(const struct statement *st, int64_t now)
{
	const bool was_made = number_at(st, 5) != 0;
	const int64_t minute = (int64_t)number_at(st, 3);
	const struct timetable t = {
		.every = (int64_t)number_at(st, 2),
		.has_at = minute >= 0,
		.minute = (int)minute,
		.weekday = (int)number_at(st, 4),
	};

	if (!was_made)
		return now;
	return t.every || t.has_at
		? timetable_next(&t, (int64_t)number_at(st, 6)) : NEXT_ROUND;
}

static void add_row(struct rows *rows, const struct statement *st, int64_t now)
{
	struct row *r;

	rows->list = xgrow(rows->list, rows->len, 1, sizeof(*rows->list));
	r = &rows->list[rows->len++];
	*r = (struct row){
		.url = shown_url(st),
		.id = copy_at(st, 1),
		.due = due_of_row(st, now),
		.made = (int64_t)number_at(st, 7),
		.condition = (enum condition)number_at(st, 8),
		.failure = copy_at(st, 9),
		.since = (int64_t)number_at(st, 10),
	};
	rows->due += r->due <= now;
	if (r->condition < CONDITIONS)
		rows->counts[r->condition]++;
}

static int is_sooner(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return (x->due > y->due) - (x->due < y->due);
}

static void read_rows(struct rows *rows, struct database *db, int64_t now)
{
	struct statement *st = database_statement(db,
		"SELECT url, id, every, minute, weekday, slot IS NOT NULL,"
		" slot, made, condition, failure, since FROM requests"
		" LEFT JOIN times USING (request)"
		" LEFT JOIN known USING (request)"
		" WHERE run = (SELECT value FROM watch WHERE name = 'run')"
		" ORDER BY request");

	while (database_next_row(db, st))
		add_row(rows, st, now);
	if (rows->len)
		qsort(rows->list, rows->len, sizeof(*rows->list), is_sooner);
}

static void release_rows(struct rows *rows)
{
	for (size_t i = 0; i < rows->len; i++) {
		free(rows->list[i].url);
		free(rows->list[i].id);
		free(rows->list[i].failure);
	}
	free(rows->list);
}

/* --- JSON ----------------------------------------------------------------- */

static void add_time(struct buf *out, int64_t at)
{
	timestamp_add_seconds(out, at / 1000);
}

static json_t *time_to_json(int64_t at)
{
	struct buf text = {0};
	json_t *value;

	if (!at || at == NEXT_ROUND)
		return json_null();
	add_time(&text, at);
	value = json_string(buf_cstr(&text));
	buf_release(&text);
	return value;
}

static json_t *text_to_json(const char *text)
{
	json_t *value = text ? json_string(text) : NULL;

	return value ? value : json_null();
}

static json_t *row_to_json(const struct row *r)
{
	json_t *o = json_object();
	json_t *id = r->id ? json_loads(r->id, JSON_DECODE_ANY, NULL) : NULL;

	json_object_set_new(o, "url", text_to_json(r->url));
	json_object_set_new(o, "id", id ? id : json_null());
	json_object_set_new(o, "due", time_to_json(r->due));
	json_object_set_new(o, "made", time_to_json(r->made));
	json_object_set_new(o, "condition",
			    json_string(condition_name(r->condition)));
	json_object_set_new(o, "failure", text_to_json(r->failure));
	json_object_set_new(o, "since", time_to_json(r->since));
	return o;
}

static json_t *count_to_json(size_t n)
{
	return json_integer((json_int_t)n);
}

static json_t *rows_to_json(const struct rows *rows, bool is_running)
{
	json_t *status = json_object(), *watch = json_object();
	json_t *list = json_array();

	json_object_set_new(watch, "running", json_boolean(is_running));
	json_object_set_new(watch, "requests", count_to_json(rows->len));
	for (int i = CONDITIONS - 1; i >= 0; i--)
		json_object_set_new(watch, condition_name((enum condition)i),
				    count_to_json(rows->counts[i]));
	json_object_set_new(watch, "due", count_to_json(rows->due));
	json_object_set_new(watch, "next", time_to_json(
				    rows->len ? rows->list[0].due : 0));
	for (size_t i = 0; i < rows->len; i++)
		json_array_append_new(list, row_to_json(&rows->list[i]));
	json_object_set_new(status, "watch", watch);
	json_object_set_new(status, "requests", list);
	return status;
}

static void add_json(struct buf *out, const struct rows *rows, bool is_running)
{
	json_t *status = rows_to_json(rows, is_running);
	char *text = json_dumps(status, JSON_INDENT(2));

	buf_addf(out, "%s\n", text ? text : "{}");
	free(text);
	json_decref(status);
}

/* --- Text ----------------------------------------------------------------- */

static void add_when(struct buf *out, int64_t at, int64_t now)
{
	if (at == NEXT_ROUND)
		buf_addstr(out, "in the next round");
	else if (at <= now)
		buf_addstr(out, "now");
	else
		add_time(out, at);
}

static void add_rest(struct buf *out, size_t left)
{
	if (left)
		buf_addf(out, "(and %zu more)\n", left);
}

static void add_due(struct buf *out, const struct rows *rows, int64_t now)
{
	buf_addf(out, "\n%-20s  %-20s  url\n", "due", "made last");
	for (size_t i = 0; i < rows->len && i < SHOWN; i++) {
		const struct row *r = &rows->list[i];
		struct buf due = {0}, made = {0};

		add_when(&due, r->due, now);
		if (r->made)
			add_time(&made, r->made);
		buf_addf(out, "%-20s  %-20s  %s\n", buf_cstr(&due),
			 r->made ? buf_cstr(&made) : "never", r->url);
		buf_release(&due);
		buf_release(&made);
	}
	add_rest(out, rows->len > SHOWN ? rows->len - SHOWN : 0);
}

static bool is_bad(const struct row *r)
{
	return r->condition == CONDITION_GONE ||
	       r->condition == CONDITION_FAILED;
}

static void add_failed(struct buf *out, const struct rows *rows)
{
	size_t shown = 0, bad = 0;

	for (size_t i = 0; i < rows->len; i++) {
		const struct row *r = &rows->list[i];
		struct buf since = {0};

		if (!is_bad(r) || bad++ >= SHOWN)
			continue;
		if (!shown++)
			buf_addf(out, "\n%-20s  %-20s  url\n", "failed",
				 "since");
		add_time(&since, r->since);
		buf_addf(out, "%-6s  %-12s  %-20s  %s\n",
			 condition_name(r->condition),
			 r->failure ? r->failure : "", buf_cstr(&since),
			 r->url);
		buf_release(&since);
	}
	add_rest(out, bad - shown);
}

static void add_text(struct buf *out, const struct rows *rows,
		     bool is_running, const char *folder, int64_t now)
{
	buf_addf(out, "%s: %s, %zu request%s: %zu good, %zu failed, %zu gone, "
		 "%zu new; %zu due now\n", folder,
		 is_running ? "running" : "not running", rows->len,
		 rows->len == 1 ? "" : "s", rows->counts[CONDITION_GOOD],
		 rows->counts[CONDITION_FAILED], rows->counts[CONDITION_GONE],
		 rows->counts[CONDITION_UNKNOWN], rows->due);
	add_failed(out, rows);
	if (rows->len)
		add_due(out, rows, now);
}

/* --- Printing ------------------------------------------------------------- */

static int print_rows(const struct rows *rows, const struct options *o,
		      int64_t now)
{
	const bool is_running = state_folder_is_used(o->watch.state);
	struct buf text = {0};
	int code;

	if (o->format == format_find("json"))
		add_json(&text, rows, is_running);
	else
		add_text(&text, rows, is_running, o->watch.state, now);
	code = state_folder_print(&text);
	buf_release(&text);
	return code;
}

int watch_status_print(const struct options *options)
{
	const char *const folder = options->watch.state;
	const int64_t now = timestamp_now();
	int code = state_folder_check(folder, WATCH_STORE_FILE, "watch");
	struct rows rows = {0};
	struct buf why = {0};
	struct database *db;

	if (code)
		return code;
	db = database_open_to_read(folder, WATCH_STORE_FILE,
				   WATCH_STORE_VERSION, &why);
	if (db)
		read_rows(&rows, db, now);
	if (!db || database_error(db)) {
		log_fatal("--state %.500s cannot be read: %s", folder,
			  db ? database_error(db) : buf_cstr(&why));
		code = EXIT_NOT_COMPLETED;
	} else {
		code = print_rows(&rows, options, now);
	}
	release_rows(&rows);
	database_close(db);
	buf_release(&why);
	return code;
}
