/*
 * The status is a JSON object like a summary:
 *
 *	crawl	the notes of the last commit (cmd/crawl/notes.h), with counts
 *		as the database has them, and running: true or false
 *	hosts	[{"host", "requests", "waiting", "errors", "bytes", "held",
 *		"robots"}, ...] as in a summary, over all runs: those with most
 *		pages, and an entry with host null for all others
 */
#include "cmd/crawl/status/status.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/crawl/status/status_text.h"
#include "cmd/output/format.h"
#include "cmd/session/state_folder.h"
#include "crawl/database/database.h"
#include "crawl/store.h"
#include "crawl/store_status.h"

/* Number of hosts that are listed one by one, in JSON and in text: people read
 * the text, and reading a million hosts would take long. */
enum { HOSTS_JSON = 10000, HOSTS_TEXT = 20 };

static json_t *count_to_json(uint64_t n)
{
	return json_integer((json_int_t)n);
}

static json_t *held_to_json(const struct host_notes *notes)
{
	json_t *object = json_object();

	for (int i = 0; i < HELD_BY_COUNT; i++)
		if (notes->held[i] > 0)
			json_object_set_new(object,
					    held_by_name((enum held_by)i),
					    json_real(round(notes->held[i]) /
						      1e3));
	return object;
}

static json_t *text_to_json(const char *text)
{
	return text ? json_string(text) : json_null();
}

static void on_host(void *ctx, const struct status_host *host)
{
	json_t *o = json_object();

	json_object_set_new(o, "host", text_to_json(host->name));
	json_object_set_new(o, "requests", count_to_json(host->done));
	json_object_set_new(o, "waiting", count_to_json(host->waiting));
	json_object_set_new(o, "errors", count_to_json(host->errors));
	json_object_set_new(o, "bytes", count_to_json(host->bytes));
	json_object_set_new(o, "held", held_to_json(&host->notes));
	json_object_set_new(o, "robots", text_to_json(robots_status_name(
						 host->notes.robots)));
	json_array_append_new(ctx, o);
}

static json_t *read_notes(struct database *db)
{
	char *text = store_status_notes(db);
	json_t *notes = text ? json_loads(text, 0, NULL) : NULL;

	free(text);
	return json_is_object(notes) ? notes : json_object();
}

/* Returns the status, or NULL after an error of the database. */
static json_t *read_status(struct database *db, const char *folder,
			   unsigned hosts)
{
	struct status_counts counts = {0};
	json_t *status = json_object(), *crawl = read_notes(db);
	json_t *list = json_array();

	json_object_set_new(status, "crawl", crawl);
	json_object_set_new(status, "hosts", list);
	if (store_status_count(db, &counts) ||
	    store_status_each_host(db, hosts, on_host, list)) {
		json_decref(status);
		return NULL;
	}
	json_object_set_new(crawl, "running", json_boolean(state_folder_is_used(
				    folder)));
	json_object_set_new(crawl, "known", count_to_json(counts.known));
	json_object_set_new(crawl, "done", count_to_json(counts.done));
	json_object_set_new(crawl, "waiting", count_to_json(counts.waiting));
	json_object_set_new(crawl, "hosts", count_to_json(counts.hosts));
	json_object_set_new(crawl, "errors", count_to_json(counts.errors));
	json_object_set_new(crawl, "bad_statuses",
			    count_to_json(counts.bad_statuses));
	return status;
}

/* Prints the text, and frees it. */
static int print(struct buf *text)
{
	const int code = state_folder_print(text);

	buf_release(text);
	return code;
}

static int print_json(const json_t *status)
{
	char *json = json_dumps(status, JSON_INDENT(2) |
				JSON_REAL_PRECISION(15));
	struct buf text = {0};

	buf_addf(&text, "%s\n", json ? json : "{}");
	free(json);
	return print(&text);
}

static int print_text(const json_t *status, const char *folder)
{
	struct buf text = {0};

	status_text_add(&text, status, folder);
	return print(&text);
}

int status_print(const struct options *options)
{
	const char *folder = options->crawl.state;
	const bool as_json = options->format == format_find("json");
	int code = state_folder_check(folder, STORE_FILE, "crawl");
	struct database *db;
	json_t *status;
	struct buf why = {0};

	if (code)
		return code;
	db = store_open_to_read(folder, &why);
	status = db ? read_status(db, folder,
				  as_json ? HOSTS_JSON : HOSTS_TEXT) : NULL;
	if (!status) {
		log_fatal("--state %.500s cannot be read: %s", folder,
			  db ? database_error(db) : buf_cstr(&why));
		code = EXIT_NOT_COMPLETED;
	} else {
		code = as_json ? print_json(status)
			       : print_text(status, folder);
	}
	json_decref(status);
	database_close(db);
	buf_release(&why);
	return code;
}
