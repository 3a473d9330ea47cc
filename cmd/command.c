#include "cmd/command.h"

#include <stddef.h>
#include <string.h>

#include "cmd/extract.h"
#include "cmd/gather.h"
#include "cmd/scrape.h"

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
	{.name = NULL},
};

const struct command *command_find(const char *name)
{
	const struct command *c = commands;

	while (name && *name && c->name && strcmp(c->name, name) != 0)
		c++;
	return name && *name && c->name ? c : &commands[0];
}
