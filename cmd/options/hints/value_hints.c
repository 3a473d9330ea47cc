/* The tables of values and of file name endings that other programs use. */
#include "cmd/options/hints/value_hints.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/suggest.h"

static const struct {
	const char *option, *words, *advice;
} rows[] = {
	{"format", " ndjson jsonlines json-lines jl json_lines lines x-ndjson ",
	 "jsonl has a line of JSON for each record"},
	{"format", " excel xlsx xls ods spreadsheet ",
	 "spreadsheets open csv (see --csv-safe)"},
	{"format", " sqlite3 db sql database ", "sqlite writes a database"},
	{"format", " postgresql pg psql ", "postgres is its name"},
	{"format", " html report ",
	 "--report FILE writes a page with the figures of a run"},
	{"format", " pretty table text txt console plain human ",
	 "--pretty indents records for reading"},
	{"format", " markdown gfm mkd ",
	 "md writes a Markdown file for each page"},
	{"format", " xml yaml yml toml parquet avro arrow feather pickle ",
	 "other programs convert jsonl or csv to that"},
	{"mode", " sync sequential single none ", "serial does that"},
	{"mode", " process processes multiprocessing multiprocess prefork "
		 "spawn executor ", "fork parses in processes"},
	{"mode", " thread threaded threading threadpool pool ",
	 "threads fetches in threads"},
	{"mode", " asyncio event epoll parallel concurrent coroutine "
		 "coroutines multi ", "async is concurrent"},
	{"type", " application/json text/json ", "json is its name"},
	{"type", " text/html application/xhtml+xml xhtml htm ",
	 "html is its name"},
	{"type", " application/xml text/xml rss atom feed sitemap ",
	 "xml is its name"},
	{"type", " ndjson jsonlines application/x-ndjson ",
	 "jsonl is its name"},
	{"type", " csv text/plain text/csv txt markdown ",
	 "text is its name; its lines are not read as fields"},
	{"type", " pdf image binary zip docx ",
	 "no fields are read from such bodies; --body adds them"},
};

static const struct {
	const char *ending, *advice;
} endings[] = {
	{".xlsx", "--format csv writes a table that spreadsheets open"},
	{".xls", "--format csv writes a table that spreadsheets open"},
	{".md", "--format md writes a Markdown file for each page into a "
		"folder"},
	{".html", "--body adds pages to the records, --report FILE writes a "
		  "page about the run"},
	{"/", "--format md writes a Markdown file for each page into a "
	      "folder"},
};

const char *value_hint(const char *option, const char *value)
{
	if (!strcmp(option, "extract") && strpbrk(value, "={"))
		return "FILE has fields as JSON, --select NAME=CSS gives one";
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i].option, option) &&
		    suggest_has_word(rows[i].words, value))
			return rows[i].advice;
	return NULL;
}

void value_hint_output(const char *path)
{
	const size_t len = strlen(path);

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		const size_t n = strlen(endings[i].ending);

		if (len > n &&
		    !strcasecmp(path + len - n, endings[i].ending))
			log_warn("%.200s gets lines of JSON; %s", path,
				 endings[i].advice);
	}
}
