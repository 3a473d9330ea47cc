/*
 * The files that are merged. Of each record, 24 bytes are in memory: its index
 * and its place, from which it is read again. So the parts must be regular
 * files.
 */
#ifndef CMD_MERGE_PARTS_H
#define CMD_MERGE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/table/source.h"
#include "fetch/config.h"

struct entry {
	uint64_t index;
	uint64_t at;		/* offset of the line */
	uint32_t len;		/* length of the line, without its end */
	uint32_t part : 31;
	uint32_t is_item : 1;	/* one of the records of a request (--items) */
};

/* Zero is empty. */
struct parts {
	struct source *sources;
	size_t sources_len;
	struct entry *entries;	/* sorted by index, part and place */
	size_t len;
	bool are_of_crawl;	/* the records are those of a crawl */
	uint64_t others;	/* number of lines that are no records, all
				 * reported */
	struct buf line;	/* a line that is read again */
};

/* Members of a record. The slices are borrowed from its text. */
struct part_record {
	struct slice index, url;	/* JSON texts */
	bool is_item, is_of_crawl;
};

/* Finds the members in the text of a record; index is empty if there is no
 * index. */
struct part_record part_record_of(struct slice text);

/* Reads all parts. Returns 0; or -1 after logging that a part could not be
 * read, is not a regular file, or is of another kind than the first one. */
int parts_read(struct parts *p, const struct strings *paths);

/* Stores a record in *text, as compact JSON. Returns 0; or -1 after logging
 * that the part has changed. */
int parts_read_again(struct parts *p, const struct entry *e, struct buf *text);

/* Returns the name of the entry's part, for messages. */
const char *parts_name(const struct parts *p, const struct entry *e);

void parts_release(struct parts *p);

#endif
