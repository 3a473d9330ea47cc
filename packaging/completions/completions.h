/* Completions of the program for bash, zsh and fish, written from the tables of
 * commands and options. Used while building only. */
#ifndef PACKAGING_COMPLETIONS_COMPLETIONS_H
#define PACKAGING_COMPLETIONS_COMPLETIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "cmd/commands.h"
#include "cmd/options/table.h"

/* The way in which a shell completes the value of an option. */
enum value_kind {
	VALUE_NONE,		/* the option takes no value */
	VALUE_OPTIONAL,		/* --NAME or --NAME=VALUE */
	VALUE_WORDS,		/* one of a list of words */
	VALUE_FILE,
	VALUE_FOLDER,
	VALUE_ANY,		/* nothing to offer */
};

enum value_kind value_kind(const struct option_row *row,
			   const struct command *command);

/* Returns the words that a value may be, separated by spaces; "" if there is no
 * list. The text is valid until the next call. */
const char *value_words(const struct option_row *row,
			const struct command *command);

/* Returns the words that are allowed as the first argument of the command,
 * separated by spaces; "" if its first argument is a source. */
const char *command_words(const struct command *command);

/* Returns true if the option is for the command. */
bool option_fits(const struct option_row *row, const struct command *command);

/* Each writes the completions for one shell; name is that of the installed
 * program. */
void write_bash(FILE *to, const char *name);
void write_zsh(FILE *to, const char *name);
void write_fish(FILE *to, const char *name);

#endif
