/* Set-up and shutdown common to scrape, extract and gather. */
#include "cmd/session/session.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/engine/signals.h"
#include "cmd/output/columns.h"
#include "cmd/output/format.h"
#include "cmd/session/list_name.h"
#include "cmd/session/missing_library.h"

int session_open(struct session *s, const struct options *options)
{
	const char *folder = options->folder.path;

	s->options = options;
	/* Made first, because --resume reads or creates a file in it. */
	if (folder && output_make_folder(folder))
		return -1;
	if (!s->loop)
		s->loop = loop_open(LOOP_EPOLL);
	if (s->loop)
		return 0;
	log_fatal("the event loop cannot be created: %s", strerror(errno));
	return -1;
}

static void on_change(void *ctx)
{
	const struct session *s = ctx;

	s->owner.on_change(s->owner.ctx);
}

static void on_written(void *ctx, msec at, uint64_t records)
{
	const struct session *s = ctx;

	if (s->stats)
		stats_written(s->stats, at, records);
}

static void on_stop(void *ctx)
{
	struct session *s = ctx;

	if (missing_library_is_found()) {
		session_stop(s);
		_exit(EXIT_NOT_COMPLETED);
	}
	s->stopping = true;
	s->owner.on_stop(s->owner.ctx);
}

static bool has_content(const char *path)
{
	struct stat st;

	return path && !stat(path, &st) && S_ISREG(st.st_mode) && st.st_size > 0;
}

static struct output *open_records(struct session *s)
{
	const struct options *o = s->options;
	struct buf why = {0}, list = {0};
	struct output *output;

	if (o->format->compare && !s->owner.columns)
		s->columns = options_columns(o, &why);
	buf_release(&why);
	if (s->columns && s->owner.append)
		s->columns->named = has_content(o->output);
	if (o->format->open_database)
		list_name_add(&list, o);
	output = output_open(s->loop, &(struct output_config){
		.path = s->owner.path ? s->owner.path : o->output,
		.format = o->format,
		.folder = o->folder,
		.columns = s->columns ? s->columns : s->owner.columns,
		.ordered = o->ordered,
		.append = s->owner.append,
		.table = o->table,
		.upsert = o->upsert,
		.list = buf_cstr(&list),
		.on_change = on_change,
		.on_written = on_written,
		.ctx = s,
	});
	buf_release(&list);
	return output;
}

static struct output *open_document(struct session *s)
{
	return output_open(s->loop, &(struct output_config){
		.path = s->options->output,
		.via_new_file = true,
		.on_change = on_change,
		.ctx = s,
	});
}

int session_open_output(struct session *s, const struct session_owner *owner)
{
	s->owner = *owner;
	s->output = owner->is_document ? open_document(s) : open_records(s);
	if (!s->output)
		return -1;
	if (!signals_open(s->loop, on_stop, s)) {
		missing_library_watch(s);
		return 0;
	}
	log_fatal("signals cannot be received: %s", strerror(errno));
	return -1;
}

void session_set_stats(struct session *s, struct stats *stats)
{
	s->stats = stats;
	if (s->options->progress)
		s->progress = progress_open(s->loop, stats);
}

static void close_progress(struct session *s)
{
	progress_close(s->progress);
	s->progress = NULL;
}

int session_run(struct session *s, bool (*is_done)(void *ctx), void *ctx)
{
	while (!is_done(ctx) && !output_error(s->output))
		loop_step(s->loop, MSEC_NEVER);
	close_progress(s);
	return output_error(s->output) ? -1 : 0;
}

int session_close_output(struct session *s)
{
	const int err = output_close(s->output);

	s->output = NULL;
	return err;
}

void session_stop(struct session *s)
{
	close_progress(s);
	if (s->output)
		session_close_output(s);
	missing_library_unwatch();
}

void session_close(struct session *s)
{
	session_stop(s);
	stats_free(s->stats);
	columns_free(s->columns);
	signals_close();
	loop_close(s->loop);
}
