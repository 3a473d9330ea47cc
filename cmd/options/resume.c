/* Setters and checks of --resume and --retry-failed, and of options that they
 * exclude. */
#include "cmd/options/resume.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/ascii.h"
#include "base/job/err.h"
#include "cmd/options/command_line.h"
#include "cmd/options/roles.h"
#include "cmd/options/setters.h"
#include "cmd/options/table.h"
#include "cmd/output/columns.h"
#include "cmd/output/format.h"
#include "parse/extract/schema.h"

/* --- --resume ------------------------------------------------------------- */

int opt_resume(const struct option_use *use)
{
	enum resume_by *by = use->to;

	if (use->no)
		*by = RESUME_NOT;
	else if (!use->value || !strcmp(use->value, "position"))
		*by = RESUME_BY_POSITION;
	else if (!strcmp(use->value, "url"))
		*by = RESUME_BY_URL;
	else
		buf_addstr(use->why, "must be url (records are found by URL "
			   "and id) or position (the default)");
	return use->why->len ? -1 : 0;
}

/* --- --retry-failed=timeout,5xx,404 --------------------------------------- */

static void add_statuses(struct retry_kinds *kinds, unsigned from, unsigned to)
{
	for (; from <= to; from++)
		kinds->statuses[from / 64] |= UINT64_C(1) << from % 64;
}

static bool has_status(const struct retry_kinds *kinds, unsigned status)
{
	return kinds->statuses[status / 64] >> status % 64 & 1;
}

/* Adds "404" or "4xx". Returns false if the word is neither. */
static bool add_status(struct retry_kinds *kinds, struct slice word)
{
	unsigned status;

	if (word.len != 3 || word.p[0] < '1' || word.p[0] > '9')
		return false;
	status = (unsigned)(word.p[0] - '0') * 100;
	if (!strncasecmp(word.p + 1, "xx", 2)) {
		add_statuses(kinds, status, status + 99);
		return true;
	}
	if (!ascii_is_digit(word.p[1]) || !ascii_is_digit(word.p[2]))
		return false;
	status += (unsigned)(word.p[1] - '0') * 10 +
		  (unsigned)(word.p[2] - '0');
	add_statuses(kinds, status, status);
	return true;
}

/* Returns true for every kind of error that a record can have: all but
 * "cancelled". */
static bool is_kind(enum err err)
{
	return err != ERR_NONE && err != ERR_CANCELLED;
}

static bool add_error(struct retry_kinds *kinds, struct slice word)
{
	for (enum err err = ERR_NONE; err < ERR_COUNT; err++) {
		if (!is_kind(err) || !slice_is(word, err_name(err)))
			continue;
		kinds->errors |= UINT32_C(1) << err;
		return true;
	}
	return false;
}

static int fail_word(const struct option_use *use, struct slice word)
{
	if (word.len)
		buf_addf(use->why, "there is no kind \"%.*s\"; ",
			 word.len < 40 ? (int)word.len : 40, word.p);
	else
		buf_addstr(use->why, "a kind is empty; ");
	buf_addstr(use->why, "kinds are statuses (404), their classes (5xx) "
			     "and errors:");
	for (enum err err = ERR_NONE; err < ERR_COUNT; err++)
		if (is_kind(err))
			buf_addf(use->why, " %s", err_name(err));
	return -1;
}

int opt_retry_failed(const struct option_use *use)
{
	struct retry_kinds *kinds = use->to;
	const char *p = use->value;

	*kinds = (struct retry_kinds){.is_wanted = !use->no, .list = p};
	while (p) {
		const char *end = strchr(p, ',');
		struct slice word = {p, end ? (size_t)(end - p) : strlen(p)};

		word = slice_trim(word, " ");
		if (!add_status(kinds, word) && !add_error(kinds, word))
			return fail_word(use, word);
		p = end ? end + 1 : NULL;
	}
	return 0;
}

/* Returns the status; 0 if the text is not a status. */
static unsigned read_status(struct slice text)
{
	unsigned status = 0;

	if (text.len != 3)
		return 0;
	for (size_t i = 0; i < 3; i++) {
		if (!ascii_is_digit(text.p[i]))
			return 0;
		status = status * 10 + (unsigned)(text.p[i] - '0');
	}
	return status;
}

/* Returns the kind in {"kind":"timeout","message":...}; empty if there is
 * none. */
static struct slice read_kind(struct slice error)
{
	static const char start[] = "{\"kind\":\"";
	const size_t len = strlen(start);
	const char *end;

	if (error.len < len || memcmp(error.p, start, len) != 0)
		return (struct slice){0};
	error.p += len;
	error.len -= len;
	end = memchr(error.p, '"', error.len);
	return (struct slice){error.p, end ? (size_t)(end - error.p) : 0};
}

bool retry_kinds_have(const struct retry_kinds *kinds, struct slice status,
		      struct slice error)
{
	const unsigned code = read_status(status);
	const struct slice kind = read_kind(error);

