/*
 * Writes records as rows of a table in a PostgreSQL database: each batch is
 * copied into a temporary table, as texts, and inserted from there, in one
 * transaction. With the temporary table, --upsert is possible, which COPY alone
 * does not offer, and the texts can become values of the columns' types.
 *
 * Each batch is read twice: first for the types that the columns need, then for
 * the values.
 *
 * With --upsert the records of failed requests are inserted last, and only
 * those whose url has no row then.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/output/columns.h"
#include "cmd/output/kept_rows.h"
#include "cmd/output/postgres_key.h"
#include "cmd/output/postgres_run.h"
#include "cmd/output/postgres_table.h"
#include "cmd/output/sink.h"
#include "cmd/output/sql_text.h"

struct postgres_sink {
	struct sink sink;
	struct database to;
	struct buf why;
	struct postgres *server;
	struct postgres_table table;
	int64_t run;
	struct slice *values;		/* values of the current row, by column
					 * of the table */
	enum postgres_type *types;	/* types that the current batch needs,
					 * by column */
	struct buf rows, scratch, insert;
	struct buf insert_failed;	/* with --upsert: the statement for
					 * records of failed requests */
	bool has_failed;	/* the batch has records of failed requests */
	uint64_t kept;		/* number of rows that were kept although a
				 * failed request had a record for their url */
};

/* --- Rows ----------------------------------------------------------------- */

/* Finds the values of the columns index and item, which the table always
 * has. */
static void read_own(struct postgres_sink *s, struct slice line)
{
	const struct postgres_table *t = &s->table;
	struct slice key, value;
	size_t at = 0;

	/* index and item are among the first members of a record. */
	for (int i = 0; i < 4 && json_next(line, &at, &key, &value); i++) {
		if (slice_is(key, "index"))
			s->values[t->index] = value;
		else if (t->item && slice_is(key, "item"))
			s->values[t->item] = value;
	}
}

static void read_line(struct postgres_sink *s, struct slice line)
{
	const struct postgres_table *t = &s->table;

	memset(s->values, 0, t->len * sizeof(*s->values));
	columns_read(t->columns, line, s->values);
	read_own(s, line);
}

/* Goes to the next line of a batch. */
static bool next_line(struct slice *rest, struct slice *line)
{
	const char *end = rest->len ? memchr(rest->p, '\n', rest->len) : NULL;

	if (!end)
		return false;
	*line = (struct slice){rest->p, (size_t)(end - rest->p)};
	rest->p = end + 1;
	rest->len -= line->len + 1;
	return true;
}

/* Changes the columns to the types that the batch needs. */
static int adapt_table(struct postgres_sink *s, struct slice batch)
{
	struct postgres_table *t = &s->table;
	struct slice line;
	int err = 0;

	for (size_t i = 0; i < t->len; i++)
		s->types[i] = t->list[i].type;
	while (next_line(&batch, &line)) {
		read_line(s, line);
		for (size_t i = 0; i < t->len; i++)
			s->types[i] = postgres_type_for(s->types[i],
							s->values[i]);
	}
	for (size_t i = 0; i < t->len && !err; i++) {
		if (s->types[i] == t->list[i].type)
			continue;
		err = postgres_table_set_type(t, i, s->types[i]);
		buf_release(&s->insert);
	}
	return err;
}

static void add_rows(struct postgres_sink *s, struct slice batch)
{
	const struct postgres_table *t = &s->table;
	struct slice line;
	unsigned number = 0;

	buf_clear(&s->rows);
	s->has_failed = false;
	while (next_line(&batch, &line)) {
		const bool failed = t->to->upsert && kept_rows_failed(line);

		s->has_failed |= failed;
		read_line(s, line);
		buf_addf(&s->rows, "%u\t%c", number++, failed ? 't' : 'f');
		for (size_t i = 0; i < t->len; i++) {
			buf_addch(&s->rows, '\t');
			postgres_add_value(&s->rows, t->list[i].type,
					   s->values[i], &s->scratch);
		}
		buf_addch(&s->rows, '\n');
	}
}

/* --- Statements ----------------------------------------------------------- */

/* Appends a list of the columns that exist; add() appends each of them. */
static void add_list(struct buf *sql, const struct postgres_sink *s,
		     void (*add)(struct buf *sql, const struct postgres_sink *s,
				 size_t column))
{
	bool first = true;

	for (size_t i = 0; i < s->table.len; i++) {
		if (!s->table.list[i].exists)
			continue;
		if (!first)
			buf_addstr(sql, ", ");
		add(sql, s, i);
		first = false;
	}
}

static void add_name(struct buf *sql, const struct postgres_sink *s,
		     size_t column)
{
	sql_add_name(sql, s->table.list[column].name);
}

