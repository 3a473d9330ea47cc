/* Checks the sources of a run before anything is fetched. */
#ifndef CMD_OPTIONS_SOURCES_H
#define CMD_OPTIONS_SOURCES_H

#include "cmd/options/command_line.h"

/* Moves line's sources to line->o.sources: URLs, "-" at most once, and readable
 * files. If there are none, standard input is the source. Returns 0, or -1
 * after logging the reason. */
int sources_validate(struct command_line *line);

#endif
