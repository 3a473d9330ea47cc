/*
 * The modes are rows of one table, not programs: which stages a run is made
 * of. cmd/run.c never asks which mode it is.
 */
#ifndef CMD_MODES_H
#define CMD_MODES_H

#include <stdbool.h>

#include "pool/loop.h"
#include "pool/stage.h"

struct options;

struct mode {
	const char *name;
	const char *help;	/* one line for --help */
	/* How many may be in flight, whatever -P says; 0: -P. */
	unsigned parallel_max;
	/* Its workers are killed when a page takes too long. */
	bool kills;
	unsigned descriptors;	/* that one request may have open */
	struct stage *(*open_fetch)(struct loop *, const struct options *);
	struct stage *(*open_parse)(struct loop *, const struct options *);
	/* For documents that are not fetched. */
	struct stage *(*open_local)(struct loop *, const struct options *);
	/* What must exist before any thread and any library's state, and its
	 * end. begin returns -1 when that is impossible, and has said why;
	 * NULL: nothing. */
	int (*begin)(const struct options *);
	void (*end)(void);
};

/* The rows, ended by a NULL name; the first is the default. */
extern const struct mode modes[];

/* At the very start of the program, its options known; and at its end. */
int mode_begin(const struct options *o);
void mode_end(const struct options *o);

/* NULL: no such mode. */
const struct mode *mode_find(const char *name);

#endif
