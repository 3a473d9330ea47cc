#include "cmd/commands.h"

#include <stddef.h>
#include <string.h>

#include "cmd/compare/compare.h"
#include "cmd/extract/extract.h"
#include "cmd/gather/gather.h"
#include "cmd/options/table.h"
#include "cmd/scrape/scrape.h"

const struct command commands[] = {
	{"", "[SOURCE...]",
	 "Fetches every URL and prints one JSON line each. A SOURCE is a URL, "
	 "a file\nwith one URL or JSON request a line, or - for standard "
	 "input (the default).",
	 FOR_SCRAPE, scrape_command},
	{"extract", "FILE...",
	 "Reads files of HTML, JSON or XML (- is standard input) as if they "
	 "had been\nfetched, and prints one JSON line each.",
	 FOR_EXTRACT, extract_command},
	{"gather", "NAME=URL...",
	 "Asks several endpoints of APIs together and prints one JSON "
	 "document. A --spec\nFILE says more of them: values, pages, logins, "
	 "what depends on what.",
	 FOR_GATHER, gather_command},
	{"compare", "SOURCE...",
	 "Runs the same list in every mode, side by side, and says what that "
	 "took. Each\nmode fetches the whole list --repeat times, after one "
	 "time (2 s at most) to warm\nup: mind whose servers those are. "
	 "scrape --compare SOURCE... is the same.",
	 FOR_COMPARE, compare_command},
	{.name = NULL},
};

const struct command *command_find(const char *name)
{
	const struct command *c = commands;

	while (name && *name && c->name && strcmp(c->name, name) != 0)
		c++;
	return name && *name && c->name ? c : &commands[0];
}

/* Whether the word after an option is its value. */
static bool takes_next(const char *word)
{
	const struct option_row *row;

	if (word[1] == '-') {
		row = option_by_name(word + 2, strlen(word + 2));
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

static bool says_compare(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (!strcmp(argv[i], "--compare"))
			return true;
		if (argv[i][0] == '-' && takes_next(argv[i]))
			i++;
	}
	return false;
}

const struct command *command_of(int argc, char **argv, int *words)
{
	const struct command *c = command_find(argc > 1 ? argv[1] : NULL);

	*words = *c->name ? 1 : 0;
	if (!*c->name && says_compare(argc, argv))
		return command_find("compare");
	return c;
}
