/* The table of commands: one row adds a command. */
#include "cmd/commands.h"

#include <stddef.h>

#include "cmd/check/check.h"
#include "cmd/compare/compare.h"
#include "cmd/crawl/crawl.h"
#include "cmd/diff/diff.h"
#include "cmd/extract/extract.h"
#include "cmd/fleet/fleet.h"
#include "cmd/gather/gather.h"
#include "cmd/merge/merge.h"
#include "cmd/scrape/preview.h"
#include "cmd/scrape/scrape.h"
#include "cmd/table/table.h"
#include "cmd/watch/watch.h"

static int run_list(struct options *o)
{
	return o->dry_run || o->print_curl ? preview_command(o)
					   : scrape_command(o);
}

const struct command commands[] = {
	{"", "[SOURCE...]", NULL,
	 "Fetches every URL and prints one JSON line for each. A SOURCE is a "
	 "URL, a file\nwith one URL or JSON request per line, or - for "
	 "standard input (the default).",
	 "  scrape urls.txt > out.jsonl\n"
	 "  scrape --select title=h1 --select 'price=.price' https://a.example/1\n"
	 "  scrape --resume --host-rate 2/s -H @login.txt -o out.jsonl urls.txt\n",
	 FOR_SCRAPE, run_list},
	{"extract", "FILE...", "extract fields from local files",
	 "Reads saved files of HTML, JSON or XML, or web archives, instead of "
	 "requesting\npages, and prints one JSON line for each page. - is "
	 "standard input.",
	 "  scrape extract --select price=.price pages/*.html > prices.jsonl\n"
	 "  scrape extract --jq 'name=.user.name' users.json\n"
	 "  scrape extract --records --select h=h1 out.jsonl\n",
	 FOR_EXTRACT, extract_command},
	{"table", "RECORDS...", "make a table of saved records",
	 "Makes a table of saved records, without using the network. RECORDS "
	 "are files of\nJSON lines, or - for standard input. The table is "
	 "csv, unless --format names\nanother format. Example:\n"
	 "scrape table out.jsonl --columns url,status,data.price > prices.csv",
	 "  scrape table out.jsonl --columns url,status,data.price > prices.csv\n"
	 "  scrape table --format sqlite -o prices.db out.jsonl\n",
	 FOR_TABLE, table_command},
	{"check", "SOURCE...", "check the pages and links of your own site",
	 "Requests the pages of your own site, and reports broken, redirected, "
	 "slow and\ninsecure URLs, and faults that concern search engines. A "
	 "SOURCE is a URL,\na list, the URL of a sitemap, or a file of saved "
	 "records, which are not\nrequested again.",
	 "  scrape check --from-page --fragments "
	 "https://shop.example/sitemap.xml\n"
	 "  scrape crawl --links --meta --headers -o site.jsonl "
	 "https://shop.example/\n"
	 "  scrape check --from-page site.jsonl\n"
	 "  scrape check --baseline last.jsonl pages.txt > new.jsonl\n",
	 FOR_CHECK, check_command},
	{"diff", "OLD NEW", "show records that changed between two runs",
	 "Compares two files of saved records, without using the network. "
	 "Reports which\nrecords changed, appeared or vanished. Records "
	 "with the same url and id belong\ntogether. - is standard input.",
	 "  scrape diff monday.jsonl tuesday.jsonl\n"
	 "  scrape diff --fields status,data.price old.jsonl new.jsonl\n",
	 FOR_DIFF, diff_command},
	{"merge", "RECORDS...", "join the records of several machines",
	 "Puts the records of several runs into one file, in the order of "
	 "their indexes.\nThe runs have worked on parts of the same list or "
	 "crawl, with --shard. Indexes\nwithout a record, and indexes with "
	 "two, are named. Without -o, the records go to\nstandard output.",
	 "  scrape merge -o all.jsonl part-*.jsonl\n"
	 "  scrape merge part-1.jsonl part-2.jsonl | jq .url\n",
	 FOR_MERGE, merge_command},
	{"fleet", "ACTION URL", "collect and control a job of several machines",
	 "Works on a job that several machines share through a Redis server. "
	 "ACTION is one\nof:\n"
	 "  collect  write the job's rows to the file of -o, until the job has "
	 "ended\n"
	 "  status   show hosts, URLs, rows and workers\n"
	 "  pause    make workers wait\n"
	 "  stop     make workers end\n"
	 "  resume   continue a job after pause or stop\n"
	 "  delete   remove the job from the server, with rows that were not "
	 "collected\n"
	 "URL is the server and the name of the job, redis://HOST#JOB, as in "
	 "--fleet.",
	 "  scrape fleet collect redis://hub.example#books -o books.jsonl\n"
	 "  scrape fleet status redis://hub.example#books\n",
	 FOR_FLEET, fleet_command},
	{"gather", "NAME=URL...", "make one document of several API endpoints",
	 "Requests several API endpoints concurrently and prints one JSON "
	 "document.\n--spec FILE describes the endpoints in detail: "
	 "parameters, paging, logins,\nand requests that use the results of "
	 "others.",
	 "  scrape gather user=https://a.example/user orders=https://a.example/orders\n"
	 "  scrape gather --spec shop.json -o shop.out.json\n"
	 "  scrape gather --spec shop.json --var DAY=2026-01-01 --dry-run\n",
	 FOR_GATHER, gather_command},
	{"crawl", "URL...", "follow the links of a site",
	 "Requests the pages of a site by following links, each page once, "
	 "and prints one\nJSON line for each. The crawl begins at the URLs, "
	 "which are called its seeds. A\nfile with a list of seeds can take "
	 "the place of a URL. With --state DIR,\n--resume continues a "
	 "crawl, and --retry-failed also requests the failed pages\nagain.",
	 "  scrape crawl --select title=h1 https://shop.example/ > shop.jsonl\n"
	 "  scrape crawl --level 2 --scope prefix https://a.example/docs/\n"
	 "  scrape crawl --state shop.d --resume -o shop.jsonl https://shop.example/\n",
	 FOR_CRAWL, crawl_command},
	{"watch", "SOURCE...", "repeat a list, and write what has changed",
	 "Repeats each request of its sources when it is due, and writes a "
	 "record only\nwhen a page is new, has changed, is gone, fails with "
	 "another error than before,\nor works again. With --select, --jq "
	 "etc. a page has changed if a field has,\notherwise if its text has.",
	 "  scrape watch --state w.d --every 1h -o news.jsonl urls.txt\n"
	 "  scrape watch --state w.d --once --select n=h1 -o news.jsonl urls.txt\n"
	 "  scrape watch --state w.d --status\n",
	 FOR_WATCH, watch_command},
	{"compare", "SOURCE...", "run a list in every mode, for comparison",
	 "Runs the same list in every mode and reports time, processor time "
	 "and memory.\nEach mode fetches the whole list --repeat times, after "
	 "a warm-up of at most 2 s:\nconsider the load on the servers. "
	 "scrape --compare SOURCE... is the same.",
	 "  scrape compare urls.txt\n"
	 "  scrape compare --workload io --format html -o compare.html\n",
	 FOR_COMPARE, compare_command},
	{.name = NULL},
};
