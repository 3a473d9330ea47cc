#include "cmd/output/postgres.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "base/library/library.h"
#include "base/mem.h"

/* Time limits in seconds for a server that does not answer: while connecting,
 * and while connected. PGCONNECT_TIMEOUT or the target can set other limits. */
#define CONNECT_TIMEOUT "15"
#define KEEPALIVE "20"

/* The functions of libpq that are used here. */
#define FUNCTIONS(F)                                                          \
	F(PQconnectdbParams) F(PQstatus) F(PQfinish) F(PQerrorMessage)         \
	F(PQparameterStatus) F(PQexec) F(PQexecParams) F(PQresultStatus)       \
	F(PQresultErrorField) F(PQclear) F(PQntuples) F(PQgetvalue)            \
	F(PQputCopyData) F(PQputCopyEnd) F(PQgetResult)                        \
	F(PQsetNoticeProcessor) F(PQconninfoParse) F(PQconninfoFree)           \
	F(PQfreemem)

static const char *const function_names[] = {FUNCTIONS(LIBRARY_NAME) NULL};

static struct {
	FUNCTIONS(LIBRARY_MEMBER)
} pq;

static struct library libpq = {
	.file = "libpq.so.5",
	.package = "libpq5",
	.names = function_names,
	.functions = &pq,
};

struct postgres {
	PGconn *conn;
	struct buf *why;	/* reasons of failures are appended here;
				 * borrowed */
};

/* --- Errors --------------------------------------------------------------- */

/* Appends a message of libpq as one line. */
static void add_message(struct buf *why, const char *message)
{
	size_t len = strlen(message);

	while (len && strchr("\n\t ", message[len - 1]))
		len--;
	for (size_t i = 0; i < len; i++) {
		const char c = message[i];

		if (c != '\n' && c != '\t')
			buf_addch(why, c);
		else if (i && message[i - 1] != '\n')
			buf_addstr(why, c == '\n' ? "; " : " ");
	}
}

static int fail_connection(const struct postgres *p)
{
	add_message(p->why, pq.PQerrorMessage_(p->conn));
	return -1;
}

static int fail_result(const struct postgres *p, const PGresult *result)
{
	const char *text = pq.PQresultErrorField_(result,
						  PG_DIAG_MESSAGE_PRIMARY);
	const char *detail = pq.PQresultErrorField_(result,
						   PG_DIAG_MESSAGE_DETAIL);

	if (!text || pq.PQstatus_(p->conn) != CONNECTION_OK)
		return fail_connection(p);
	add_message(p->why, text);
	if (detail && *detail) {
		buf_addstr(p->why, ": ");
		add_message(p->why, detail);
	}
	return -1;
}