	if (!kinds->is_wanted)
		return false;
	if (!kinds->list)
		return kind.len > 0 || code >= 400;
	if (has_status(kinds, code))
		return true;
	for (enum err err = ERR_NONE; err < ERR_COUNT; err++)
		if (kinds->errors >> err & 1 && slice_is(kind, err_name(err)))
			return true;
	return false;
}

/* --- The options together ------------------------------------------------- */

static bool has_source(const struct options *o, bool (*is)(const char *source))
{
	for (size_t i = 0; i < o->sources.len; i++)
		if (is(o->sources.items[i]))
			return true;
	return false;
}

static bool is_stdin(const char *source)
{
	return !strcmp(source, "-");
}

static bool is_read_once(const char *source)
{
	struct stat st;

	return !strstr(source, "://") &&
	       (stat(source, &st) || !S_ISREG(st.st_mode));
}

bool options_have_items(const struct options *o)
{
	return roles_have_items(o);
}

static bool has_column(const struct options *o, const char *member)
{
	struct buf why = {0};
	struct columns *c = options_columns(o, &why);
	size_t at;
	const bool has = c && columns_find(c, member, &at);

	columns_free(c);
	buf_release(&why);
	return has;
}

static bool is_postgres(const struct options *o)
{
	return o->format->open_database == sink_postgres_open;
}

/* Returns why --resume cannot continue files of this format, or NULL. */
static const char *format_conflict(const struct options *o)
{
	if (format_is_lines(o->format))
		return NULL;
	if (is_postgres(o) && (o->resume == RESUME_BY_URL ||
			       o->retry.is_wanted))
		return "continues files of format jsonl only; a run in "
		       "PostgreSQL is continued by --resume";
	if (o->format->open_database && o->unique)
		return "and --unique contradict each other with a database: "
		       "records are copied from files only";
	if (is_postgres(o))
		return NULL;
	if (o->format->open != sink_csv_open &&
	    o->format->open != sink_tsv_open &&
	    o->format->open_database != sink_sqlite_open)
		return "continues files of format jsonl, csv, tsv and sqlite "
		       "only, and runs in PostgreSQL";
	if (o->retry.is_wanted || o->resume == RESUME_BY_URL)
		return "continues files of format jsonl only; make a table of "
		       "them with \"scrape table\"";
	if (!has_column(o, "index") || !has_column(o, "url"))
		return "needs the columns index and url, which tell the rows "
		       "apart: add them to --columns, also for the first run";
	return NULL;
}

/* Returns why --resume cannot be used with these options, or NULL. --resume
 * reads the list and the output once more. */
static const char *resume_conflict(const struct options *o)
{
	const char *why;

	/* A crawl can continue from its state instead of a file. */
	if (!o->crawl.state && (!o->output || !strcmp(o->output, "-")))
		return "needs the file to continue: --output FILE";
	why = format_conflict(o);
	if (why)
		return why;
	/* With a state, a crawl knows which pages are done. */
	if (options_have_items(o) && !o->retry.is_wanted &&
	    !is_postgres(o) && !o->crawl.state)
		return "and --items contradict each other: items do not tell "
		       "which requests are done";
	if (has_source(o, is_stdin))
		return "needs the same list again: give a file, not "
		       "standard input";
	if (o->resume == RESUME_BY_URL && has_source(o, is_read_once))
		return "needs a list that can be read twice: give a file, not "
		       "a pipe";
	return NULL;
}

bool options_may_resume(const struct options *o)
{
	return !resume_conflict(o);
}

/* Fails if an option about the output of an earlier run is given, and no
 * request is to be made (--dry-run, --print-curl). */
static int check_preview(const struct command_line *line)
{
	const struct options *o = &line->o;

	if (line->command->bit != FOR_SCRAPE ||
	    !(o->dry_run || o->print_curl || o->print_secrets))
		return 0;
	if (o->print_secrets && !o->print_curl)
		return command_line_fail(line, "--print-secrets needs "
					 "--print-curl");
	if (!o->resume && !o->retry.is_wanted)
		return 0;
	return command_line_fail(line, "%s shows the whole list, and not what "
				 "--resume or --retry-failed would request: "
				 "leave these out", o->print_curl
				 ? "--print-curl" : "--dry-run");
}

int resume_options_check(struct command_line *line)
{
	struct options *o = &line->o;
	const char *why;

	if (check_preview(line))
		return -1;
	if (o->retry.is_wanted && !o->resume)
		o->resume = RESUME_BY_POSITION;
	why = o->resume ? resume_conflict(o) : NULL;
	if (!why)
		return 0;
	return command_line_fail(line, "%s %s",
				 o->retry.is_wanted ? "--retry-failed"
				 : o->resume == RESUME_BY_URL
					 ? "--resume=url" : "--resume", why);
}
