/* The commands: what the first word of a command line may be. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

struct options;

/* Whom an option is for. */
enum {
	FOR_SCRAPE = 1,
	FOR_EXTRACT = 2,
	FOR_GATHER = 4,
	FOR_COMPARE = 8,
};

struct command {
	const char *name;	/* "": what is done without a command's name */
	const char *usage;	/* what follows it */
	const char *help;	/* what it does, for --help */
	unsigned bit;		/* FOR_... */
	int (*run)(struct options *o);	/* returns the exit code */
};

/* Ended by a NULL name; the first is the one without a name. */
extern const struct command commands[];

/* The command that is named so, or the first. A file of that name is reached
 * as ./NAME. */
const struct command *command_find(const char *name);

/* Of a whole command line. *words is how many of its first words are the name;
 * none when it is --compare, wherever that stands, that names it. */
const struct command *command_of(int argc, char **argv, int *words);

#endif
