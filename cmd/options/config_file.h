/*
 * -K FILE: options in curl's format (curl(1), -K). Each line has an option by
 * its long name, with or without dashes, or as "-x". Its value follows after
 * white space, "=" or ":". A value with white space is put in double quotes (\"
 * \\ \t \n \r \v inside). A # begins a comment.
 *
 *	# be gentle
 *	host-rate = 30/m
 *	user-agent "my bot"
 *	-H "Accept: text/html"
 *	url = "https://example.com/"
 *
 * Unquoted white space in a value is an error; curl warns and goes on. ${NAME}
 * in a value is replaced by the environment's variable; $${ is a literal ${.
 *
 * The user's own file has the same format. It is $SCRAPE_CONFIG, or else
 * scrape/config in $XDG_CONFIG_HOME or ~/.config.
 */
#ifndef CMD_OPTIONS_CONFIG_FILE_H
#define CMD_OPTIONS_CONFIG_FILE_H

#include "base/buf.h"
#include "cmd/options/command_line.h"

/* Reads the options of a file; path "-" is standard input. Returns 0 or -1. A
 * mistake in a line is logged with file and line, and why stays empty; the
 * reason for any other error (the file cannot be read) is added to why. */
int config_file_read(struct command_line *line, const char *path,
		     struct buf *why);

/* Notes that an option was set, for config_file_drop_needy(). name: static. */
void config_file_note(struct command_line *line, const char *name);

/* Takes back the options that the user's own file alone has set and that need
 * others which are not given (csv-safe without a table). In a -K file or as
 * arguments they are errors. Call after reading all options. */
void config_file_drop_needy(struct command_line *line);

/* Reads the user's own file, if there is one; options and formats that are for
 * other commands are left out. first is the first argument: -q leaves the file
 * out. Returns 0, or -1 after logging the reason. */
int config_file_read_default(struct command_line *line, const char *first);

#endif
