/*
 * Compares the records of two runs. Each line counts without its `time`,
 * `fetched_at` and `ip` (a host may have several addresses), and without the
 * `message` of its error, which may mention times, too. The order of the lines
 * does not matter. One digest per index is kept, not the records.
 */
#ifndef CMD_COMPARE_RECORDS_H
#define CMD_COMPARE_RECORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct records;

/* Larger indices share one digest. Comparing a million indices takes 12 MB. */
enum { RECORDS_INDEX_MAX = 4 << 20 };

struct records *records_new(void);
void records_free(struct records *r);

/* Adds JSON lines, in pieces of any length. Lines that are not records are
 * compared, too. */
void records_add(struct records *r, const char *bytes, size_t len);

/* Adds a file of JSON lines. Returns 0; or -1 and appends the reason to why. */
int records_add_file(struct records *r, const char *path, struct buf *why);

/* Returns the number of lines added. */
uint64_t records_lines(const struct records *r);

/* Returns the number of indices whose records differ; *first is the lowest such
 * index. All lines of both runs must have been added. */
uint64_t records_differ(const struct records *a, const struct records *b,
			uint64_t *first);

#endif
