/* scrape --help: the option table for people to read. */
#ifndef CMD_OPTIONS_HELP_H
#define CMD_OPTIONS_HELP_H

struct command_line;

/* Of the command that the line is for, to standard output. */
void help_print(const struct command_line *line);

#endif