static void add_value(struct buf *sql, const struct postgres_sink *s,
		      size_t column)
{
	if (column == s->table.run)
		buf_addf(sql, "%" PRId64, s->run);
	else
		buf_addf(sql, "b.c%zu", column);
	buf_addstr(sql, "::");
	postgres_table_add_type(sql, &s->table.list[column]);
}

static void add_update(struct buf *sql, const struct postgres_sink *s,
		       size_t column)
{
	add_name(sql, s, column);
	buf_addstr(sql, " = excluded.");
	add_name(sql, s, column);
}

/* Appends a condition that keeps only the last successful record of each url;
 * with items, the records of the last successful page. */
static void add_last_of_url(struct buf *sql, const struct postgres_sink *s,
			    size_t url)
{
	buf_addf(sql, " WHERE NOT b.failed AND NOT EXISTS (SELECT FROM "
		 "pg_temp.scrape_batch l WHERE NOT l.failed AND "
		 "l.c%zu = b.c%zu AND l.n > b.n", url, url);
	if (s->table.item)
		buf_addf(sql, " AND l.c%zu <> b.c%zu", s->table.index,
			 s->table.index);
	buf_addch(sql, ')');
}

/* Appends the statement that removes the rows of the pages in the batch. */
static void add_delete(struct buf *sql, const struct postgres_sink *s,
		       size_t url)
{
	buf_addstr(sql, "DELETE FROM ");
	postgres_table_add_name(sql, &s->table);
	buf_addstr(sql, " t USING pg_temp.scrape_batch b WHERE NOT b.failed "
			"AND md5(t.");
	sql_add_name(sql, s->table.list[url].name);
	buf_addf(sql, ") = md5(b.c%zu); ", url);
}

/* Appends an INSERT from the batch, without its conditions. */
static void add_insert(struct buf *sql, const struct postgres_sink *s)
{
	buf_addstr(sql, "INSERT INTO ");
	postgres_table_add_name(sql, &s->table);
	buf_addstr(sql, " (");
	add_list(sql, s, add_name);
	buf_addstr(sql, ") SELECT ");
	add_list(sql, s, add_value);
	buf_addstr(sql, " FROM pg_temp.scrape_batch b");
}

static void make_insert(struct postgres_sink *s, size_t url)
{
	const struct postgres_table *t = &s->table;
	struct buf *sql = &s->insert;

	if (t->to->upsert && t->item)
		add_delete(sql, s, url);
	add_insert(sql, s);
	if (t->to->upsert)
		add_last_of_url(sql, s, url);
	buf_addf(sql, " ORDER BY b.n ON CONFLICT %s DO ", t->key);
	if (postgres_key_is_url(t)) {
		buf_addstr(sql, "UPDATE SET ");
		add_list(sql, s, add_update);
	} else {
		buf_addstr(sql, "NOTHING");
	}
	if (!t->to->upsert)
		buf_addstr(sql, "; COMMIT");
}

/* Appends a condition that keeps, of each url without rows, only the first
 * failed page. */
static void add_first_of_url(struct buf *sql, const struct postgres_sink *s,
			     size_t url)
{
	const struct postgres_table *t = &s->table;

	buf_addf(sql, " AND NOT EXISTS (SELECT FROM pg_temp.scrape_batch l "
		 "WHERE l.failed AND l.c%zu = b.c%zu AND l.n < b.n AND "
		 "l.c%zu <> b.c%zu) AND NOT EXISTS (SELECT FROM ", url, url,
		 t->index, t->index);
	postgres_table_add_name(sql, t);
	buf_addstr(sql, " t WHERE md5(t.");
	sql_add_name(sql, t->list[url].name);
	buf_addf(sql, ") = md5(b.c%zu))", url);
}

/* Makes the statement that inserts failed records whose url has no row. The
 * statement returns the number of rows that are kept: the SELECT at its end
 * sees the table as it was before the insertion. */
static void make_insert_failed(struct postgres_sink *s, size_t url)
{
	const struct postgres_table *t = &s->table;
	struct buf *sql = &s->insert_failed;

	buf_addstr(sql, "WITH added AS (");
	add_insert(sql, s);
	buf_addstr(sql, " WHERE b.failed");
	if (t->item)
		add_first_of_url(sql, s, url);
	buf_addf(sql, " ORDER BY b.n ON CONFLICT %s DO NOTHING RETURNING 1) "
		 "SELECT ", t->key);
	if (!t->item) {
		buf_addstr(sql, "(SELECT count(*) FROM pg_temp.scrape_batch b "
			   "WHERE b.failed) - (SELECT count(*) FROM added)");
		return;
	}
	buf_addstr(sql, "count(*) FROM ");
	postgres_table_add_name(sql, t);
	buf_addstr(sql, " t WHERE md5(t.");
	sql_add_name(sql, t->list[url].name);
	buf_addf(sql, ") IN (SELECT md5(b.c%zu) FROM pg_temp.scrape_batch b "
		 "WHERE b.failed)", url);
}

