/* A command, chosen by the first argument of a command line. The table of
 * commands is in cmd/commands.c. It is passed to the functions that read a
 * command line, so that options do not depend on what commands do. */
#ifndef CMD_OPTIONS_COMMAND_H
#define CMD_OPTIONS_COMMAND_H

#include <stdbool.h>

struct options;

/* Bits for the commands that an option is for. */
enum {
	FOR_SCRAPE = 1,
	FOR_EXTRACT = 2,
	FOR_GATHER = 4,
	FOR_COMPARE = 8,
	FOR_TABLE = 16,
	FOR_CRAWL = 32,
	FOR_DIFF = 64,
	FOR_CHECK = 128,
	FOR_MERGE = 256,
	FOR_WATCH = 512,
	FOR_FLEET = 1024,
	/* the commands that read saved records, without the network */
	FOR_RECORDS = FOR_TABLE | FOR_DIFF | FOR_MERGE,
};

/* A row of the table of commands. The table ends with a NULL name; the name of
 * the first row is empty. */
struct command {
	const char *name;	/* "": the command that runs if no command is
				 * named */
	const char *usage;	/* text that follows the name in the usage
				 * line */
	const char *brief;	/* what the command does, for `scrape --help` */
	const char *help;	/* what the command does, for `scrape COMMAND
				 * --help` */
	const char *examples;	/* lines for -h, at most three */
	unsigned bit;		/* one of the FOR_ bits */
	int (*run)(struct options *o);	/* returns the exit code */
};

/* Returns the command of that name, or the first one of the table. A file with
 * the name of a command can be given as ./NAME. */
const struct command *command_find(const struct command *commands,
				   const char *name);

/* Returns the command of a whole command line. *words becomes the number of
 * leading arguments that are the command's name: 0 if the command is chosen by
 * --compare, wherever that option stands. */
const struct command *command_of(const struct command *commands, int argc,
				 char **argv, int *words);

/* Returns true if the command line has -h, --help, -V or --version. */
bool command_asks_for_help(int argc, char **argv);

#endif
