/* Records for PostgreSQL when the server fails: each call of libpq in turn
 * fails once. libpq is replaced by functions that answer as a server does that
 * has just enough of a database for the statements sent to it. */
#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/library/library.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/output/columns.h"
#include "cmd/output/postgres_run.h"
#include "cmd/output/postgres_target.h"
#include "cmd/output/sink.h"
#include "tests/unit/failing_calls.h"

/* --- The server ----------------------------------------------------------- */

/* The state of the simulated server, and its kinds of answers. */
static struct {
	bool has_table, has_runs;
	bool has_index;		/* each index that it is asked for */
	bool is_busy;		/* another program has each lock */
	bool is_text_empty;	/* the table has no texts */
	bool repeats_urls;	/* a url has several rows */
	int stored;		/* rows of the run that is resumed */
	const char *encoding;
	unsigned lock_tries;
	bool is_lost;		/* the connection is, from the failure on */
} has;

static unsigned connections, results;	/* that are to be freed */

struct pg_conn {
	bool is_connected;
};

struct pg_result {
	ExecStatusType status;
	const char *state;		/* SQLSTATE of an error */
	int rows;
	const char *values[4];		/* values of each row */
	bool is_count;			/* the first value is the row's
					 * number */
	const char *const *names;	/* the first values, if not NULL */
};

static struct pg_result *answer(ExecStatusType status)
{
	struct pg_result *r = xcalloc(1, sizeof(*r));

	r->status = status;
	results++;
	return r;
}

static struct pg_result *refuse(const char *state)
{
	struct pg_result *r = answer(PGRES_FATAL_ERROR);

	r->state = state;
	return r;
}

static bool is_in(const char *sql, const char *part)
{
	return strstr(sql, part) != NULL;
}

static PGresult *fake_PQexec(PGconn *conn, const char *sql)
{
	if (fails()) {
		conn->is_connected = !has.is_lost;
		return refuse("XX000");
	}
	if (is_in(sql, "EXPLAIN") && !has.has_index)
		return refuse("42P10");
	if (is_in(sql, "CREATE TABLE "))
		has.has_table = true;
	return answer(is_in(sql, "COPY") ? PGRES_COPY_IN : PGRES_COMMAND_OK);
}

static const char *flag(bool value)
{
	return value ? "t" : "f";
}

/* Answers each query of cmd/output/, which a part of its text identifies. */
static void answer_query(struct pg_result *r, const char *sql)
{
	static const char *const columns[] = {"url", "run", "a", "of_others"};

	r->rows = 1;
	if (is_in(sql, "FROM pg_class")) {
		r->rows = has.has_table;
		r->values[0] = "public";
		r->values[1] = "t";
	} else if (is_in(sql, "pg_attribute")) {
		*r = (struct pg_result){.status = r->status, .rows = 4,
					.values = {"", "f", "f", "text"},
					.names = columns};
	} else if (is_in(sql, "scrape_runs')")) {
		r->values[0] = flag(has.has_runs);
	} else if (is_in(sql, "advisory")) {
		has.lock_tries++;
		r->values[0] = flag(!has.is_busy);
	} else if (is_in(sql, "EXISTS (SELECT FROM \"public\"")) {
		r->values[0] = flag(!has.is_text_empty);
	} else if (is_in(sql, "HAVING")) {
		r->rows = has.repeats_urls;
	} else if (is_in(sql, "FETCH")) {
		*r = (struct pg_result){.status = r->status, .rows = has.stored,
					.values = {"", "http://a/", "f"},
					.is_count = true};
		has.stored = 0;
	} else {
		/* The number of a run, or of rows. */
		r->values[0] = "7";
	}
}

static PGresult *fake_PQexecParams(PGconn *conn, const char *sql, int count,
				   const Oid *types, const char *const *values,
				   const int *lengths, const int *formats,
				   int format)
{
	struct pg_result *r;

	(void)conn, (void)count, (void)types, (void)values;
	(void)lengths, (void)formats, (void)format;
	if (fails())
		return refuse("XX000");
	r = answer(PGRES_TUPLES_OK);
	answer_query(r, sql);
	return r;
}

static ExecStatusType fake_PQresultStatus(const PGresult *r)
{
	return r->status;
}

