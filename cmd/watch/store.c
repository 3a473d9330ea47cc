/* A request has a row in each of three tables, which change at different times:
 * the text of the request, the time at which it was made, and the known state
 * of its page. */
#include "cmd/watch/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "crawl/database/database.h"

/* Stored as the minute of a timetable without a time of day. */
#define NO_MINUTE UINT64_MAX

static const char schema[] =
	"CREATE TABLE IF NOT EXISTS watch (name TEXT PRIMARY KEY,"
	" value NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS requests (request INTEGER PRIMARY KEY,"
	" key INTEGER NOT NULL UNIQUE, run INTEGER NOT NULL,"
	" place INTEGER NOT NULL, url TEXT, id TEXT, input TEXT, params TEXT,"
	" method TEXT, body TEXT, headers TEXT, priority INTEGER NOT NULL,"
	" max_time REAL NOT NULL, wrong TEXT, every INTEGER NOT NULL,"
	" minute INTEGER NOT NULL, weekday INTEGER NOT NULL);"
	"CREATE TABLE IF NOT EXISTS times (request INTEGER PRIMARY KEY,"
	" slot INTEGER NOT NULL, made INTEGER);"
	"CREATE TABLE IF NOT EXISTS known (request INTEGER PRIMARY KEY,"
	" condition INTEGER NOT NULL, failure TEXT, since INTEGER NOT NULL,"
	" was_good INTEGER NOT NULL, etag TEXT, modified TEXT,"
	" whole INTEGER NOT NULL, body INTEGER NOT NULL, fields TEXT,"
	" meaning INTEGER NOT NULL);";

struct commit {
	struct task task;
	struct watch_store *store;
	char *path;		/* path of the output; NULL: not a file */
	watch_sync *sync;
	void *ctx;
	int result;
};

struct watch_store {
	struct database *db;
	uint64_t run;		/* number of this run */
	bool is_committing, has_failed;
};

/* --- Opening -------------------------------------------------------------- */

static int result_of(const struct watch_store *s)
{
	return database_error(s->db) ? -1 : 0;
}

/* Runs a statement in the calling thread, after the earlier statements have
 * ended. */
static int run_now(struct watch_store *s, struct statement *st)
{
	while (database_next_row(s->db, st))
		;
	return result_of(s);
}

static int begin(struct watch_store *s)
{
	return database_finish(s->db, database_statement(s->db,
		"BEGIN IMMEDIATE"));
}

/* Reads a value of the table `watch`. Returns false if the table has no such
 * value. */
static bool get_value(struct watch_store *s, const char *name,
		      uint64_t *number, char **text)
{
	struct statement *st = database_statement(s->db,
		"SELECT value FROM watch WHERE name = ?");
	bool found = false;

	if (st)
		bind_text(st, 1, name);
	while (database_next_row(s->db, st)) {
		if (number)
			*number = number_at(st, 0);
		if (text)
			*text = copy_at(st, 0);
		found = true;
	}
	return found;
}

static int begin_run(struct watch_store *s)
{
	struct statement *st;

	if (begin(s))
		return -1;
	get_value(s, "run", &s->run, NULL);
	s->run++;
	st = database_statement(s->db,
		"INSERT OR REPLACE INTO watch VALUES ('run', ?)");
	if (!st)
		return -1;
	bind_number(st, 1, s->run);
	return run_now(s, st);
}

struct watch_store *watch_store_open(const char *folder, struct buf *why)
{
	struct watch_store *s = xcalloc(1, sizeof(*s));

	s->db = database_open(folder, WATCH_STORE_FILE, schema,
			      WATCH_STORE_VERSION, "", why);
	if (s->db && !begin_run(s))
		return s;
	if (s->db)
		buf_addstr(why, database_error(s->db));
	watch_store_close(s);
	return NULL;
}

void watch_store_close(struct watch_store *s)
{
	if (!s)
		return;
	database_close(s->db);
	free(s);
}

const char *watch_store_error(const struct watch_store *s)
{
	return database_error(s->db);
}

bool watch_store_output(struct watch_store *s, struct output_mark *mark,
			char **path)
{
	*path = NULL;
	if (!get_value(s, "output", &mark->length, NULL) ||
	    !get_value(s, "tail", &mark->tail, NULL))
		return false;
	get_value(s, "path", NULL, path);
	return true;
}

/* --- Requests ------------------------------------------------------------- */

