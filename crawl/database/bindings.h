/* Values for the parameters of a statement, kept until the statement runs: one
 * after the other in a buffer. */
#ifndef CRAWL_DATABASE_BINDINGS_H
#define CRAWL_DATABASE_BINDINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/library/sqlite.h"
#include "base/slice.h"

/* Append the value of the parameter with the number `at`; numbers begin with
 * 1. */
void bindings_add_number(struct buf *values, int at, uint64_t n);
void bindings_add_real(struct buf *values, int at, double n);
void bindings_add_text(struct buf *values, int at, struct slice text);

/* Gives the values to a statement, which borrows them until it is reset. */
void bindings_apply(const struct buf *values, sqlite3_stmt *st);

#endif
