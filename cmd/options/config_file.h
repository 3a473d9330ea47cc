/*
 * -K FILE, in curl's format (curl(1), -K): an option a line, in its long form
 * with or without dashes, or "-x"; its value after white space, "=" or ":",
 * in double quotes when it has white space itself (\" \\ \t \n \r \v inside);
 * # begins a comment.
 *
 *	# be gentle
 *	host-rate = 30/m
 *	user-agent "my bot"
 *	-H "Accept: text/html"
 *	url = "https://example.com/"
 *
 * Where curl warns and goes on (unquoted white space in a value), this is a
 * mistake.
 */
#ifndef CMD_OPTIONS_CONFIG_FILE_H
#define CMD_OPTIONS_CONFIG_FILE_H

#include "base/buf.h"
#include "cmd/options/command_line.h"

/* Path "-" is standard input. 0; or -1, and the reason is in why, or has been
 * said (file:line) and why is empty. */
int config_file_read(struct command_line *line, const char *path,
		     struct buf *why);

#endif
