/* The commands: what the first word of a command line may be. */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include <stdbool.h>

struct options;

struct command {
	const char *name;	/* "": what is done without a command's name */
	const char *usage;	/* what follows it */
	const char *help;	/* what it does, for --help */
	bool local;		/* reads files: no network, and none of the
				 * options for it */
	int (*run)(struct options *o);	/* returns the exit code */
};

/* Ended by a NULL name; the first is the one without a name. */
extern const struct command commands[];

/* The command that is named so, or the first. A file of that name is reached
 * as ./NAME. */
const struct command *command_find(const char *name);

#endif
