/*
 * The command extract: reads files instead of responses, one after the other,
 * or the bodies of saved records; the same workers parse them and the same
 * output writes the records.
 *
 * Files are read on the loop's thread: they are in the page cache or on a
 * disk, and reading a file takes a tenth of the time of parsing it.
 */
#include "cmd/extract/extract.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/job/headers.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cmd/engine/modes.h"
#include "cmd/engine/signals.h"
#include "cmd/extract/saved_record.h"
#include "cmd/input/input.h"
#include "cmd/report/results.h"
#include "cmd/session/session.h"

enum {
	PER_WORKER = 4,			/* files queued per worker */
	READ_BYTES = 256 << 10,
	READ_MIN = 4 << 10,	/* least free space for a read */
	RESERVE_MAX = 1 << 30,
	AHEAD = 8192,			/* with --ordered: how far files may be
					 * ahead of the oldest file without a
					 * record */
};

struct extract {
	struct session session;
	const struct options *options;
	struct stage *parse;
	struct loop_timer pump;
	bool pump_asked;
	struct input *input;		/* the saved records; NULL: the sources
					 * are files */
	size_t next;			/* number of the next file or record */
	size_t jobs;			/* number of files being parsed */
};

static void ask_pump(void *ctx)
{
	struct extract *e = ctx;

	if (e->pump_asked)
		return;
	e->pump_asked = true;
	loop_set_timer(e->session.loop, &e->pump, loop_now(e->session.loop));
}

/* Returns the start of the file name's extension, or NULL if it has none. ".gz"
 * is ignored: "page.html.gz" is a page. */
static const char *ending_of(const char *path, size_t *len)
{
	const size_t all = strlen(path);
	const char *dot;

	*len = all > 3 && !strcasecmp(path + all - 3, ".gz") ? all - 3 : all;
	dot = memrchr(path, '.', *len);
	*len -= dot ? (size_t)(dot - path) : 0;
	return dot;
}

/* Sets the content type by the file's extension, as a server would. For other
 * files it is detected from the content. */
static void set_content_type(struct job *job, const char *path)
{
	static const struct {
		const char *ending, *field;
	} rows[] = {
		{".html", "content-type: text/html"},
		{".htm", "content-type: text/html"},
		{".xhtml", "content-type: application/xhtml+xml"},
		{".json", "content-type: application/json"},
		{".jsonl", "content-type: application/jsonl"},
		{".ndjson", "content-type: application/x-ndjson"},
		{".xml", "content-type: application/xml"},
		{".rss", "content-type: application/rss+xml"},
		{".atom", "content-type: application/atom+xml"},
	};
	size_t len;
	const char *ending = ending_of(path, &len);

	for (size_t i = 0; ending && i < sizeof(rows) / sizeof(*rows); i++)
		if (strlen(rows[i].ending) == len &&
		    !strncasecmp(ending, rows[i].ending, len))
			headers_add_line(&job->res.headers, rows[i].field,
					 strlen(rows[i].field));
}

/* Reserves memory for a regular file, and for the read that finds its end. */
static void reserve_file(struct buf *body, int fd, uint64_t most)
{
	struct stat is;

	if (fstat(fd, &is) || !S_ISREG(is.st_mode) || is.st_size <= 0 ||
	    is.st_size > RESERVE_MAX || (most && (uint64_t)is.st_size > most))
		return;
	buf_reserve(body, (size_t)is.st_size + READ_MIN);
}

/* Stops after exceeding the limit, as the file is rejected then. */
static void read_to_end(struct job *job, int fd, uint64_t most)
{
	struct buf *body = &job->res.body;
	ssize_t len;

	reserve_file(body, fd, most);
	for (;;) {
		if (body->cap - body->len < READ_MIN)
			buf_reserve(body, READ_BYTES);
		len = read(fd, body->data + body->len, body->cap - body->len);
		if (len < 0 && errno == EINTR)
			continue;
		if (len <= 0)
			break;
		body->len += (size_t)len;
		if (most && body->len > most) {
			job_fail(job, ERR_TOO_LARGE,
				 "larger than --max-filesize");
			return;
		}
	}
	if (len < 0)
		job_fail(job, ERR_INPUT, "cannot be read: %s",
			 strerror(errno));
}

static void read_file(struct job *job, const char *path, uint64_t most)
{
	const bool is_stdin = !strcmp(path, "-");
	const int fd = is_stdin ? STDIN_FILENO
				: open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		job_fail(job, ERR_INPUT, "cannot be read: %s",
			 strerror(errno));
		return;
	}
	read_to_end(job, fd, most);
	if (!is_stdin)
		close(fd);
}

/* Returns the job of the next record. The record's own index replaces its
 * number, which owner_data keeps for the order of the output. */
static struct job *next_record(struct extract *e)
{
	struct job *job = input_next(e->input);
	uint64_t number, given;