static void add_part(struct buf *text, const char *part)
{
	buf_addstr(text, part ? part : "");
	buf_addch(text, '\n');
}

/* Returns the digest that identifies a request. The body is the last part,
 * because it may contain line ends. */
static uint64_t key_of(const struct request *req)
{
	struct buf text = {0};
	uint64_t key;

	add_part(&text, req->id);
	add_part(&text, req->method);
	add_part(&text, req->params);
	add_part(&text, req->url);
	buf_addf(&text, "%d", req->has_body);
	buf_add(&text, req->body.data, req->body.len);
	key = digest_of(text.data, text.len).a;
	buf_release(&text);
	return key;
}

/* Finds a request that an earlier line or an earlier run has added. */
static bool find(struct watch_store *s, uint64_t key,
		 struct watch_request *request)
{
	struct statement *st = database_statement(s->db,
		"SELECT request, run, slot IS NULL, slot FROM requests"
		" LEFT JOIN times USING (request) WHERE key = ?");
	bool found = false;

	*request = (struct watch_request){.last = WATCH_NEVER};
	if (st)
		bind_number(st, 1, key);
	while (database_next_row(s->db, st)) {
		request->number = number_at(st, 0);
		request->is_double = number_at(st, 1) == s->run;
		if (!number_at(st, 2))
			request->last = (int64_t)number_at(st, 3);
		found = true;
	}
	return found;
}

static void bind_request(struct statement *st, const struct job *job)
{
	const struct request *req = &job->req;
	const struct timetable *t = &req->timetable;

	bind_number(st, 3, req->index);
	bind_text(st, 4, req->url);
	bind_text(st, 5, req->id);
	bind_text(st, 6, req->input);
	bind_text(st, 7, req->params);
	bind_text(st, 8, req->method);
	if (req->has_body)
		bind_slice(st, 9, slice_of(&req->body));
	bind_slice(st, 10, slice_of(&req->headers));
	bind_number(st, 11, (uint64_t)(int64_t)req->priority);
	bind_real(st, 12, req->max_time);
	if (job->err)
		bind_text(st, 13, job->err_message);
	bind_number(st, 14, (uint64_t)t->every);
	bind_number(st, 15, t->has_at ? (uint64_t)t->minute : NO_MINUTE);
	bind_number(st, 16, (uint64_t)t->weekday);
}

int watch_store_add(struct watch_store *s, const struct job *job,
		    struct watch_request *request)
{
	const uint64_t key = key_of(&job->req);
	struct statement *st;

	if (find(s, key, request) && request->is_double)
		return 0;
	st = database_statement(s->db,
		"INSERT INTO requests (key, run, place, url, id, input,"
		" params, method, body, headers, priority, max_time, wrong,"
		" every, minute, weekday)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
		" ?13, ?14, ?15, ?16)"
		" ON CONFLICT (key) DO UPDATE SET run = ?2, place = ?3,"
		" input = ?6, headers = ?10, priority = ?11, max_time = ?12,"
		" wrong = ?13, every = ?14, minute = ?15, weekday = ?16"
		" RETURNING request");
	if (!st)
		return -1;
	bind_number(st, 1, key);
	bind_number(st, 2, s->run);
	bind_request(st, job);
	while (database_next_row(s->db, st))
		request->number = number_at(st, 0);
	return result_of(s);
}

static struct job *job_of_row(const struct statement *st)
{
	struct job *job = job_new();
	struct request *req = &job->req;
	const struct slice body = slice_at(st, 6), headers = slice_at(st, 7);
	const char *wrong = text_at(st, 10);

	req->index = number_at(st, 0);
	req->url = copy_at(st, 1);
	req->id = copy_at(st, 2);
	req->input = copy_at(st, 3);
	req->params = copy_at(st, 4);
	req->method = copy_at(st, 5);
	req->has_body = body.p != NULL;
	buf_add(&req->body, body.p, body.len);
	buf_add(&req->headers, headers.p, headers.len);
	req->priority = (int)(int64_t)number_at(st, 8);
	req->max_time = real_at(st, 9);
	if (wrong)
		job_fail(job, ERR_INPUT, "%s", wrong);
	return job;
}

static struct known known_of_row(const struct statement *st)
{
	struct known k = {
		.condition = (enum condition)number_at(st, 11),
		.failure = copy_at(st, 12),
		.since = (int64_t)number_at(st, 13),
		.was_good = number_at(st, 14) != 0,
		.validators = {copy_at(st, 15), copy_at(st, 16)},
		.text = {.whole = number_at(st, 17), .body = number_at(st, 18)},
		.fields = copy_at(st, 19),
		.meaning = number_at(st, 20),
	};

