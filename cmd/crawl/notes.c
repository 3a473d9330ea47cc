/* Notes have absolute paths, because --status may be run in another folder. */
#include "cmd/crawl/notes.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/timestamp.h"
#include "cmd/engine/signals.h"
#include "cmd/options/arguments.h"

void notes_begin(struct crawl *c)
{
	char *text = frontier_notes(c->frontier);
	json_t *notes = text ? json_loads(text, 0, NULL) : NULL;

	c->began = timestamp_now();
	skipped_read(&c->skipped, notes);
	sitemaps_read_notes(c->sitemaps, notes);
	json_decref(notes);
	free(text);
}

char *notes_output(struct frontier *f)
{
	char *text = frontier_notes(f), *path = NULL;
	json_t *notes = text ? json_loads(text, 0, NULL) : NULL;
	const char *name = json_string_value(json_object_get(notes, "output"));

	if (name)
		path = xstrdup(name);
	json_decref(notes);
	free(text);
	return path;
}

uint64_t notes_waiting(const struct crawl *c)
{
	const struct store_counts counts = frontier_counts(c->frontier);

	return counts.pages - counts.done - counts.skipped;
}

const char *notes_end_of(const struct crawl *c, bool failed)
{
	const uint64_t waiting = notes_waiting(c);
	const char *limit = limits_name(&c->limits, waiting);

	if (failed || c->failed)
		return "failed";
	if (signals_caught())
		return "interrupted";
	if (limit)
		return limit + strspn(limit, "-");
	return waiting ? "failed" : "complete";
}

void notes_add_command(struct buf *out, const struct options *options)
{
	arguments_show(out);
	if (!options->resume)
		buf_addstr(out, " --resume");
}

static json_t *time_to_json(int64_t unix_msec)
{
	struct buf text = {0};
	json_t *value;

	timestamp_add(&text, unix_msec);
	value = json_string(buf_cstr(&text));
	buf_release(&text);
	return value;
}

static json_t *path_to_json(const char *path)
{
	char *whole = path ? realpath(path, NULL) : NULL;
	json_t *value = whole ? json_string(whole) : NULL;

	free(whole);
	return value ? value : json_null();
}

static json_t *command_to_json(const struct crawl *c, const char *end)
{
	struct buf text = {0};
	json_t *value = NULL;

	if (c->state.folder && (!end || strcmp(end, "complete") != 0)) {
		notes_add_command(&text, c->options);
		value = json_string(buf_cstr(&text));
		buf_release(&text);
	}
	return value ? value : json_null();
}

static json_t *count_to_json(uint64_t n)
{
	return json_integer((json_int_t)n);
}

json_t *notes_to_json(const struct crawl *c, const char *end)
{
	const struct store_counts counts = frontier_counts(c->frontier);
	json_t *o = json_object();

	json_object_set_new(o, "known", count_to_json(counts.pages));
	json_object_set_new(o, "done", count_to_json(counts.done));
	json_object_set_new(o, "waiting",
			    count_to_json(notes_waiting(c)));
	json_object_set_new(o, "hosts",
			    count_to_json(frontier_hosts(c->frontier)));
	skipped_to_json(&c->skipped, o);
	json_object_set_new(o, "sitemaps", sitemaps_to_json(c->sitemaps));
	json_object_set_new(o, "end", end ? json_string(end) : json_null());
	json_object_set_new(o, "began", time_to_json(c->began));
	json_object_set_new(o, "written", time_to_json(timestamp_now()));
	json_object_set_new(o, "output", path_to_json(c->options->output));
	json_object_set_new(o, "continue", command_to_json(c, end));
	return o;
}

/* Adds the folder in which the command line has to be run. */
static void add_folder(json_t *notes)
{
	char path[PATH_MAX];

	if (getcwd(path, sizeof(path)))
		json_object_set_new(notes, "folder", json_string(path));
}

void notes_keep(struct crawl *c, const char *end)
{
	json_t *notes;
	char *text;

	if (!c->state.folder)
		return;
	notes = notes_to_json(c, end);
	add_folder(notes);
	text = json_dumps(notes, JSON_COMPACT);
	json_decref(notes);
	if (text)
		(void)frontier_set_notes(c->frontier, text);
	free(text);
}
