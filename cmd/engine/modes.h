/*
 * Modes are rows of a table that says which stages a run uses.
 * cmd/scrape/scrape.c never asks which mode it is.
 */
#ifndef CMD_ENGINE_MODES_H
#define CMD_ENGINE_MODES_H

#include <stdbool.h>

#include "base/job/job.h"
#include "pool/loop.h"
#include "pool/stage.h"

struct engine_config;

struct mode {
	const char *name;
	const char *help;	/* one line for --help */
	/* Fixed limit of requests in flight, in place of -P; 0: the mode uses
	 * -P. */
	unsigned parallel_max;
	/* Workers are killed when a page takes too long. */
	bool kills;
	unsigned descriptors;	/* descriptors per request, at most */
	unsigned descriptors_least;	/* free descriptors that the mode needs
					 * to run at all */
	struct stage *(*open_fetch)(struct loop *,
				    const struct engine_config *);
	struct stage *(*open_parse)(struct loop *,
				    const struct engine_config *);
	/* Opens the stage that parses local files. */
	struct stage *(*open_local)(struct loop *,
				    const struct engine_config *);
	/* Creates processes and other things that must exist before any thread
	 * or any library state. Returns -1, with a message logged, on failure.
	 * NULL: the mode needs nothing. */
	int (*begin)(const struct engine_config *);
};

/* Returns true if the job is parsed in the loop's thread: cheap jobs are,
 * unless only the sandbox may parse. */
bool mode_is_light(const struct engine_config *config, const struct job *job);

/* The table, terminated by a NULL name; the first row is the default. */
extern const struct mode modes[];

/*
 * Forks the zygote if the arguments suggest that it will be needed. Call first
 * in main, before options are read: parser processes are forked from a process
 * that has no data yet.
 *
 * The arguments are only searched for the mode. A zygote that turns out not to
 * be needed is ended by mode_begin(); if the mode was not seen (it is in a -K
 * file), the program is executed again to make the zygote, which takes 8 ms.
 * Does not return in the zygote.
 */
void mode_prefork(char **argv);

/* mode_begin() is called when the options are known, mode_end() at the end of
 * the program. mode_begin() returns -1, with a message logged, on failure. */
int mode_begin(const struct engine_config *config);
void mode_end(void);

/* Returns the mode of that name, or NULL. */
const struct mode *mode_find(const char *name);

#endif
