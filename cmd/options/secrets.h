/*
 * Which parts of the options' values are secrets: they are blanked on the
 * command line (cmd/options/arguments.h), are not in messages about the options, and,
 * when all are known, become secrets of the program (base/secrets.h).
 */
#ifndef CMD_OPTIONS_SECRETS_H
#define CMD_OPTIONS_SECRETS_H

#include "base/buf.h"

struct command_line;
struct option_row;

/* Blanks the secrets of an option's value. */
void option_secrets_hide(const struct option_row *row, const char *value);

/* The same of a word that is no option: a URL, or NAME=URL. */
void option_secrets_hide_source(const char *word);

/* Appends a value for people: "***" for each secret in it. */
void option_secrets_show(struct buf *out, const struct option_row *row,
			 const char *value);

/* All options are known: notes what is secret in them, and blanks what holds
 * one of those although its name does not say so (a -H or -d). */
void option_secrets_register(struct command_line *line);

#endif
