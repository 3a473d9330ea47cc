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
 * Unquoted white space in a value is an error; curl warns and goes on.
 */
#ifndef CMD_OPTIONS_CONFIG_FILE_H
#define CMD_OPTIONS_CONFIG_FILE_H

#include "base/buf.h"
#include "cmd/options/command_line.h"

/* Reads the options of a file; path "-" is standard input. Returns 0; or -1
 * after either adding the reason to why, or logging it with file and line, and
 * then why stays empty. */
int config_file_read(struct command_line *line, const char *path,
		     struct buf *why);

#endif
