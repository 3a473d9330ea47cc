/*
 * Connects the loop to the writer's thread: records are put in order, gathered
 * into batches of the size of a pipe and handed over. Also opens and closes the
 * files and, after a failed run, keeps them as PATH.failed; but
 * cmd/output/output_file.c opens an ordinary -o FILE.
 */
#include "cmd/output/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/new_file.h"
#include "cmd/output/database.h"
#include "cmd/output/format.h"
#include "cmd/output/markdown/page_file.h"
#include "cmd/output/output_file.h"
#include "cmd/output/reorder.h"
#include "cmd/output/writer.h"

/* Size in bytes at which a batch goes to the writer: the capacity of a pipe. */
enum { BATCH = 64 * 1024 };

/* Time in msec that the loop waits for a batch to be written, if the owner
 * wants to know whether the batch was written. */
#define WRITE_TIME 10.0

struct output {
	struct loop *loop;
	struct output_config config;
	int fd;			/* -1: the sink has a file of its own */
	struct sink *sink;
	bool is_file;		/* output goes to config.path, not to standard
				 * output */
	struct new_file new_file;	/* the file of fd, while it has a
					 * temporary name; if unused, its fd is
					 * -1 */
	bool is_good;		/* the new file may be renamed to path */
	bool is_watched;	/* the loop watches fd, to notice that the
				 * reader has closed the pipe */
	bool error_logged;
	struct writer *writer;
	struct reorder reorder;
	struct buf batch;
	uint64_t batch_records;
	uint64_t bytes;		/* number of bytes handed to the writer */
	struct loop_timer timer;	/* set while batch is not empty */
};

static const char *output_name(const struct output *o)
{
	return o->is_file ? o->config.path : "standard output";
}

static void log_error_once(struct output *o, int error)
{
	if (!error || o->error_logged)
		return;
	o->error_logged = true;
	log_fatal("writing to %s: %s", output_name(o),
		  o->sink->why ? o->sink->why : strerror(error));
}

/* Called by the writer when it has room again, or has failed. */
static void on_change(void *ctx)
{
	struct output *o = ctx;

	log_error_once(o, writer_error(o->writer));
	if (o->config.on_change)
		o->config.on_change(o->config.ctx);
}

static void on_written(void *ctx, msec at, uint64_t records)
{
	const struct output *o = ctx;

	if (o->config.on_written)
		o->config.on_written(o->config.ctx, at, records);
}

static void put_batch(struct output *o, struct buf *batch, uint64_t records)
{
	o->bytes += batch->len;
	writer_put(o->writer, batch, records);
}

static void flush_batch(struct output *o)
{
	loop_set_timer(o->loop, &o->timer, MSEC_NEVER);
	if (o->batch.len)
		put_batch(o, &o->batch, o->batch_records);
	o->batch_records = 0;
}

static void on_batch_due(void *ctx, msec now)
{
	(void)now;
	flush_batch(ctx);
}

/* Called when the reader has closed the pipe while nothing was being
 * written. */
static void on_hang_up(void *ctx, int fd, int events)
{
	(void)ctx;
	(void)fd;
	(void)events;
	writer_end_by_sigpipe();
}

/* Adds a record to the batch; takes ownership of the record. */
static void add_to_batch(struct output *o, struct buf *record)
{
	if (record->len >= BATCH) {
		flush_batch(o);
		put_batch(o, record, 1);
		return;
	}
	if (!record->len) {
		buf_release(record);
		return;
	}
	if (!o->batch.len) {
		/* Reserve a little more than BATCH, so that the buffer rarely
		 * grows. */
		buf_reserve(&o->batch, BATCH + BATCH / 4);
		loop_set_timer(o->loop, &o->timer,
			       loop_now(o->loop) + OUTPUT_DELAY);
	}
	buf_add(&o->batch, record->data, record->len);
	buf_release(record);
	o->batch_records++;
	if (o->batch.len >= BATCH)
		flush_batch(o);
}

static int open_new_file(struct output *o)
{
	errno = new_file_open(&o->new_file, o->config.path);
	return o->new_file.fd;
}

static int open_fd(struct output *o)
{
	const char *path = o->config.path;

	o->is_file = path && strcmp(path, "-") != 0;
	if (!o->is_file)
		return STDOUT_FILENO;
	if (o->config.append)
		return open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY |
			    O_APPEND, 0666);
	if (o->config.via_new_file && !new_file_is_special(path))
		return open_new_file(o);
	return output_file_open(path);
}

/* Watches a pipe or a socket, to notice that the reader closes it. Files have
 * no reader, and closing a terminal sends SIGHUP. */
static int watch_reader(struct output *o, mode_t mode)
{
	if (!S_ISFIFO(mode) && !S_ISSOCK(mode))
		return 0;
	if (loop_watch(o->loop, o->fd, LOOP_ERROR, on_hang_up, o))
		return -1;
	o->is_watched = true;
	return 0;
}

static void unwatch_reader(struct output *o)
{
	if (o->is_watched)
		loop_unwatch(o->loop, o->fd);
	o->is_watched = false;
}

static bool has_bytes(int fd)
{
	struct stat st;

	return !fstat(fd, &st) && st.st_size > 0;
}

/* Keeps the output of a failed run as PATH.failed, for the user to look at. The
 * old file stays if it is not empty. Returns 0 or an errno. */
static int keep_failed_output(struct output *o)
{
	const char *path = o->config.path;
	struct stat old;
	char *failed;
	int error;

	if (stat(o->new_file.target, &old) || !old.st_size)
		return new_file_commit(&o->new_file, NULL);
	failed = xasprintf("%s.failed", o->new_file.target);
	error = new_file_commit(&o->new_file, failed);
	if (!error)
		log_warn("%.200s was left unchanged, because the run failed; "
			 "its output is in %.200s.failed", path, path);
	free(failed);
	return error;
}

