/* Hints for options that curl, wget, Scrapy, xargs, jq and similar programs
 * have and this one has not: what to write instead. */
#ifndef CMD_OPTIONS_HINTS_H
#define CMD_OPTIONS_HINTS_H

#include <stdbool.h>
#include <stddef.h>

struct command;

/* A hint is a complete phrase. */
struct hint {
	const char *advice;	/* static; NULL: there is none */
	bool is_elsewhere;	/* it is about an option that other commands
				 * have */
};

/* Return the hint for an option that does not exist, in a command line for that
 * command. commands is the table of all commands. */
struct hint hint_name(const char *name, size_t len,
		      const struct command *commands, unsigned bit);
struct hint hint_letter(char letter, const struct command *commands,
			unsigned bit);

#endif