static char *fake_PQresultErrorField(const PGresult *r, int field)
{
	static char message[] = "it fails\n", detail[] = "on\n\tpurpose",
		    state[8];

	if (!r->state)
		return NULL;
	snprintf(state, sizeof(state), "%s", r->state);
	return field == PG_DIAG_SQLSTATE ? state
	       : field == PG_DIAG_MESSAGE_DETAIL ? detail : message;
}

static int fake_PQntuples(const PGresult *r)
{
	return r->rows;
}

static char *fake_PQgetvalue(const PGresult *r, int row, int column)
{
	static char numbers[2][16];
	static unsigned which;
	char *number = numbers[which++ % 2];

	if (r->names && !column)
		return (char *)(uintptr_t)r->names[row];
	if (!r->is_count || column)
		return (char *)(uintptr_t)r->values[column];
	snprintf(number, sizeof(*numbers), "%d", row);
	return number;
}

static void fake_PQclear(PGresult *r)
{
	results--;
	free(r);
}

static PGconn *fake_PQconnectdbParams(const char *const *names,
				      const char *const *values, int expand)
{
	struct pg_conn *conn = xcalloc(1, sizeof(*conn));

	(void)names, (void)values, (void)expand;
	connections++;
	conn->is_connected = !fails();
	return conn;
}

static ConnStatusType fake_PQstatus(const PGconn *conn)
{
	return conn->is_connected ? CONNECTION_OK : CONNECTION_BAD;
}

static void fake_PQfinish(PGconn *conn)
{
	connections--;
	free(conn);
}

static char *fake_PQerrorMessage(const PGconn *conn)
{
	static char message[] = "the connection\n\tis lost\n";

	(void)conn;
	return message;
}

static const char *fake_PQparameterStatus(const PGconn *conn, const char *name)
{
	(void)conn, (void)name;
	return has.encoding;
}

static int fake_PQputCopyData(PGconn *conn, const char *data, int len)
{
	(void)conn, (void)data, (void)len;
	return fails() ? -1 : 1;
}

static int fake_PQputCopyEnd(PGconn *conn, const char *why)
{
	(void)conn, (void)why;
	return fails() ? -1 : 1;
}

/* Returns the result of COPY, and then NULL. */
static PGresult *fake_PQgetResult(PGconn *conn)
{
	static bool is_next;

	(void)conn;
	is_next = !is_next;
	if (!is_next)
		return NULL;
	return fails() ? refuse("22P02") : answer(PGRES_COMMAND_OK);
}

static PQnoticeProcessor fake_PQsetNoticeProcessor(PGconn *conn,
						   PQnoticeProcessor process,
						   void *ctx)
{
	(void)conn;
	process(ctx, "NOTICE");
	return NULL;
}

static PQconninfoOption *fake_PQconninfoParse(const char *target, char **why)
{
	static char keyword[] = "dbname", value[] = "d";
	PQconninfoOption *options = xcalloc(2, sizeof(*options));

	(void)target, (void)why;
	if (fails()) {
		free(options);
		return NULL;
	}
	options->keyword = keyword;
	options->val = value;
	return options;
}

static void fake_PQfreemem(void *p)
{
	free(p);
}

/* --- The library ---------------------------------------------------------- */

static bool has_no_library;

#define FAKE(name) {#name, (void (*)(void))fake_##name}

static const struct {
	const char *name;
	void (*function)(void);
} fakes[] = {
	FAKE(PQexec), FAKE(PQexecParams), FAKE(PQresultStatus),
	FAKE(PQresultErrorField), FAKE(PQntuples), FAKE(PQgetvalue),
	FAKE(PQclear), FAKE(PQconnectdbParams), FAKE(PQstatus),
	FAKE(PQfinish), FAKE(PQerrorMessage), FAKE(PQparameterStatus),
	FAKE(PQputCopyData), FAKE(PQputCopyEnd), FAKE(PQgetResult),
	FAKE(PQsetNoticeProcessor), FAKE(PQconninfoParse), FAKE(PQfreemem),
	{"PQconninfoFree", (void (*)(void))free},
};

extern int __wrap_library_load(struct library *library, struct buf *why);

