/* The table of commands: a command is added by a row here. */
#include "cmd/commands.h"

#include <stddef.h>

#include "cmd/compare/compare.h"
#include "cmd/extract/extract.h"
#include "cmd/gather/gather.h"
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