static void make_statements(struct postgres_sink *s)
{
	size_t url = 0;

	buf_clear(&s->insert_failed);
	if (s->to.upsert) {
		columns_find(s->table.columns, "url", &url);
		make_insert_failed(s, url);
	}
	make_insert(s, url);
}

static int insert_failed(struct postgres_sink *s)
{
	struct pg_result *rows =
		postgres_query(s->server, buf_cstr(&s->insert_failed), NULL, 0);

	if (!rows)
		return -1;
	s->kept += strtoull(postgres_text(rows, 0, 0), NULL, 10);
	postgres_rows_free(rows);
	return 0;
}

static int write_batch(struct postgres_sink *s, struct slice batch)
{
	if (postgres_run(s->server, "BEGIN") || adapt_table(s, batch))
		return -1;
	add_rows(s, batch);
	if (!s->insert.len)
		make_statements(s);
	if (postgres_copy(s->server, "COPY pg_temp.scrape_batch FROM STDIN",
			  s->rows.data, s->rows.len) ||
	    postgres_run(s->server, buf_cstr(&s->insert)))
		return -1;
	if (!s->to.upsert)
		return 0;
	if (s->has_failed && insert_failed(s))
		return -1;
	return postgres_run(s->server, "COMMIT");
}

static int keep_error(struct postgres_sink *s)
{
	s->sink.why = xstrdup(buf_cstr(&s->why));
	return EIO;
}

static int postgres_write(struct sink *sink, const char *lines, size_t len)
{
	struct postgres_sink *s = (struct postgres_sink *)sink;

	/* If the batch fails, its transaction ends with the connection. */
	return write_batch(s, (struct slice){lines, len}) ? keep_error(s) : 0;
}

/* Creates the columns for which no value has been written, and logs the number
 * of rows kept. */
static int postgres_finish(struct sink *sink)
{
	struct postgres_sink *s = (struct postgres_sink *)sink;
	struct postgres_table *t = &s->table;

	for (size_t i = 0; i < t->len; i++)
		if (!t->list[i].exists &&
		    postgres_table_set_type(t, i, POSTGRES_TEXT))
			return keep_error(s);
	kept_rows_log(s->kept);
	return 0;
}

static void postgres_free(struct sink *sink)
{
	struct postgres_sink *s = (struct postgres_sink *)sink;

	postgres_close(s->server);
	postgres_table_release(&s->table);
	buf_release(&s->why);
	buf_release(&s->rows);
	buf_release(&s->scratch);
	buf_release(&s->insert);
	buf_release(&s->insert_failed);
	free(s->values);
	free(s->types);
	free(s);
}

static const struct sink_ops postgres_ops = {
	.write = postgres_write, .finish = postgres_finish, .free = postgres_free,
};

static int create_batch_table(struct postgres_sink *s)
{
	struct buf sql = {0};

	buf_addstr(&sql, "CREATE TEMPORARY TABLE scrape_batch (n bigint, "
			 "failed boolean");
	for (size_t i = 0; i < s->table.len; i++)
		buf_addf(&sql, ", c%zu text", i);
	buf_addstr(&sql, ") ON COMMIT DELETE ROWS");
	return postgres_run_buf(s->server, &sql);
}

static int open_table(struct postgres_sink *s)
{
	struct postgres_table *t = &s->table;

	s->server = t->server = postgres_connect(t->to->path, &s->why);
	/* Take a lock, so that two runs that start at the same time do not both
	 * create the table. */
	if (!s->server || postgres_run(s->server, "BEGIN; SELECT "
				       "pg_advisory_xact_lock(778396277)") ||
	    postgres_table_prepare(t) || postgres_run_begin(t, &s->run) ||
	    postgres_run(s->server, "COMMIT"))
		return -1;
	s->values = xcalloc(t->len, sizeof(*s->values));
	s->types = xcalloc(t->len, sizeof(*s->types));
	return create_batch_table(s);
}

struct sink *sink_postgres_open(const struct database *to,
				const struct columns *columns)
{
	struct postgres_sink *s = xcalloc(1, sizeof(*s));

	s->sink.ops = &postgres_ops;
	s->to = *to;
	s->table.to = &s->to;
	s->table.columns = columns;
	s->table.why = &s->why;
	if (!open_table(s))
		return &s->sink;
	log_fatal("%.200s: %s", to->path, buf_cstr(&s->why));
	postgres_free(&s->sink);
	return NULL;
}
