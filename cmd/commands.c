/* The table of commands: one row adds a command. */
#include "cmd/commands.h"

#include <stddef.h>

#include "cmd/compare/compare.h"
#include "cmd/crawl/crawl.h"
#include "cmd/extract/extract.h"
#include "cmd/gather/gather.h"
#include "cmd/scrape/scrape.h"
#include "cmd/table/table.h"

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
	{"table", "RECORDS...",
	 "Makes a table of saved records, files of JSON lines (- is standard "
	 "input),\nwithout using the network: csv, unless --format names "
	 "another format. Example:\nscrape table out.jsonl --columns "
	 "url,status,data.price > prices.csv",
	 FOR_TABLE, table_command},
	{"gather", "NAME=URL...",
	 "Requests several API endpoints at once and prints one JSON "
	 "document. A --spec\nFILE describes them in detail: values, paging, "
	 "logins, dependencies.",
	 FOR_GATHER, gather_command},
	{"crawl", "URL...",
	 "Requests the pages of a site, each once, by following links, and "
	 "prints one\nJSON line each. A URL, or a list of them as for scrape, "
	 "is a seed. With\n--state DIR, --resume continues the crawl, and "
	 "--retry-failed requests the pages\nagain that failed.",
	 FOR_CRAWL, crawl_command},
	{"compare", "SOURCE...",
	 "Runs the same list in every mode and reports time, processor time "
	 "and memory.\nEach mode fetches the whole list --repeat times, after "
	 "a warm-up of at most\n2 s: mind the load on the servers. "
	 "scrape --compare SOURCE... is the same.",
	 FOR_COMPARE, compare_command},
	{.name = NULL},
};
