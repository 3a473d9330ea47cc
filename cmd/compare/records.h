/*
 * Whether runs gave the same records: each line without its `time` and its
 * error's `message` (which may tell of times, too), and without regard to their
 * order. A digest is kept for each index, not the
 * records.
 */
#ifndef CMD_COMPARE_RECORDS_H
#define CMD_COMPARE_RECORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct records;

/* Indices from there on are one: it takes 12 MB to compare a million. */
enum { RECORDS_INDEX_MAX = 4 << 20 };

struct records *records_new(void);
void records_free(struct records *r);

/* A piece of JSON lines, of any length. What is no record counts, too. */
void records_add(struct records *r, const char *bytes, size_t len);

/* A file of them. 0; or -1 and the reason was added to why. */
int records_add_file(struct records *r, const char *path, struct buf *why);

uint64_t records_lines(const struct records *r);

/* How many indices have other records; *first is the least of them. Both have
 * all their lines. */
uint64_t records_differ(const struct records *a, const struct records *b,
			uint64_t *first);

#endif