static int close_new_file(struct output *o)
{
	if (o->is_good)
		return new_file_commit(&o->new_file, NULL);
	if (has_bytes(o->new_file.fd))
		return keep_failed_output(o);
	new_file_discard(&o->new_file);
	return 0;
}

/* Closes the file. Returns 0 or an errno: with NFS and quotas, close() may be
 * the first call to fail. */
static int close_fd(struct output *o)
{
	if (!o->is_file || o->fd < 0)
		return 0;
	if (o->new_file.fd >= 0)
		return close_new_file(o);
	/* After EINTR the descriptor is closed all the same (close(2)). */
	return close(o->fd) && errno != EINTR ? errno : 0;
}

static void free_sink(struct output *o)
{
	if (!o->sink)
		return;
	free(o->sink->why);
	o->sink->ops->free(o->sink);
}

/* Opens the file and the sink of the format. Returns 0; or -1 after logging the
 * reason. */
static int open_sink(struct output *o)
{
	const struct output_config *config = &o->config;
	const struct format *format = config->format ? config->format
						     : &formats[0];
	struct stat st;

	if (format->open_database) {
		o->is_file = true;
		o->sink = format->open_database(&(struct database){
			.path = config->path,
			.table = config->table ? config->table : DATABASE_TABLE,
			.upsert = config->upsert,
			.list = config->list,
			.resume = config->append,
		}, config->columns);
		return o->sink ? 0 : -1;
	}
	o->fd = open_fd(o);
	if (o->fd >= 0 && !fstat(o->fd, &st) && !watch_reader(o, st.st_mode)) {
		o->sink = format->open_folder
				  ? format->open_folder(o->fd, &config->folder)
				  : format->open(o->fd, config->columns);
		return 0;
	}
	log_fatal("the output cannot be written to %s: %s", output_name(o),
		  errno == EBUSY ? "another scrape is writing it"
				 : strerror(errno));
	return -1;
}

int output_make_folder(const char *path)
{
	const int error = page_file_make_folder(path);

	if (error)
		log_fatal("the folder %.500s cannot be made: %s", path,
			  strerror(error));
	return error ? -1 : 0;
}

struct output *output_open(struct loop *loop,
			   const struct output_config *config)
{
	struct output *o = xcalloc(1, sizeof(*o));

	o->loop = loop;
	o->config = *config;
	o->reorder.ordered = config->ordered;
	o->timer = (struct loop_timer){.on_due = on_batch_due, .ctx = o};
	o->fd = o->new_file.fd = -1;
	if (open_sink(o))
		goto fail;
	o->writer = writer_open(loop, o->sink, &(struct writer_owner){
		.on_change = on_change, .on_written = on_written, .ctx = o,
	});
	if (o->writer)
		return o;
	log_fatal("cannot start the thread that writes the output: %s",
		  strerror(errno));
fail:
	unwatch_reader(o);
	free_sink(o);
	(void)close_fd(o);
	free(o);
	return NULL;
}

/* Adds to the batch the records that are next in order, up to the first index
 * that has not been put. */
static void add_ordered(struct output *o)
{
	for (struct buf next; reorder_take(&o->reorder, &next);)
		add_to_batch(o, &next);
}

void output_put(struct output *o, uint64_t index, struct buf *record)
{
	if (!record->len)
		on_written(o, clock_now(), 1);
	reorder_put(&o->reorder, index, record);
	if (o->config.ordered)
		add_ordered(o);
	else
		add_to_batch(o, record);
}

void output_skip(struct output *o, uint64_t index)
{
	struct buf none = {0};

	reorder_put(&o->reorder, index, &none);
	if (o->config.ordered)
		add_ordered(o);
}

bool output_full(const struct output *o)
{
	return writer_full(o->writer, OUTPUT_MARK);
}

uint64_t output_oldest(const struct output *o)
{
	return o->reorder.oldest;
}

bool output_is_written(struct output *o)
{
	flush_batch(o);
	return writer_wait_idle(o->writer, WRITE_TIME);
}

uint64_t output_flush(struct output *o)
{
	flush_batch(o);
	return o->bytes;
}

int output_sync(struct output *o, uint64_t bytes)
{
	writer_wait(o->writer, bytes);
	if (writer_error(o->writer))
		return writer_error(o->writer);
	if (o->sink->ops->sync)
		return o->sink->ops->sync(o->sink);
	return o->is_file && fdatasync(o->fd) ? errno : 0;
}

uint64_t output_growth(struct output *o, uint64_t bytes)
{
	return o->sink->ops->growth ? o->sink->ops->growth(o->sink, bytes)
				    : bytes;
}

int output_error(struct output *o)
{
	const int error = writer_error(o->writer);

	/* Log the error here, too: on_change() may not have been called yet,
	 * and the caller may end the program before that. */
	log_error_once(o, error);
	return error;
}

void output_mark_good(struct output *o)
{
	o->is_good = true;
}

void output_abandon(struct output *o)
{
	if (o->new_file.fd >= 0)
		unlink(o->new_file.name);
}

int output_close(struct output *o)
{
	int error, close_error;

	if (!o)
		return 0;
	for (struct buf next;
	     o->config.ordered && reorder_take_any(&o->reorder, &next);)
		add_to_batch(o, &next);
	flush_batch(o);
	unwatch_reader(o);
	error = writer_close(o->writer);
	o->is_good &= !error;
	close_error = close_fd(o);
	if (!error)
		error = close_error;
	log_error_once(o, error);
	free_sink(o);
	reorder_release(&o->reorder);
	buf_release(&o->batch);
	free(o);
	return error;
}
