#include "cmd/watch/state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/session/state_folder.h"

/* Times in msec after which a request that was made is committed: with a
 * record, and without one. A request without a record would only be made once
 * more if the program were killed. */
#define COMMIT_NEWS 200.0
#define COMMIT_OTHER 2000.0

/* --- Opening -------------------------------------------------------------- */

static int fail_state(const struct watch *w, const char *why)
{
	log_fatal("the state in %.500s cannot be used: %s",
		  w->options->watch.state, why);
	return EXIT_NOT_COMPLETED;
}

/* Returns true if the output is the file of the last commit and is not empty. A
 * file that was moved away or emptied is begun again. */
static bool has_records(const struct watch *w, const char *known_path)
{
	char *path = w->output ? realpath(w->output, NULL) : NULL;
	struct stat st;
	const bool has = path && known_path && !strcmp(path, known_path) &&
			 !stat(path, &st) && st.st_size > 0;

	free(path);
	return has;
}

static int cut_output(struct watch *w)
{
	struct output_mark mark = {0};
	struct buf why = {0};
	char *known_path = NULL;
	int code = 0;

	if (watch_store_output(w->store, &mark, &known_path) &&
	    has_records(w, known_path)) {
		code = output_mark_cut(&mark, w->output, &why);
		w->is_continued = true;
		w->length = mark.length;
	}
	if (code)
		log_fatal("--output \"%.500s\" is not as the watch in %.500s "
			  "has left it: %s; move the file away to begin "
			  "another one", w->output, w->options->watch.state,
			  buf_cstr(&why));
	free(known_path);
	buf_release(&why);
	return code;
}

int watch_state_open(struct watch *w)
{
	const char *const folder = w->options->watch.state;
	const char *const output = w->options->output;
	struct buf why = {0};
	const int code = state_folder_open(folder, &w->lock);

	if (code)
		return code;
	w->output = output_mark_has_file(output) ? output : NULL;
	w->store = watch_store_open(folder, &why);
	if (!w->store)
		fail_state(w, buf_cstr(&why));
	buf_release(&why);
	return w->store ? cut_output(w) : EXIT_NOT_COMPLETED;
}

/* --- Commits -------------------------------------------------------------- */

void watch_state_fail(struct watch *w)
{
	const char *why = watch_store_error(w->store);

	if (!w->failed && why)
		fail_state(w, why);
	w->failed = true;
	w->session.stopping = true;
	engine_stop(w->engine);
}

/* Reads the end of the output, as of the beginning of the commit. */
static int read_output(struct watch *w, struct output_mark *mark)
{
	const uint64_t length = w->open ? w->length + output_growth(w->open,
								    w->put)
					: 0;

	return output_mark_sync(mark, w->path, w->open ? &length : NULL,
				&w->has_synced_name);
}

/* Makes the output permanent. Runs in the database's thread. */
static int sync_output(void *ctx, struct output_mark *mark)
{
	struct watch *w = ctx;

	*mark = (struct output_mark){.length = OUTPUT_MARK_NO_FILE};
	if (w->open && output_sync(w->open, w->put))
		return -1;	/* logged by the output */
	return w->output ? read_output(w, mark) : 0;
}

static void begin_commit(struct watch *w)
{
	w->commit_at = MSEC_NEVER;
	loop_set_timer(w->session.loop, &w->commit, MSEC_NEVER);
	w->open = w->session.output;
	w->put = w->open ? output_flush(w->open) : 0;
	watch_store_commit(w->store, w->path, sync_output, w);
}

static void on_commit_due(void *ctx, msec now)
{
	struct watch *w = ctx;

	if (w->failed || watch_store_is_committing(w->store))
		return;
	/* Do not wait for a slow reader of a pipe. */
	if (!w->output && !output_is_written(w->session.output))
		loop_set_timer(w->session.loop, &w->commit, now + COMMIT_NEWS);
	else
		begin_commit(w);
}

/* Called when watch_store_fd() is readable. */
static void on_store(void *ctx, int fd, int events)
{
	struct watch *w = ctx;

	(void)fd;
	(void)events;
	watch_store_receive(w->store);
	if (watch_store_has_failed(w->store))
		watch_state_fail(w);
	else if (w->commit_at < MSEC_NEVER)
		loop_set_timer(w->session.loop, &w->commit, w->commit_at);
	engine_wake(w->engine);
}

void watch_state_note(struct watch *w, bool is_news)
{
	const msec at = loop_now(w->session.loop) +
			(is_news ? COMMIT_NEWS : COMMIT_OTHER);

	if (at >= w->commit_at)
		return;
	w->commit_at = at;
	loop_set_timer(w->session.loop, &w->commit, at);
}

int watch_state_begin(struct watch *w)
{
	w->commit = (struct loop_timer){.on_due = on_commit_due, .ctx = w};
	w->path = w->output ? realpath(w->output, NULL) : NULL;
	if ((w->path || !w->output) &&
	    !loop_watch(w->session.loop, watch_store_fd(w->store), LOOP_READ,
			on_store, w))
		return 0;
	log_fatal("the state cannot be watched: %s", strerror(errno));
	return -1;
}

/* --- Closing -------------------------------------------------------------- */

void watch_state_wait(struct watch *w)
{
	watch_store_wait(w->store);
}

int watch_state_finish(struct watch *w)
{
	begin_commit(w);
	watch_store_wait(w->store);
	if (!watch_store_has_failed(w->store))
		return 0;
	if (watch_store_error(w->store))
		fail_state(w, watch_store_error(w->store));
	return -1;
}

void watch_state_close(struct watch *w)
{
	if (w->store && w->session.loop) {
		loop_set_timer(w->session.loop, &w->commit, MSEC_NEVER);
		loop_unwatch(w->session.loop, watch_store_fd(w->store));
		watch_store_wait(w->store);
	}
	watch_store_close(w->store);
	free(w->path);
	if (w->lock >= 0)
		close(w->lock);
}
