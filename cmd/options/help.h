/* Prints the table of options for --help. */
#ifndef CMD_OPTIONS_HELP_H
#define CMD_OPTIONS_HELP_H

struct command_line;

/* Prints the help of the line's command to standard output. */
void help_print(const struct command_line *line);

#endif
