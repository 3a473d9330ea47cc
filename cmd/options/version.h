/* Program name and version. */
#ifndef CMD_OPTIONS_VERSION_H
#define CMD_OPTIONS_VERSION_H

struct command_line;

/* The build sets SCRAPE_VERSION; this value is for compiling a file by hand. */
#ifndef SCRAPE_VERSION
#define SCRAPE_VERSION "0.1.0"
#endif

/* Prints --version to standard output: the program, and on a second line its
 * libraries, as curl does. */
void version_print(const struct command_line *line);

#endif