static bool is_good(const PGresult *result)
{
	const ExecStatusType status = pq.PQresultStatus_(result);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Frees the result. Returns 0, or -1 if the statement has failed. */
static int finish(const struct postgres *p, PGresult *result)
{
	const int err = is_good(result) ? 0 : fail_result(p, result);

	pq.PQclear_(result);
	return err;
}

/* --- Connections ---------------------------------------------------------- */

/* Ignores notices (that a name is cut off, say), which are not for the user. */
static void ignore_notice(void *ctx, const char *message)
{
	(void)ctx;
	(void)message;
}

/* Fails unless the database stores texts as UTF-8. An SQL_ASCII database, which
 * stores any bytes, is accepted. */
static int check_encoding(const struct postgres *p)
{
	const char *name = pq.PQparameterStatus_(p->conn, "server_encoding");

	if (name && (!strcmp(name, "UTF8") || !strcmp(name, "SQL_ASCII")))
		return 0;
	buf_addf(p->why, "the database has the encoding %s, which cannot hold "
		 "every text: it must be UTF8", name ? name : "(unknown)");
	return -1;
}

static PGconn *connect_to(const char *target)
{
	/* The target ("dbname") comes after the settings that it may
	 * override. */
	static const char *const names[] = {
		"connect_timeout", "keepalives_idle", "keepalives_interval",
		"keepalives_count", "fallback_application_name", "dbname",
		"client_encoding", NULL,
	};
	const char *const values[] = {
		getenv("PGCONNECT_TIMEOUT") ? NULL : CONNECT_TIMEOUT,
		KEEPALIVE, KEEPALIVE, "3", "scrape", target, "UTF8", NULL,
	};

	return pq.PQconnectdbParams_(names, values, 1);
}

struct postgres *postgres_connect(const char *target, struct buf *why)
{
	struct postgres *p;

	if (library_load(&libpq, why))
		return NULL;
	p = xcalloc(1, sizeof(*p));
	p->why = why;
	p->conn = mem_must(connect_to(target));
	if (pq.PQstatus_(p->conn) != CONNECTION_OK) {
		fail_connection(p);
		goto fail;
	}
	pq.PQsetNoticeProcessor_(p->conn, ignore_notice, NULL);
	if (check_encoding(p) ||
	    postgres_run(p, "SET client_min_messages = warning; "
			    "SET lock_timeout = '30s'; "
			    "SET standard_conforming_strings = on"))
		goto fail;
	return p;
fail:
	postgres_close(p);
	return NULL;
}

void postgres_close(struct postgres *p)
{
	if (!p)
		return;
	pq.PQfinish_(p->conn);
	free(p);
}

/* --- Statements ----------------------------------------------------------- */

int postgres_run(struct postgres *p, const char *sql)
{
	return finish(p, pq.PQexec_(p->conn, sql));
}

int postgres_run_buf(struct postgres *p, struct buf *sql)
{
	const int err = postgres_run(p, buf_cstr(sql));

	buf_release(sql);
	return err;
}

PGresult *postgres_query(struct postgres *p, const char *sql,
			 const char *const *values, int count)
{
	PGresult *result = pq.PQexecParams_(p->conn, sql, count, NULL, values,
					   NULL, NULL, 0);

	if (is_good(result))
		return result;
	fail_result(p, result);
	pq.PQclear_(result);
	return NULL;
}

int postgres_rows(const PGresult *rows)
{
	return pq.PQntuples_(rows);
}

const char *postgres_text(const PGresult *rows, int row, int column)
{
	return pq.PQgetvalue_(rows, row, column);
}

bool postgres_flag(const PGresult *rows, int row, int column)
{
	return *pq.PQgetvalue_(rows, row, column) == 't';
}

void postgres_rows_free(PGresult *rows)
{
	pq.PQclear_(rows);
}

int postgres_try(struct postgres *p, const char *sql, const char *states)
{
	PGresult *result;
	const char *got;
	int answer = 0;

	if (postgres_run(p, "SAVEPOINT scrape_try"))
		return -1;
	result = pq.PQexec_(p->conn, sql);
	got = pq.PQresultErrorField_(result, PG_DIAG_SQLSTATE);
	if (!is_good(result))
		answer = got && strstr(states, got) ? 1
						    : fail_result(p, result);
	pq.PQclear_(result);
	if (answer == 1)
		return postgres_run(p, "ROLLBACK TO scrape_try") ? -1 : 1;
	return answer;
}

int postgres_copy(struct postgres *p, const char *sql, const char *data,
		  size_t len)
{
	enum { PIECE = 1 << 20 };
	PGresult *result = pq.PQexec_(p->conn, sql);
	int err = 0;

	if (pq.PQresultStatus_(result) != PGRES_COPY_IN)
		return finish(p, result);
	pq.PQclear_(result);
	for (size_t at = 0; at < len && err >= 0; at += PIECE)
		err = pq.PQputCopyData_(p->conn, data + at,
				       len - at < PIECE ? (int)(len - at)
							: PIECE) == 1 ? 0 : -1;
	if (err < 0 || pq.PQputCopyEnd_(p->conn, NULL) != 1)
		return fail_connection(p);
	while ((result = pq.PQgetResult_(p->conn)))
		if (finish(p, result))
			err = -1;
	return err;
}

int postgres_parse_target(const char *target, bool *has_password,
			  struct buf *why)
{
	PQconninfoOption *options;
	char *message = NULL;

	*has_password = false;
	if (library_load(&libpq, why))
		return -1;
	options = pq.PQconninfoParse_(target, &message);
	if (!options) {
		add_message(why, message ? message : "no memory");
		pq.PQfreemem_(message);
		return -1;
	}
	for (const PQconninfoOption *o = options; o->keyword; o++)
		if (o->val && (!strcmp(o->keyword, "password") ||
			       !strcmp(o->keyword, "sslpassword")))
			*has_password = true;
	pq.PQconninfoFree_(options);
	return 0;
}
