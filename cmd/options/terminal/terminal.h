/* Decides on the output that only a terminal gets, not a file or a pipe:
 * colours, and the progress line. */
#ifndef CMD_OPTIONS_TERMINAL_TERMINAL_H
#define CMD_OPTIONS_TERMINAL_TERMINAL_H

#include <stdbool.h>

/* The state of an option with a --no- form: not given, given, or given as
 * --no-NAME. */
enum choice { CHOICE_AUTO, CHOICE_ON, CHOICE_OFF };

/* Returns true if text on standard output is to be coloured. Without a choice,
 * it is on a terminal, unless the environment forbids it. */
bool terminal_wants_colour(enum choice color);

/* Returns true if the progress line is to be shown on standard error. Without a
 * choice, it is shown on a terminal on which no records appear.
 * prints_records: records go to standard output. */
bool terminal_wants_progress(enum choice meter, bool silent,
			     bool prints_records);

#endif
