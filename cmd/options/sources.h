/* What is to be fetched: checked before anything is. */
#ifndef CMD_OPTIONS_SOURCES_H
#define CMD_OPTIONS_SOURCES_H

#include "cmd/options/command_line.h"

/* Moves line's sources to line->o.sources: URLs, "-" at most once, and files
 * that can be read; without any, standard input. 0, or -1: said why. */
int sources_validate(struct command_line *line);

#endif
