/* The table of options that a command refuses with a reason of its own. */
#include "cmd/options/hints/refusals.h"

#include <stddef.h>
#include <string.h>

#include "base/suggest.h"

#define TABLE_OPTIONS " columns bom csv-safe table upsert "
#define LAYOUT_OPTIONS " pretty compact "
#define FIELD_OPTIONS " select xpath jq each each-jq items extract article " \
		      "markdown body type charset "
#define METHOD_OPTIONS " request head data data-raw data-binary " \
		       "data-urlencode json form form-string get url-query "

static const struct {
	const char *command, *words, *why;
} rows[] = {
	{"check", LAYOUT_OPTIONS,
	 "--format table writes text for people; its JSON lines can be piped "
	 "to jq"},
	{"check", TABLE_OPTIONS,
	 "\"scrape table FINDINGS --columns kind,url\" makes a table of the "
	 "saved findings"},
	{"check", " ordered ",
	 "--format table, md, html, csv and junit sort the findings"},
	{"check", " resume retry-failed ",
	 "each run begins anew; --baseline FILE leaves out the findings of an "
	 "earlier one"},
	{"check", " unique ", "each URL is requested only once already"},
	{"check", " links ", "--from-page checks the links of the pages"},
	{"check", " meta headers tls-info ",
	 "metadata, headers and certificates are always looked at"},
	{"check", " fail fail-over ",
	 "its exit code is 1 if something is broken; --fail-on KINDS says what "
	 "else is as bad"},
	{"check", " summary ",
	 "the last line of --format table has the numbers of findings"},
	{"check", " report ", "--format html -o FILE writes a page of findings"},
	{"check", FIELD_OPTIONS,
	 "it writes findings, not records; \"scrape -o pages.jsonl\" writes "
	 "records, which can be checked, too"},
	{"check", METHOD_OPTIONS,
	 "pages are requested with GET, and links with HEAD"},
	{"check", " reject-regex exclude-domains ",
	 "--exclude REGEX leaves out URLs that match"},

	{"check", " dry-run print-curl ",
	 "\"scrape --dry-run FILE\" shows what a list of pages requests"},

	{"diff", LAYOUT_OPTIONS,
	 "--format table writes text for people; its JSON lines can be piped "
	 "to jq"},
	{"diff", TABLE_OPTIONS FIELD_OPTIONS,
	 "--fields NAMES chooses the members that are compared"},
	{"diff", " fail fail-over ",
	 "its exit code is 1 if there are differences"},
	{"diff", " exclude ", "--ignore NAMES leaves out members"},

	{"crawl", " dry-run print-curl ",
	 "its pages are not known before; --map --sitemaps only lists those "
	 "of the sitemaps, and requests no page"},
	{"crawl", METHOD_OPTIONS, "pages are requested with GET"},
	{"crawl", LAYOUT_OPTIONS "color ", "its JSON lines can be piped to jq"},
	{"crawl", " exclude ",
	 "--reject-regex REGEX follows no links to URLs that match"},
	{"crawl", " ordered ", "records are written as pages are found"},
	{"crawl", " unique ", "each page is requested only once already"},
	{"crawl", " input-format column ",
	 "its URLs are those of pages; a FILE has one URL per line"},

	{"compare", " mode ", "it runs all modes; --modes picks some"},
	{"compare", " summary ",
	 "--format json has the summary of each run"},
	{"compare", " report ", "--format html has the figures of all runs"},
	{"compare", " fail-over ",
	 "with --fail, any error makes its exit code 1"},
	{"compare", " cookie-jar ",
	 "the next run would send the cookies of the one before"},
};

const char *refusal_find(const char *command, const char *option)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i].command, command) &&
		    suggest_has_word(rows[i].words, option))
			return rows[i].why;
	return NULL;
}
