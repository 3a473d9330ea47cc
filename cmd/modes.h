/*
 * The modes are rows of one table, not programs: which stages a run is made
 * of. cmd/run.c never asks which mode it is.
 */
#ifndef CMD_MODES_H
#define CMD_MODES_H

#include "pool/loop.h"
#include "pool/stage.h"

struct options;

struct mode {
	const char *name;
	const char *help;	/* one line for --help */
	/* How many may be in flight, whatever -P says; 0: -P. */
	unsigned parallel_max;
	unsigned descriptors;	/* that one request may have open */
	struct stage *(*open_fetch)(struct loop *, const struct options *);
	struct stage *(*open_parse)(struct loop *, const struct options *);
};

/* The rows, ended by a NULL name; the first is the default. */
extern const struct mode modes[];

/* NULL: no such mode. */
const struct mode *mode_find(const char *name);

#endif
