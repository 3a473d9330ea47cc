/* Hints for options that curl, wget, Scrapy, xargs, jq and similar programs
 * have and this one has not: what to write instead. */
#ifndef CMD_OPTIONS_HINTS_H
#define CMD_OPTIONS_HINTS_H

#include <stdbool.h>
#include <stddef.h>

struct command;

/* A row of the table, which ends at NULL words. Of several rows for a word, the
 * first one that is possible is used. */
struct hint_row {
	const char *words;	/* names of the option, separated by blanks */
	char letter;		/* 0: none */
	const char *needs;	/* an option, or "scrape COMMAND", without which
				 * the row is left out; NULL: none */
	const char *advice;	/* a complete phrase */
};

extern const struct hint_row hint_rows[];

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
