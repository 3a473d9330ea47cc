/* Hints for options that curl, wget, Scrapy, xargs, jq and similar programs
 * have and this one has not: what to write instead. */
#ifndef CMD_OPTIONS_HINTS_H
#define CMD_OPTIONS_HINTS_H

#include <stdbool.h>
#include <stddef.h>

struct command;
struct command_line;
struct option_row;

/* A hint: a complete phrase that follows a message. */
struct hint {
	const char *advice;	/* static; NULL if there is none */
	bool is_elsewhere;	/* the hint is about an option that other
				 * commands have */
};

/* Return the hint for an option that does not exist, given by its name or by
 * its letter. bit is that of the command that the option was given to, commands
 * the table of all commands. */
struct hint hint_name(const char *name, size_t len,
		      const struct command *commands, unsigned bit);
struct hint hint_letter(char letter, const struct command *commands,
			unsigned bit);

/* Fails because the command does not have the option; says why, and what to do
 * instead. Returns -1. */
int hint_refuse(const struct command_line *line, const struct option_row *row,
		const char *spelled);

#endif
