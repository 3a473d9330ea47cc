/* scrape --help: the option table for people to read. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

/* To standard output. */
void help_print(void);

#endif
