/* What this program is called when it says who it is. */
#ifndef CMD_OPTIONS_VERSION_H
#define CMD_OPTIONS_VERSION_H

struct command_line;

/* The build says it; this is for compiling a file by hand. */
#ifndef SCRAPE_VERSION
#define SCRAPE_VERSION "0.1.0"
#endif

/* For --version: the program, and on a second line its libraries, as curl
 * does. To standard output. */
void version_print(const struct command_line *line);

#endif
