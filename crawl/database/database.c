/* Statements are found by the address of their SQL, in a list: there are a few
 * dozen. They are prepared in the thread that runs them. */
#include "crawl/database/database.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/percent.h"
#include "crawl/database/bindings.h"

/* Memory for pages of the database, in KB. */
#define CACHE_SIZE "8192"

enum { STATEMENTS = 64 };

/* SQLite need not lock: while a thread reads rows, the queue's thread waits for
 * tasks. */
enum { FLAGS = SQLITE_OPEN_NOMUTEX };

/* Time for which a reader waits for another process, in msec. At the beginning
 * and the end of a crawl, its process has locked the file. */
enum { READ_WAIT = 5000 };

struct statement {
	const char *sql;
	sqlite3_stmt *prepared;	/* NULL: not prepared yet */
	struct buf values;	/* values of the parameters in the next run of
				 * the statement */
	bool is_running;	/* the statement has rows that are being read */
};

struct database {
	const char *name;		/* name of the file, for messages;
					 * borrowed */
	sqlite3 *db;
	struct task_queue *queue;
	_Atomic(char *) error;		/* the first error of the database; NULL
					 * if there is none */
	pthread_mutex_t lock;		/* guards the list of statements */
	struct statement statements[STATEMENTS];
	size_t n_statements;
};

/* Returns SQLite's message, with the system's reason if it is only "disk I/O
 * error". The caller frees the text. */
static char *describe_error(sqlite3 *db)
{
	const int error = sqlite3_errcode(db) == SQLITE_IOERR
			  ? sqlite3_system_errno(db) : 0;

	return error ? xasprintf("%s: %s", sqlite3_errmsg(db), strerror(error))
		     : xstrdup(sqlite3_errmsg(db));
}

/* A task that runs a statement with its values. */
struct step {
	struct task task;
	struct database *database;
	struct statement *statement;
	struct buf values;
};

static int fail(struct database *d)
{
	if (!d->error)
		d->error = d->db ? describe_error(d->db)
				 : xstrdup("no memory");
	return -1;
}

static int run(struct database *d, const char *sql)
{
	return sqlite3_exec(d->db, sql, NULL, NULL, NULL) ? fail(d) : 0;
}

/* Creates the file before SQLite does: it may hold secrets of the seeds, and
 * SQLite gives its other files the same mode. */
static int open_file(struct database *d, const char *folder)
{
	char *path = folder ? xasprintf("%s/%s", folder, d->name)
			    : xstrdup("");
	const int fd = folder ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)
			      : -1;
	const int result = sqlite3_open_v2(path, &d->db, FLAGS |
					   SQLITE_OPEN_READWRITE |
					   SQLITE_OPEN_CREATE, NULL);

	if (fd >= 0)
		close(fd);
	free(path);
	if (result)
		return fail(d);
	return run(d, folder
		? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;") ||
	       run(d, "PRAGMA cache_size = -" CACHE_SIZE) ? -1 : 0;
}

/* Returns the number that is the result of the SQL, or -1. */
static int get_number(struct database *d, const char *sql)
{
	struct statement *st = database_statement(d, sql);
	int number = -1;

	while (database_next_row(d, st))
		number = (int)number_at(st, 0);
	return number;
}

static int fail_version(struct database *d, int found, int version)
{
	d->error = xasprintf("%s was made by another version of scrape "
			     "(schema %d, not %d): continue with that version, "
			     "or begin in another folder",
			     d->name, found, version);
	return -1;
}

/* Creates the tables, or changes those of the previous version. Fails if the
 * file has tables of another version. */
static int create_tables(struct database *d, const char *schema, int version,
			 const char *upgrade)
{
	const int tables = get_number(d, "SELECT count(*) FROM sqlite_master");
	const int found = get_number(d, "PRAGMA user_version");
	char *sql;
	int result;

	if (d->error)
		return -1;
	if (tables && found != version && found != version - 1)
		return fail_version(d, found, version);
	sql = xasprintf("BEGIN;%s%sPRAGMA user_version = %d;COMMIT;", schema,
			tables && found != version ? upgrade : "", version);
	result = run(d, sql);
	free(sql);
	return result;
}

static int start_thread(struct database *d)
{
	d->queue = task_queue_open();
	if (!d->queue)
		d->error = xstrdup(strerror(errno));
	return d->queue ? 0 : -1;
}

static struct database *database_new(const char *name)
{
	struct database *d = xcalloc(1, sizeof(*d));

	d->name = name;
	pthread_mutex_init(&d->lock, NULL);
	return d;
}

struct database *database_open(const char *folder, const char *name,
			       const char *schema, int version,
			       const char *upgrade, struct buf *why)
{
	struct database *d = database_new(name);

	if (!start_thread(d) && !open_file(d, folder) &&
	    !create_tables(d, schema, version, upgrade))
		return d;
	buf_addstr(why, d->error);
	database_close(d);
	return NULL;
}

/* Opens the file. If no crawl uses the file, the folder stays unchanged: a
 * reader of a file with a write-ahead log (WAL) would have to create two more
 * files. */