	return k;
}

struct job *watch_store_take(struct watch_store *s, uint64_t number,
			     struct known *known)
{
	struct statement *st = database_statement(s->db,
		"SELECT place, url, id, input, params, method, r.body,"
		" headers, priority, max_time, wrong, condition, failure,"
		" since, was_good, etag, modified, whole, k.body, fields,"
		" meaning FROM requests r LEFT JOIN known k USING (request)"
		" WHERE request = ?");
	struct job *job = NULL;

	*known = (struct known){0};
	if (st)
		bind_number(st, 1, number);
	while (database_next_row(s->db, st)) {
		job = job_of_row(st);
		*known = known_of_row(st);
	}
	return job;
}

/* --- Responses ------------------------------------------------------------ */

int watch_store_made(struct watch_store *s, uint64_t number, int64_t slot,
		     int64_t at)
{
	struct statement *st = database_statement(s->db,
		"INSERT OR REPLACE INTO times VALUES (?, ?, ?)");

	if (!st)
		return -1;
	bind_number(st, 1, number);
	bind_number(st, 2, (uint64_t)slot);
	if (at)
		bind_number(st, 3, (uint64_t)at);
	return database_finish(s->db, st);
}

int watch_store_keep(struct watch_store *s, uint64_t number,
		     const struct known *known)
{
	struct statement *st = database_statement(s->db,
		"INSERT OR REPLACE INTO known VALUES"
		" (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

	if (!st)
		return -1;
	bind_number(st, 1, number);
	bind_number(st, 2, known->condition);
	bind_text(st, 3, known->failure);
	bind_number(st, 4, (uint64_t)known->since);
	bind_number(st, 5, known->was_good);
	bind_text(st, 6, known->validators.etag);
	bind_text(st, 7, known->validators.modified);
	bind_number(st, 8, known->text.whole);
	bind_number(st, 9, known->text.body);
	bind_text(st, 10, known->fields);
	bind_number(st, 11, known->meaning);
	return database_finish(s->db, st);
}

/* --- Commits -------------------------------------------------------------- */

static int set_output(struct watch_store *s, const struct output_mark *mark,
		      const char *path)
{
	struct statement *st = database_statement(s->db,
		"INSERT OR REPLACE INTO watch VALUES ('output', ?1),"
		" ('tail', ?2), ('path', ?3)");

	if (!st)
		return -1;
	bind_number(st, 1, mark->length);
	bind_number(st, 2, mark->tail);
	bind_text(st, 3, path ? path : "");
	return database_finish(s->db, st);
}

static void run_commit(struct task *task)
{
	struct commit *c = (struct commit *)task;
	struct watch_store *s = c->store;
	struct output_mark mark = {0};

	c->result = c->sync(c->ctx, &mark) || set_output(s, &mark, c->path) ||
		    database_finish(s->db, database_statement(s->db,
							      "COMMIT")) ||
		    begin(s) ? -1 : 0;
}

static void on_commit_done(struct task *task)
{
	struct commit *c = (struct commit *)task;

	c->store->is_committing = false;
	c->store->has_failed |= c->result != 0;
	free(c->path);
	free(c);
}

void watch_store_commit(struct watch_store *s, const char *path,
			watch_sync *sync, void *ctx)
{
	struct commit *c = xcalloc(1, sizeof(*c));

	*c = (struct commit){
		.task = {.run = run_commit, .on_done = on_commit_done,
			 .bytes = sizeof(*c)},
		.store = s,
		.path = path ? xstrdup(path) : NULL,
		.sync = sync,
		.ctx = ctx,
	};
	s->is_committing = true;
	task_queue_post(database_queue(s->db), &c->task);
	task_queue_flush(database_queue(s->db));
}

bool watch_store_is_committing(const struct watch_store *s)
{
	return s->is_committing;
}

bool watch_store_has_failed(const struct watch_store *s)
{
	return s->has_failed || database_error(s->db);
}

int watch_store_fd(const struct watch_store *s)
{
	return task_queue_fd(database_queue(s->db));
}

void watch_store_receive(struct watch_store *s)
{
	task_queue_receive(database_queue(s->db));
}

void watch_store_wait(struct watch_store *s)
{
	task_queue_wait(database_queue(s->db));
	watch_store_receive(s);
}
