/* scrape --help: the option table for people to read. */
#ifndef CMD_OPTIONS_HELP_H
#define CMD_OPTIONS_HELP_H

struct command;

/* Of the command, to standard output. */
void help_print(const struct command *command);

#endif