static int open_to_read(struct database *d, const char *folder)
{
	char *log = xasprintf("%s/%s-wal", folder, d->name);
	struct buf uri = {0};
	int result;

	buf_addstr(&uri, "file:");
	percent_encode(&uri, folder, strlen(folder), PERCENT_FORM);
	buf_addf(&uri, "/%s?mode=ro", d->name);
	if (access(log, F_OK))
		buf_addstr(&uri, "&immutable=1");
	result = sqlite3_open_v2(buf_cstr(&uri), &d->db, FLAGS |
				 SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
	buf_release(&uri);
	free(log);
	return result ? fail(d) : 0;
}

/* Begins a transaction, which sees no changes that another process makes
 * meanwhile. */
static int begin_to_read(struct database *d, const char *folder, int version)
{
	int tables, found;

	if (open_to_read(d, folder))
		return -1;
	sqlite3_busy_timeout(d->db, READ_WAIT);
	if (run(d, "BEGIN"))
		return -1;
	tables = get_number(d, "SELECT count(*) FROM sqlite_master");
	found = get_number(d, "PRAGMA user_version");
	if (!d->error && !tables)
		d->error = xasprintf("%s is empty: nothing has begun",
				     d->name);
	if (!d->error && found != version && found != version - 1)
		return fail_version(d, found, version);
	return d->error ? -1 : 0;
}

struct database *database_open_to_read(const char *folder, const char *name,
				       int version, struct buf *why)
{
	struct database *d = database_new(name);

	if (!start_thread(d) && !begin_to_read(d, folder, version))
		return d;
	buf_addstr(why, d->error);
	database_close(d);
	return NULL;
}

void database_close(struct database *d)
{
	if (!d)
		return;
	task_queue_close(d->queue);
	for (size_t i = 0; i < d->n_statements; i++) {
		sqlite3_finalize(d->statements[i].prepared);
		buf_release(&d->statements[i].values);
	}
	sqlite3_close(d->db);
	pthread_mutex_destroy(&d->lock);
	free(d->error);
	free(d);
}

struct task_queue *database_queue(const struct database *d)
{
	return d->queue;
}

const char *database_error(const struct database *d)
{
	return d->error;
}

/* Returns the statement with this SQL from the list; adds it if it is new. */
static struct statement *find_statement(struct database *d, const char *sql)
{
	struct statement *st = d->statements;

	while (st->sql && st->sql != sql)
		st++;
	if (st->sql)
		return st;
	d->n_statements++;
	if (d->n_statements == STATEMENTS)
		abort();	/* raise STATEMENTS; the last entry must stay
				 * empty */
	st->sql = sql;
	return st;
}

struct statement *database_statement(struct database *d, const char *sql)
{
	struct statement *st;

	if (d->error)
		return NULL;
	pthread_mutex_lock(&d->lock);
	st = find_statement(d, sql);
	pthread_mutex_unlock(&d->lock);
	return st;
}

/* Prepares the statement, unless it is prepared, and binds the values. */
static int start(struct database *d, struct statement *st,
		 const struct buf *values)
{
	if (d->error)
		return -1;
	if (!st->prepared && sqlite3_prepare_v3(d->db, st->sql, -1,
						SQLITE_PREPARE_PERSISTENT,
						&st->prepared, NULL))
		return fail(d);
	bindings_apply(values, st->prepared);
	return 0;
}

static void reset(struct statement *st)
{
	sqlite3_reset(st->prepared);
	sqlite3_clear_bindings(st->prepared);
}

static int step(struct database *d, struct statement *st,
		const struct buf *values)
{
	int result = 0;

	if (start(d, st, values))
		return -1;
	if (sqlite3_step(st->prepared) != SQLITE_DONE)
		result = fail(d);
	reset(st);
	return result;
}

static void run_step(struct task *task)
{
	struct step *s = (struct step *)task;

	(void)step(s->database, s->statement, &s->values);
	buf_release(&s->values);
	free(s);
}

int database_finish(struct database *d, struct statement *st)
{
	struct step *s;
	int result;

	if (!st || d->error)
		return -1;
	if (task_queue_is_own_thread(d->queue)) {
		result = step(d, st, &st->values);
		buf_clear(&st->values);
		return result;
	}
	s = xcalloc(1, sizeof(*s));
	*s = (struct step){
		.task = {.run = run_step,
			 .bytes = sizeof(*s) + st->values.len},
		.database = d,
		.statement = st,
		.values = buf_take(&st->values),
	};
	task_queue_post(d->queue, &s->task);
	return 0;
}

bool database_next_row(struct database *d, struct statement *st)
{
	int result;

	if (!st)
		return false;
	if (!st->is_running) {
		task_queue_wait(d->queue);
		if (start(d, st, &st->values))
			return false;
		st->is_running = true;
	}
	result = sqlite3_step(st->prepared);
	if (result == SQLITE_ROW)
		return true;
	if (result != SQLITE_DONE)
		fail(d);
	reset(st);
	buf_clear(&st->values);
	st->is_running = false;
	return false;
}

void bind_number(struct statement *st, int at, uint64_t n)
{
	bindings_add_number(&st->values, at, n);
}

void bind_real(struct statement *st, int at, double n)
{
	bindings_add_real(&st->values, at, n);
}

void bind_text(struct statement *st, int at, const char *text)
{
	if (text)
		bind_slice(st, at, (struct slice){text, strlen(text)});
}

void bind_slice(struct statement *st, int at, struct slice text)
{
	bindings_add_text(&st->values, at, text);
}

uint64_t number_at(const struct statement *st, int column)
{
	return (uint64_t)sqlite3_column_int64(st->prepared, column);
}

double real_at(const struct statement *st, int column)
{
	return sqlite3_column_double(st->prepared, column);
}

const char *text_at(const struct statement *st, int column)
{
	return (const char *)sqlite3_column_text(st->prepared, column);
}

char *copy_at(const struct statement *st, int column)
{
	const char *text = text_at(st, column);

	return text ? xstrdup(text) : NULL;
}

struct slice slice_at(const struct statement *st, int column)
{
	const char *text = text_at(st, column);

	return (struct slice){
		text, (size_t)sqlite3_column_bytes(st->prepared, column)};
}
