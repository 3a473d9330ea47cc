/*
 * Writes differences as lines: JSON for programs, or text that fits a terminal
 * for people.
 */
#ifndef CMD_DIFF_WRITER_H
#define CMD_DIFF_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/diff/fields.h"

enum difference {
	DIFFERENCE_CHANGED,
	DIFFERENCE_APPEARED,
	DIFFERENCE_VANISHED,
};
enum { DIFFERENCES = 3 };	/* number of kinds */

struct difference_counts {
	uint64_t same;
	uint64_t of[DIFFERENCES];
};

/* Returns the name of a kind of difference, "changed" for example. */
const char *difference_name(enum difference kind);

/* Returns the value of the member of a record that has the name; p is NULL if
 * there is no such member. */
struct slice difference_member(struct slice record, const char *wanted);

/* Append a difference. `record` is the new one, or the old one if it has
 * vanished; its members url, id and item name it. */
void difference_add_json(struct buf *to, enum difference kind,
			 struct slice record, const struct fields *fields);
void difference_add_text(struct buf *to, enum difference kind,
			 struct slice record, const struct fields *fields,
			 bool is_coloured);

/* Appends the last line for people. */
void difference_add_counts(struct buf *to, const struct difference_counts *c);

#endif
