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
struct pg_result;		/* of libpq */

/* Opens a connection whose texts are UTF-8, to the server that the target
 * (cmd/output/postgres_target.h) names. why is borrowed. */
struct postgres *postgres_connect(const char *target, struct buf *why);
void postgres_close(struct postgres *p);	/* NULL is fine */

/* Runs statements. */
int postgres_run(struct postgres *p, const char *sql);

/* As postgres_run(), and releases the text. */
int postgres_run_buf(struct postgres *p, struct buf *sql);

/* Runs one statement with text parameters $1, $2... Returns its rows, for
 * postgres_rows_free(). */
struct pg_result *postgres_query(struct postgres *p, const char *sql,
			 const char *const *values, int count);
int postgres_rows(const struct pg_result *rows);

/* Returns the text of a value, "" for NULL; borrowed. */
const char *postgres_text(const struct pg_result *rows, int row, int column);
bool postgres_flag(const struct pg_result *rows, int row, int column);
void postgres_rows_free(struct pg_result *rows);

/* Runs one statement whose failure with one of these SQLSTATEs (in one text) is
 * an answer. Returns 1 if it has failed so, and the transaction is as before; 0; or -1. Call inside
 * a transaction. */
int postgres_try(struct postgres *p, const char *sql, const char *states);

/* Runs statements that end in COPY ... FROM STDIN, and sends the data. */
int postgres_copy(struct postgres *p, const char *sql, const char *data,
		  size_t len);

/* Returns 0, and whether the target has a password; or -1, with the reason
 * appended to why, if it cannot be parsed or libpq cannot be loaded. */
int postgres_parse_target(const char *target, bool *has_password,
			  struct buf *why);

#endif