int __wrap_library_load(struct library *library, struct buf *why)
{
	void (**functions)(void) = library->functions;

	if (has_no_library) {
		buf_addstr(why, "no libpq");
		return -1;
	}
	for (size_t i = 0; library->names[i]; i++) {
		size_t at = 0;

		while (strcmp(fakes[at].name, library->names[i]) != 0)
			assert_true(++at < sizeof(fakes) / sizeof(*fakes));
		functions[i] = fakes[at].function;
	}
	return 0;
}

extern int __wrap_nanosleep(const struct timespec *time, struct timespec *left);

int __wrap_nanosleep(const struct timespec *time, struct timespec *left)
{
	(void)time, (void)left;
	return 0;
}

static char message[256];

extern void __wrap_log_fatal(const char *format, ...);

void __wrap_log_fatal(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
}

/* --- Runs ----------------------------------------------------------------- */

/* Records of two pages, one of which has failed, with a value for which the
 * column is changed. */
static const char records[] =
	"{\"index\":0,\"item\":0,\"url\":\"http://a/\",\"status\":200,"
	"\"ok\":true,\"error\":null,\"data\":{\"a\":1}}\n"
	"{\"index\":1,\"item\":0,\"url\":\"http://a/b\",\"status\":null,"
	"\"ok\":false,\"error\":{\"kind\":\"dns\"},\"data\":null}\n";

static struct columns *columns_of_run(bool items)
{
	struct shape *s = shape_of_page();
	struct buf why = {0};
	struct columns *c;

	shape_add(shape_add(s, (struct slice){"data", 4}, COLUMN_JSON),
		  (struct slice){"a", 1}, COLUMN_ANY);
	c = columns_new(s, NULL, strcmp, &why);
	assert_non_null(c);
	shape_free(s);
	c->items = items;
	return c;
}

/* Writes the records. Returns whether all has succeeded; a failure has a reason
 * that is not empty. */
static bool write_records(struct sink *s)
{
	const bool is_good =
		!s->ops->write(s, records, sizeof(records) - 1) &&
		!s->ops->finish(s);

	assert_int_equal(is_good, !s->why);
	assert_true(is_good || *s->why);
	free(s->why);
	s->ops->free(s);
	return is_good;
}

static bool write_run(const struct database *to, const struct columns *c)
{
	struct sink *s = sink_postgres_open(to, c);

	/* The message is "d: " and a reason. */
	if (!s)
		assert_true(strlen(message) > 3);
	message[0] = '\0';
	return s && write_records(s);
}

/* Lets each call fail in turn. Returns the number of calls. */
static unsigned fail_each(const struct database *to, bool items)
{
	struct columns *c = columns_of_run(items);
	const bool had_table = has.has_table;
	unsigned n = 1;

	for (bool failed = true; failed; n++) {
		bool is_good;

		has.has_table = had_table;
		fail_at(n);
		is_good = write_run(to, c);
		failed = has_failed();
		assert_int_equal(is_good, !failed);
		assert_int_equal(connections, 0);
		assert_int_equal(results, 0);
	}
	columns_free(c);
	return n - 2;
}

static int setup(void **state)
{
	(void)state;
	memset(&has, 0, sizeof(has));
	has.encoding = "UTF8";
	has_no_library = false;
	return 0;
}

static void each_call_that_fails_ends_the_run_with_a_reason(void **state)
{
	(void)state;
	for (int i = 0; i < 32; i++) {
		const struct database to = {
			.path = "d", .table = "records", .list = "l",
			.upsert = i & 1, .resume = i & 2,
		};

		setup(NULL);
		/* With a unique index of the url, a table can only be used
		 * with --upsert. */
		has.has_table = has.has_runs = i & 8;
		has.is_text_empty = i & 2;
		has.is_lost = i & 16;
		assert_true(fail_each(&to, i & 4) >= 12);
	}
}

static bool is_refused(const struct database *to, bool items)
{
	struct columns *c = columns_of_run(items);
	const bool is_good = write_run(to, c);

	columns_free(c);
	assert_int_equal(connections, 0);
	assert_int_equal(results, 0);
	return !is_good;
}

