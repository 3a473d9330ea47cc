/* Finds the command that a command line is for. */
#include "cmd/options/command.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "cmd/options/table.h"

const struct command *command_find(const struct command *commands,
				   const char *name)
{
	const struct command *c = commands;

	while (name && *name && c->name && strcmp(c->name, name) != 0)
		c++;
	return name && *name && c->name ? c : &commands[0];
}

/* Returns true if the option takes the next argument as its value. */
static bool takes_next_word(const char *word)
{
	const struct option_row *row;

	if (word[1] == '-') {
		word = option_expanded_name(word + 2);
		row = option_by_name(word, strlen(word));
		return row && row->arg;
	}
	for (const char *p = word + 1; *p; p++) {
		row = option_by_letter(*p);
		if (!row)
			return false;
		if (row->arg)
			return !p[1];
	}
	return false;
}

/* Returns true if one of the options is given. names ends with NULL. */
static bool has_option(int argc, char **argv, const char *const *names)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		for (const char *const *name = names; *name; name++)
			if (!strcmp(argv[i], *name))
				return true;
		if (argv[i][0] == '-' && takes_next_word(argv[i]))
			i++;
	}
	return false;
}

bool command_asks_for_help(int argc, char **argv)
{
	static const char *const names[] = {"-h", "--help", "-V", "--version",
					    NULL};

	return has_option(argc, argv, names);
}

const struct command *command_of(const struct command *commands, int argc,
				 char **argv, int *words)
{
	static const char *const compare[] = {"--compare", NULL};
	const struct command *c = command_find(commands,
						argc > 1 ? argv[1] : NULL);

	*words = *c->name ? 1 : 0;
	if (!*c->name && has_option(argc, argv, compare))
		return command_find(commands, "compare");
	return c;
}
