/*
 * The words of a command line, and what is known while they are read.
 *
 * Its life: zero, and the defaults (cmd/options/options.c) -> words, from argv and from
 * -K files -> what several options say together is settled (cmd/options/options.c).
 * The first mistake ends it: it is said at once, on standard error.
 */
#ifndef CMD_OPTIONS_COMMAND_LINE_H
#define CMD_OPTIONS_COMMAND_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "cmd/options/command.h"
#include "cmd/options/options.h"

/* --progress-meter, --no-progress-meter, or neither. */
enum meter { METER_AUTO, METER_ON, METER_OFF };

/* What a request's body came from decides its Content-Type. */
enum data_kind { DATA_NONE, DATA_FORM, DATA_JSON };

struct command_line {
	const struct command *commands;	/* the table */
	const struct command *command;	/* one of them */
	struct options o;

	/* Sources in the order given; those of --url are URLs even without
	 * a scheme (which is known at the end: --proto-default). */
	struct source {
		const char *text;
		bool is_url;
	} *sources;
	size_t sources_len;

	/* What is settled together with other options. */
	bool location, head, silent, verbose;
	enum meter meter;
	enum data_kind data_kind;
	struct buf data;
	struct strings texts;	/* of -d and its kin, as they were given */

	const char *stdin_user;	/* "-K -": has read it to its end; or NULL */
	const char *file;	/* the -K file being read; NULL: argv */
	unsigned file_line;
	/* --help, --version: nothing else is done */
	void (*show)(const struct command_line *line);
};

/* Reads all words. 0, or -1: said why. */
int command_line_read(struct command_line *line, int argc, char **argv);

/*
 * One option: "--name", "--name=value", "-x", "-xvalue", "-xyz". next is the
 * word after it, or NULL; *used says whether the option took it as its value.
 * 0, or -1: said why.
 */
int command_line_option(struct command_line *line, const char *word,
			const char *next, bool *used);

void command_line_add_source(struct command_line *line, const char *text,
			     bool is_url);

/* Appends to a list. */
void command_line_add(struct strings *list, const char *s);

/* Takes a string that was allocated; it lives as long as the options. */
const char *command_line_keep(struct command_line *line, char *s);

/* Standard input can be read once. 0; or -1 and has added to why who reads it
 * already. who is static. */
int command_line_claim_stdin(struct command_line *line, const char *reader,
			     struct buf *why);

/* Says it, with the place when that is in a file; returns -1. */
int command_line_fail(const struct command_line *line, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* All but line->o, which was moved out. */
void command_line_release(struct command_line *line);

#endif
