/* A command, chosen by the first argument of a command line. The table of
 * commands is in cmd/commands.c. It is passed to the functions that read a
 * command line, so that options do not depend on what commands do. */
#ifndef CMD_OPTIONS_COMMAND_H
#define CMD_OPTIONS_COMMAND_H

struct options;

/* The commands that an option is for. */
enum {
	FOR_SCRAPE = 1,
	FOR_EXTRACT = 2,
	FOR_GATHER = 4,
	FOR_COMPARE = 8,
	FOR_TABLE = 16,
	FOR_CRAWL = 32,
};

/* A row of the table, which ends at a NULL name; the name of the first row is
 * empty. */
struct command {
	const char *name;	/* "": runs without a command's name */
	const char *usage;	/* what follows the name in the usage */
	const char *help;	/* what it does, for --help */
	unsigned bit;		/* FOR_... */
	int (*run)(struct options *o);	/* returns the exit code */
};

/* Returns the command of that name, or the first one. A file of that name can
 * be given as ./NAME. */
const struct command *command_find(const struct command *commands,
				   const char *name);

/* Returns the command of a whole command line, and in *words how many of the
 * first arguments are its name: none if it is chosen by --compare, wherever
 * that stands. */
const struct command *command_of(const struct command *commands, int argc,
				 char **argv, int *words);

#endif
