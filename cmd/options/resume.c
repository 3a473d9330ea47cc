/* --resume, --retry-failed, and the options that they cannot be used with. */
#include "cmd/options/resume.h"

#include <string.h>
#include <sys/stat.h>

#include "cmd/options/command_line.h"
#include "cmd/options/setters.h"
#include "cmd/options/table.h"
#include "cmd/output/format.h"
#include "parse/extract/schema.h"

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
	return o->schema && o->schema->items;
}

/* Returns why --resume cannot be used with these options, or NULL. It reads the
 * list and the output once more. */
static const char *resume_conflict(const struct options *o)
{
	if (!o->output || !strcmp(o->output, "-"))
		return "needs the file to continue: --output FILE";
	if (o->format != &formats[0])
		return "continues files of format jsonl only";
	if (options_have_items(o) && !o->retry.is_wanted)
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

int resume_options_check(struct command_line *line)
{
	struct options *o = &line->o;
	const char *why;

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
