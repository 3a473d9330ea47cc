/* Options of `scrape watch`. */
#ifndef CMD_OPTIONS_WATCH_H
#define CMD_OPTIONS_WATCH_H

#include <stdbool.h>

#include "base/job/timetable.h"

struct command_line;
struct option_use;

struct watch_options {
	const char *state;		/* folder of the state */
	struct timetable every;		/* timetable of requests without one of
					 * their own; empty: they are due in
					 * each round (--once) */
	bool once;			/* make one round */
	bool status;			/* print the state */
};

int opt_every(const struct option_use *use);	/* struct timetable */

/* Checks the options of a watch, and sets options that depend on them. Returns
 * 0, or -1 after logging the reason. */
int watch_check_options(struct command_line *line);

#endif
