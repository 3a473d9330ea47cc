/* Finds the secrets in the values of options. They are blanked on the command
 * line (cmd/options/arguments.h), masked in messages about the options, and,
 * when all options are known, registered as secrets of the program
 * (base/secrets.h). */
#ifndef CMD_OPTIONS_SECRETS_H
#define CMD_OPTIONS_SECRETS_H

#include "base/buf.h"

struct command_line;
struct option_row;

/* Blanks the secrets of an option's value on the command line. */
void option_secrets_hide(const struct option_row *row, const char *value);

/* Blanks the secrets of a source: a URL, or NAME=URL. */
void option_secrets_hide_source(const char *word);

/* Appends a value for people, with "***" for each secret in it. */
void option_secrets_show(struct buf *out, const struct option_row *row,
			 const char *value);

/* Registers the secrets of all options; called when all options are known. Then
 * blanks the values of -H and -d that contain one of these secrets although
 * their names do not suggest a secret. */
void option_secrets_register(struct command_line *line);

#endif