static void tables_that_have_another_key_are_refused(void **state)
{
	static const struct database plain = {.path = "d", .table = "t",
					      .list = "l"};
	struct database upsert = plain;

	(void)state;
	upsert.upsert = true;
	has.has_table = has.has_runs = has.has_index = true;
	assert_true(is_refused(&plain, false));
	assert_true(is_refused(&upsert, true));
	assert_false(is_refused(&upsert, false));
	has.has_index = false;
	has.repeats_urls = true;
	assert_true(is_refused(&upsert, false));
}

static void a_run_that_another_program_is_writing_is_refused(void **state)
{
	static const struct database to = {.path = "d", .table = "t",
					   .list = "l", .resume = true};

	(void)state;
	has.is_busy = true;
	assert_true(is_refused(&to, false));
	/* A killed program may hold its lock for some more seconds. */
	assert_true(has.lock_tries > 10);
}

static void databases_of_other_encodings_are_refused(void **state)
{
	static const struct database to = {.path = "d", .table = "t",
					   .list = "l"};

	(void)state;
	has.encoding = "LATIN1";
	assert_true(is_refused(&to, false));
	has.encoding = NULL;
	assert_true(is_refused(&to, false));
	has.encoding = "SQL_ASCII";
	assert_false(is_refused(&to, false));
}

static void without_the_library_nothing_is_connected(void **state)
{
	static const struct database to = {.path = "d", .table = "t",
					   .list = "l"};
	struct buf why = {0};

	(void)state;
	has_no_library = true;
	assert_true(is_refused(&to, false));
	assert_int_equal(postgres_target_check("postgresql://h/d", &why), -1);
	assert_string_equal(buf_cstr(&why), "no libpq");
	has_no_library = false;
	buf_clear(&why);
	fail_at(1);
	assert_int_equal(postgres_target_check("postgresql://h/d", &why), -1);
	assert_true(has_failed());
	assert_string_equal(buf_cstr(&why), "no memory");
	buf_release(&why);
}

/* --- Rows that are read --------------------------------------------------- */

static int rows_read;
static int rows_wanted;

static int on_row(void *ctx, uint64_t index, const char *url, bool failed)
{
	(void)ctx;
	assert_int_equal(index, rows_read);
	assert_string_equal(url, "http://a/");
	assert_false(failed);
	return ++rows_read == rows_wanted ? -1 : 0;
}

static int read_run(struct buf *why)
{
	static const struct database to = {.path = "d", .table = "t",
					   .list = "l", .resume = true};
	const struct postgres_stored stored = {.on_row = on_row};
	struct columns *c = columns_of_run(false);
	const int err = postgres_run_read(&to, c, &stored, why);

	columns_free(c);
	assert_int_equal(connections, 0);
	assert_int_equal(results, 0);
	return err;
}

static void rows_are_read_completely_or_with_an_error(void **state)
{
	struct buf why = {0};
	unsigned n = 1;

	(void)state;
	for (bool failed = true; failed; n++) {
		int err;

		setup(NULL);
		has.has_table = has.has_runs = true;
		has.stored = 3;
		rows_read = 0;
		buf_clear(&why);
		fail_at(n);
		err = read_run(&why);
		failed = has_failed();
		assert_int_equal(err, failed ? -1 : 0);
		assert_int_equal(why.len != 0, failed);
		assert_true(failed || rows_read == 3 || !has.stored);
	}
	assert_true(n > 6);
	buf_release(&why);
}

static void nothing_is_read_where_there_is_no_run(void **state)
{
	struct buf why = {0};

	(void)state;
	rows_read = 0;
	assert_int_equal(read_run(&why), 0);
	has.has_table = true;
	assert_int_equal(read_run(&why), 0);
	assert_int_equal(rows_read, 0);
	buf_release(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup(f, setup)
		TEST(each_call_that_fails_ends_the_run_with_a_reason),
		TEST(tables_that_have_another_key_are_refused),
		TEST(a_run_that_another_program_is_writing_is_refused),
		TEST(databases_of_other_encodings_are_refused),
		TEST(without_the_library_nothing_is_connected),
		TEST(rows_are_read_completely_or_with_an_error),
		TEST(nothing_is_read_where_there_is_no_run),
	};

	main_thread = pthread_self();
	log_set_level(LOG_QUIET);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
