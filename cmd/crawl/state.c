#include "cmd/crawl/state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/crawl/notes.h"
#include "cmd/crawl/retry.h"
#include "cmd/session/archive.h"
#include "cmd/session/output_mark.h"
#include "cmd/session/state_folder.h"

int state_open(struct state *s, const char *folder, const char *output)
{
	*s = (struct state){.folder = folder, .lock = -1,
			    .output = output_mark_has_file(output) ? output
								   : NULL};
	return folder ? state_folder_open(folder, &s->lock) : 0;
}

int state_empty(const struct state *s)
{
	/* Remove the files beside the database first: otherwise they would be
	 * taken for files of the next database. */
	static const char *const names[] = {"crawl.db-wal", "crawl.db-shm",
					    "crawl.db"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *path = xasprintf("%s/%s", s->folder, names[i]);
		const int result = unlink(path);

		free(path);
		if (!result || errno == ENOENT)
			continue;
		log_fatal("--state %.500s: %s: %s", s->folder, names[i],
			  strerror(errno));
		return -1;
	}
	return 0;
}

void state_close(struct state *s)
{
	if (s->lock >= 0)
		close(s->lock);
	s->lock = -1;
}

/* Appends the name of the crawl's output, if the given one is another file. */
static void add_right_name(struct buf *out, const struct state *s,
			   struct frontier *f)
{
	char *right = notes_output(f), *given = realpath(s->output, NULL);

	if (right && (!given || strcmp(given, right) != 0))
		buf_addf(out, "; the output of this crawl is %.500s", right);
	free(right);
	free(given);
}

/* Logs that the file is not the output of the crawl. */
static void fail_output(const struct state *s, struct frontier *f,
			const char *why)
{
	struct buf name = {0};

	add_right_name(&name, s, f);
	log_fatal("--resume: %.500s is not the output of the crawl in %.500s: "
		  "%s%s", s->output, s->folder, why, buf_cstr(&name));
	buf_release(&name);
}

/* Truncates the output to the length that the store knows. */
static int cut_output(const struct state *s, struct frontier *f,
		      const struct store_output *known)
{
	const struct output_mark mark = {known->length, known->tail};
	struct buf why = {0};
	const int code = output_mark_cut(&mark, s->output, &why);

	if (code == EXIT_USAGE)
		fail_output(s, f, buf_cstr(&why));
	else if (code)
		log_fatal("--resume: %.500s: %s", s->output, buf_cstr(&why));
	buf_release(&why);
	return code;
}

/* Returns 0 if the output is a file or no file, as in the earlier run;
 * otherwise the exit code, after logging the reason. */
static int check_kind(const struct state *s, const struct store_output *known)
{
	if (s->output && known->length == OUTPUT_MARK_NO_FILE)
		log_fatal("--resume: the records of the crawl in %.500s did "
			  "not go to a file: continue it without -o, or begin "
			  "another one", s->folder);
	else if (!s->output && known->length != OUTPUT_MARK_NO_FILE)
		log_fatal("--resume: the records of the crawl in %.500s are "
			  "in a file: continue it with -o FILE", s->folder);
	else
		return 0;
	return EXIT_USAGE;
}

int state_read_output(const char *path, struct store_output *known)
{
	struct output_mark mark;

	if (output_mark_read(&mark, path))
		return -1;
	known->length = mark.length;
	known->tail = mark.tail;
	return 0;
}

bool state_has_output(const char *path, const struct store_output *known)
{
	struct store_output is = {0};

	return !state_read_output(path, &is) && is.length == known->length &&
	       is.tail == known->tail;
}

int state_begin(struct state *s, struct frontier *f, bool resume)
{
	struct store_output known;

	if (!s->folder)
		return 0;
	s->is_resumed = frontier_is_resumed(f);
	if (!s->is_resumed)
		return 0;
	if (!resume) {
		log_fatal("--state %.500s has a crawl: --resume continues it",
			  s->folder);
		return EXIT_USAGE;
	}
	known = frontier_output(f);
	if (check_kind(s, &known))
		return EXIT_USAGE;
	if (!s->output)
		return 0;
	if (retry_recover(s, &known))
		return EXIT_NOT_COMPLETED;
	return cut_output(s, f, &known);
}

/* Reads the end of the output. Returns 0, or -1 after logging the reason. */
static int read_output(struct state *s, struct store_output *known)
{
	/* Use the length that was put when the commit began: the open file may
	 * have grown. */
	const uint64_t length = s->open ? s->length + output_growth(s->open,
								    s->put)
					: 0;
	struct output_mark mark;

	if (output_mark_sync(&mark, s->output, s->open ? &length : NULL,
			     &s->has_synced_name))
		return -1;
	known->length = mark.length;
	known->tail = mark.tail;
	return 0;
}

bool state_can_commit(const struct state *s, struct output *o)
{
	return s->output || output_is_written(o);
}

/* Makes the output permanent, in the frontier's thread. */
static int sync_output(void *ctx, struct store_output *known)
{
	struct state *s = ctx;

	*known = (struct store_output){.length = OUTPUT_MARK_NO_FILE,
				       .bytes = s->bytes_then};
	if (s->archive && archive_sync(s->archive))
		return -1;
	if (s->open && output_sync(s->open, s->put))
		return -1;	/* logged by the output */
	return s->output ? read_output(s, known) : 0;
}

void state_commit(struct state *s, struct frontier *f, struct output *o)
{
	s->open = o;
	s->put = o ? output_flush(o) : 0;
	s->bytes_then = s->bytes;
	frontier_commit(f, &(struct frontier_sync){sync_output, s});
}

int state_finish(struct state *s, struct frontier *f)
{
	if (!s->folder)
		return 0;
	state_commit(s, f, NULL);
	frontier_wait(f);
	if (!frontier_has_failed(f))
		return 0;
	if (frontier_error(f))
		log_fatal("the state in %.500s cannot be written: %s",
			  s->folder, frontier_error(f));
	return -1;
}
