/*
 * A connection to a PostgreSQL server. libpq is loaded when it is first needed,
 * so that other runs do not pay for it.
 *
 * Functions that can fail return -1 (or NULL) and append the reason to the why
 * that postgres_connect() was given. One thread at a time may use a connection.
 */
#ifndef CMD_OUTPUT_POSTGRES_H
#define CMD_OUTPUT_POSTGRES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct postgres;
struct pg_result;		/* result type of libpq */

/* Opens a connection whose texts are UTF-8, to the server that the target
 * (cmd/output/postgres_target.h) names. why is borrowed. */
struct postgres *postgres_connect(const char *target, struct buf *why);
void postgres_close(struct postgres *p);	/* NULL is fine */

/* Runs one or more statements. Returns 0 or -1. */
int postgres_run(struct postgres *p, const char *sql);

/* Runs statements like postgres_run(), and releases their text. */
int postgres_run_buf(struct postgres *p, struct buf *sql);

/* Runs one statement with text parameters $1, $2... Returns its rows, to be
 * freed by postgres_rows_free(). */
struct pg_result *postgres_query(struct postgres *p, const char *sql,
			 const char *const *values, int count);
int postgres_rows(const struct pg_result *rows);

/* Returns a value of a row as text, "" for NULL; borrowed from the rows. */
const char *postgres_text(const struct pg_result *rows, int row, int column);
bool postgres_flag(const struct pg_result *rows, int row, int column);
void postgres_rows_free(struct pg_result *rows);

/* Runs one statement that is allowed to fail with one of the listed SQLSTATEs.
 * Returns 1 if it has failed in that way, with the transaction as it was
 * before; 0 on success; -1 on any other failure. Call inside a transaction. */
int postgres_try(struct postgres *p, const char *sql, const char *states);

/* Runs statements that end in COPY ... FROM STDIN, and sends the data. */
int postgres_copy(struct postgres *p, const char *sql, const char *data,
		  size_t len);

/* Parses a target. Returns 0, and whether the target has a password; or -1,
 * with the reason appended to why, if the target is not valid or libpq cannot
 * be loaded. */
int postgres_parse_target(const char *target, bool *has_password,
			  struct buf *why);

#endif
