#include "cmd/output/postgres_run.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "cmd/output/sql_text.h"

/* First number of this program's advisory locks; a run locks this number plus
 * its own. Such numbers are shared by all programs that use the server. */
#define LOCK_BASE INT64_C(0x7363726170650000)	/* the letters "scrape" */

/* Number of attempts to lock a run, and the pause between two of them in msec:
 * the server needs a moment to notice that a killed program is gone. */
enum { LOCK_TRIES = 50, LOCK_PAUSE = 100 };

static void add_runs_name(struct buf *sql, const struct postgres_table *t)
{
	sql_add_name(sql, t->schema);
	buf_addstr(sql, ".scrape_runs");
}

/* Returns 1 if the table of runs exists, 0 if not, -1 on failure. */
static int has_runs(struct postgres_table *t)
{
	const char *const schema[] = {t->schema};
	struct pg_result *rows = postgres_query(
		t->server, "SELECT to_regclass(quote_ident($1) || "
		"'.scrape_runs') IS NOT NULL", schema, 1);
	int has;

	if (!rows)
		return -1;
	has = postgres_flag(rows, 0, 0);
	postgres_rows_free(rows);
	return has;
}

/* Creates the table of runs if it is missing. CREATE TABLE IF NOT EXISTS would
 * need the privilege to create a table even if the table exists. Returns 0 or
 * -1. */
static int create_runs(struct postgres_table *t)
{
	const int has = has_runs(t);
	struct buf sql = {0};

	if (has)
		return has < 0 ? -1 : 0;
	buf_addstr(&sql, "CREATE TABLE ");
	add_runs_name(&sql, t);
	buf_addstr(&sql, " (run bigint GENERATED ALWAYS AS IDENTITY PRIMARY "
		   "KEY, \"table\" text NOT NULL, list text NOT NULL, "
		   "started_at timestamp with time zone NOT NULL DEFAULT "
		   "now())");
	return postgres_run_buf(t->server, &sql);
}

/* Runs a statement that returns the number of a run; 0 if it returns none. */
static int query_run(struct postgres_table *t, struct buf *sql, int64_t *run)
{
	const char *const values[] = {t->to->table, t->to->list};
	struct pg_result *rows = postgres_query(t->server, buf_cstr(sql), values, 2);

	buf_release(sql);
	if (!rows)
		return -1;
	*run = postgres_rows(rows) ? strtoll(postgres_text(rows, 0, 0), NULL,
					     10)
				   : 0;
	postgres_rows_free(rows);
	return 0;
}

static int find_run(struct postgres_table *t, int64_t *run)
{
	struct buf sql = {0};

	buf_addstr(&sql, "SELECT run FROM ");
	add_runs_name(&sql, t);
	buf_addstr(&sql, " WHERE \"table\" = $1 AND list = $2 "
		   "ORDER BY run DESC LIMIT 1");
	return query_run(t, &sql, run);
}

static int create_run(struct postgres_table *t, int64_t *run)
{
	struct buf sql = {0};

	buf_addstr(&sql, "INSERT INTO ");
	add_runs_name(&sql, t);
	buf_addstr(&sql, " (\"table\", list) VALUES ($1, $2) RETURNING run");
	return query_run(t, &sql, run);
}

static int lock_run(struct postgres_table *t, int64_t run)
{
	struct buf sql = {0};
	bool locked = false;

	buf_addf(&sql, "SELECT pg_try_advisory_lock(%" PRId64 ")",
		 LOCK_BASE + run);
	for (int i = 0; i < LOCK_TRIES && !locked; i++) {
		struct pg_result *rows;

		if (i)
			nanosleep(&(struct timespec){
				.tv_nsec = LOCK_PAUSE * 1000000L,
			}, NULL);
		rows = postgres_query(t->server, buf_cstr(&sql), NULL, 0);
		if (!rows)
			break;
		locked = postgres_flag(rows, 0, 0);
		postgres_rows_free(rows);
	}
	buf_release(&sql);
	if (!locked && !t->why->len)
		buf_addf(t->why, "another scrape is writing run %" PRId64, run);
	return locked ? 0 : -1;
}

int postgres_run_begin(struct postgres_table *t, int64_t *run)
{
	*run = 0;
	if (create_runs(t) || (t->to->resume && find_run(t, run)) ||
	    (!*run && create_run(t, run)))
		return -1;
	return lock_run(t, *run);
}

/* --- Reading -------------------------------------------------------------- */

/* Fetches the next rows from the cursor. Returns their number, or -1. *err is
 * the last result of on_row(). */
static int read_some(struct postgres_table *t,
		     const struct postgres_stored *stored, int *err)
{
	struct pg_result *rows = postgres_query(t->server, "FETCH 10000 FROM "
					"scrape_stored", NULL, 0);
	int count;

	if (!rows)
		return -1;
	count = postgres_rows(rows);
	for (int i = 0; i < count && !*err; i++)
		*err = stored->on_row(
			stored->ctx,
			strtoull(postgres_text(rows, i, 0), NULL, 10),
			postgres_text(rows, i, 1), postgres_flag(rows, i, 2));
	postgres_rows_free(rows);
	return count;
}

/* Appends the name of the member's column; if the table does not have it,
 * `other`. */
static void add_column(struct buf *sql, const struct postgres_table *t,
		       const char *member, const char *other)
{
	size_t at;

	if (columns_find(t->columns, member, &at) && t->list[at].exists)
		sql_add_name(sql, t->list[at].name);
	else
		buf_addstr(sql, other);
}

static int read_rows(struct postgres_table *t, int64_t run,
		     const struct postgres_stored *stored)
{
	struct buf sql = {0};
	int count = 1, err = 0;

	buf_addstr(&sql, "DECLARE scrape_stored NO SCROLL CURSOR FOR SELECT "
		   "DISTINCT ON (1) ");
	sql_add_name(&sql, t->list[t->index].name);
	buf_addstr(&sql, ", ");
	add_column(&sql, t, "url", "NULL");
	buf_addstr(&sql, ", ");
	add_column(&sql, t, "error", "NULL");
	buf_addstr(&sql, " IS NOT NULL FROM ");
	postgres_table_add_name(&sql, t);
	buf_addstr(&sql, " WHERE ");
	sql_add_name(&sql, t->list[t->run].name);
	buf_addf(&sql, " = %" PRId64 " ORDER BY 1", run);
	if (postgres_run_buf(t->server, &sql))
		return -1;
	while (count > 0 && !err)
		count = read_some(t, stored, &err);
	return count < 0 || err ? -1 : 0;
}

static int read_run(struct postgres_table *t,
		    const struct postgres_stored *stored)
{
	int64_t run = 0;
	int found = postgres_run(t->server, "BEGIN READ ONLY") ||
				    postgres_table_look(t)
			    ? -1 : t->schema != NULL;

	if (found > 0)
		found = has_runs(t);
	if (found <= 0)
		return found;
	if (find_run(t, &run))
		return -1;
	return run && t->list[t->run].exists ? read_rows(t, run, stored) : 0;
}

int postgres_run_read(const struct database *to, const struct columns *columns,
		      const struct postgres_stored *stored, struct buf *why)
{
	struct postgres_table t = {
		.server = postgres_connect(to->path, why),
		.to = to,
		.columns = columns,
		.why = why,
	};
	const int err = t.server ? read_run(&t, stored) : -1;

	postgres_close(t.server);
	postgres_table_release(&t);
	return err;
}
