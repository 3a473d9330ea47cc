/* Checks of --resume and --retry-failed. */
#ifndef CMD_OPTIONS_RESUME_H
#define CMD_OPTIONS_RESUME_H

struct command_line;

/* Checks that the output can be continued with the other options. Returns 0, or
 * -1 with a message logged. */
int resume_options_check(struct command_line *line);

#endif
