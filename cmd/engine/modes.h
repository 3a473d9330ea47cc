/*
 * The modes are rows of one table, not programs: which stages a run is made
 * of. cmd/scrape/scrape.c never asks which mode it is.
 */
#ifndef CMD_ENGINE_MODES_H
#define CMD_ENGINE_MODES_H

#include <stdbool.h>

#include "pool/loop.h"
#include "pool/stage.h"

struct engine_config;

struct mode {
	const char *name;
	const char *help;	/* one line for --help */
	/* How many may be in flight, whatever -P says; 0: -P. */
	unsigned parallel_max;
	/* Its workers are killed when a page takes too long. */
	bool kills;
	unsigned descriptors;	/* that one request may have open */
	unsigned descriptors_least;	/* free, or nothing can be done */
	struct stage *(*open_fetch)(struct loop *, const struct engine_config *);
	struct stage *(*open_parse)(struct loop *, const struct engine_config *);
	/* For documents that are not fetched. */
	struct stage *(*open_local)(struct loop *, const struct engine_config *);
	/* What must exist before any thread and any library's state; -1 when
	 * that is impossible, and has said why. NULL: nothing. */
	int (*begin)(const struct engine_config *);
};

/* The rows, ended by a NULL name; the first is the default. */
extern const struct mode modes[];

/* First thing in main, before the options are read: processes that parse are
 * made from one that knows nothing yet, which is forked now if the words look
 * as if it were needed. A guess: one too many is ended by mode_begin(), and
 * where it was not seen (in a -K file) the program is run again for it, which
 * takes 8 ms. Does not return in that process. */
void mode_prefork(char **argv);

/* When the options are known; and at the end of the program. */
int mode_begin(const struct engine_config *config);
void mode_end(void);

/* NULL: no such mode. */
const struct mode *mode_find(const char *name);

#endif