	if (!job)
		return NULL;
	number = job->req.index;
	given = (uintptr_t)job->owner_data;
	if (given)
		job->req.index = given - 1;
	job->owner_data = (void *)(uintptr_t)number;
	e->next++;
	return job;
}

static struct job *next_file(struct extract *e)
{
	const struct options *o = e->options;
	const char *path = o->sources.items[e->next];
	struct job *job = job_new();

	job->req.index = e->next;
	job->owner_data = (void *)(uintptr_t)e->next++;
	job->req.url = utf8_clean(path, strlen(path), PATH_MAX, NULL);
	job->res.local = true;
	if (o->base_url)
		job->res.final_url = xstrdup(o->base_url);
	set_content_type(job, path);
	read_file(job, path, o->engine.parse.max_filesize);
	return job;
}

static bool has_ended(const struct extract *e)
{
	return e->input ? input_ended(e->input)
			: e->next == e->options->sources.len;
}

static bool may_read(const struct extract *e)
{
	const struct options *o = e->options;

	return !e->session.stopping && !has_ended(e) &&
	       e->jobs < (size_t)o->engine.workers * PER_WORKER &&
	       !output_full(e->session.output) &&
	       (!o->ordered ||
		e->next < output_oldest(e->session.output) + AHEAD);
}

static void on_pump(void *ctx, msec now)
{
	struct extract *e = ctx;

	(void)now;
	e->pump_asked = false;
	while (may_read(e)) {
		struct job *job = e->input ? next_record(e) : next_file(e);

		if (!job)
			break;
		e->jobs++;
		job->parse_queued_at = clock_now();
		stage_submit(e->parse, job);
	}
}

/* Called for each drawing of the progress line. */
static void fill_progress(void *ctx, struct progress_line_view *view,
			  struct buf *hold)
{
	const struct extract *e = ctx;

	(void)hold;
	view->in_flight = (unsigned)e->jobs;
	view->total = e->input ? input_total(e->input)
			       : e->options->sources.len;
	view->is_estimate = e->input && !input_ended(e->input);
}

static void on_parsed(void *ctx, struct job *job)
{
	struct extract *e = ctx;

	job_note_end(job, loop_now(e->session.loop));
	stats_add(e->session.stats, job);
	output_put(e->session.output, (uintptr_t)job->owner_data,
		   &job->record);
	job_free(job);
	e->jobs--;
	ask_pump(e);
}

static void open_records(struct extract *e)
{
	struct input_config config = options_list(e->options);
	const struct input_reader reader = {
		.next = saved_record_next,
		.ctx = (void *)e->options,
	};

	config.reader = &reader;
	e->input = input_open(e->session.loop, &config, ask_pump, e);
}

static int extract_open(struct extract *e)
{
	const struct options *o = e->options;

	if (session_open(&e->session, o))
		return -1;
	e->pump.on_due = on_pump;
	e->pump.ctx = e;
	if (session_open_output(&e->session, &(struct session_owner){
		.on_change = ask_pump,
		.on_stop = ask_pump,
		.ctx = e,
	}))
		return -1;
	e->parse = o->engine.mode->open_local(e->session.loop, &o->engine);
	if (!e->parse)
		return -1;
	stage_set_on_done(e->parse, on_parsed, e);
	if (o->records)
		open_records(e);
	session_set_stats(&e->session, results_stats(o, RESULTS_FILES));
	progress_set_source(e->session.progress, fill_progress, e);
	return 0;
}

static bool has_failed(const struct extract *e)
{
	const struct options *o = e->options;
	const struct stats *st = e->session.stats;

	if (o->has_fail_over)
		return results_fail_over(o, stats_failed(st), stats_done(st),
					 RESULTS_FILES);
	return o->engine.parse.fail && stats_errors(st);
}

static int exit_code(struct extract *e)
{
	const int failed = session_close_output(&e->session);

	stats_warn(e->session.stats);
	if (results_write(e->options, e->session.stats, clock_now(),
			  e->session.stopping) ||
	    failed)
		return EXIT_NOT_COMPLETED;
	if (signals_caught())
		return 128 + signals_caught();
	if (e->input && input_error(e->input))
		return EXIT_NOT_COMPLETED;
	results_warn_all_failed(e->options, e->session.stats, RESULTS_FILES);
	return has_failed(e) ? EXIT_SOME_FAILED : 0;
}

static bool is_done(void *ctx)
{
	const struct extract *e = ctx;

	return !e->jobs && (e->session.stopping || has_ended(e));
}

static int run_extract(struct extract *e)
{
	if (extract_open(e))
		return EXIT_NOT_COMPLETED;
	ask_pump(e);
	/* The results of files still being parsed cannot be written. */
	if (session_run(&e->session, is_done, e))
		_exit(EXIT_NOT_COMPLETED);
	return exit_code(e);
}

int extract_command(struct options *options)
{
	struct extract e = {.options = options};
	const int code = run_extract(&e);

	session_stop(&e.session);
	if (e.input)
		input_close(e.input);
	stage_close(e.parse);
	session_close(&e.session);
	return code;
}
