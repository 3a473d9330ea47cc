/*
 * A command: what the first word of a command line may be. The table of them is
 * in cmd/commands.c; it is handed to whoever reads a command line, so that
 * options do not depend on what the commands do.
 */
#ifndef CMD_OPTIONS_COMMAND_H
#define CMD_OPTIONS_COMMAND_H

struct options;

/* Which commands an option is for. */
enum {
	FOR_SCRAPE = 1,
	FOR_EXTRACT = 2,
	FOR_GATHER = 4,
	FOR_COMPARE = 8,
};

/* A row of a table that is ended by a NULL name; the first one has no name. */
struct command {
	const char *name;	/* "": what is done without a command's name */
	const char *usage;	/* what follows it */
	const char *help;	/* what it does, for --help */
	unsigned bit;		/* FOR_... */
	int (*run)(struct options *o);	/* returns the exit code */
};

/* The command of that name, or the first. A file of that name is reached as
 * ./NAME. */
const struct command *command_find(const struct command *commands,
				   const char *name);

/* Of a whole command line. *words is how many of its first words are the name;
 * none when it is --compare, wherever that stands, that names it. */
const struct command *command_of(const struct command *commands, int argc,
				 char **argv, int *words);

#endif
