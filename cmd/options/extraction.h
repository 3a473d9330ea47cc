/* Options of `scrape extract` that depend on each other or on the sources. */
#ifndef CMD_OPTIONS_EXTRACTION_H
#define CMD_OPTIONS_EXTRACTION_H

struct command_line;

/* Notes whether the sources are archives. Returns -1 after a message if options
 * contradict each other. */
int extraction_check(struct command_line *line);

#endif
