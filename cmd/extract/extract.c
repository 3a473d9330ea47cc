/*
 * The command extract: reads files in place of responses, one after the other;
 * or the responses in archives; or the bodies of saved records. The workers
 * parse them, and the output writes the records, as in a run with requests.
 */
#include "cmd/extract/extract.h"

#include <errno.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/engine/modes.h"
#include "cmd/engine/signals.h"
#include "cmd/extract/archive.h"
#include "cmd/extract/local_file.h"
#include "cmd/extract/saved_record.h"
#include "cmd/input/input.h"
#include "cmd/report/results.h"
#include "cmd/session/session.h"
#include "cmd/warc/reader/recognise.h"

enum {
	PER_WORKER = 4,			/* files queued per worker */
	PEEK_BYTES = 1024,		/* bytes that are read to recognise an
					 * archive */
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
	struct archive *archive;	/* the archive that is being read, or
					 * NULL */
	int archive_fd;
	struct archive_counts counts;	/* counts of the archives before it */
	bool had_archive;
	struct payloads payloads;	/* payloads of the responses of all
					 * archives */
	size_t source;			/* number of the next file */
	size_t next;			/* number of the next record */
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

static const char *archive_name(const struct extract *e)
{
	return e->options->sources.items[e->source - 1];
}

/* Closes the archive, and adds its counts to those of the run. */
static void end_archive(struct extract *e)
{
	struct archive_counts counts = {0};

	archive_add_counts(e->archive, &counts);
	archive_add_counts(e->archive, &e->counts);
	if (!counts.responses && !counts.damaged)
		log_warn("%.200s: the archive has no HTTP response (and %llu "
			 "other records)", archive_name(e),
			 (unsigned long long)archive_others(&counts));
	archive_close(e->archive);
	e->archive = NULL;
	local_file_close(e->archive_fd);
}

/* Returns the next response of the archive; NULL if there is none at present,
 * or the archive has ended. */
static struct job *next_response(struct extract *e)
{
	struct job *job = archive_next(e->archive);

	if (job) {
		job->req.index = e->next;
		job->owner_data = (void *)(uintptr_t)e->next++;
	} else if (archive_ended(e->archive)) {
		end_archive(e);
	}
	return job;
}

/* Opens an archive and starts to read it. */
static int open_archive(struct extract *e, const char *path, int fd,
			struct buf *start)
{
	e->archive = archive_open(e->session.loop, &(struct archive_config){
		.name = path,
		.fd = fd,
		.start = start,
		.max_body = e->options->engine.parse.max_filesize,
		.payloads = &e->payloads,
		.source = e->source - 1,
		.threads = e->options->engine.workers,
		.on_ready = ask_pump,
		.ctx = e,
	});
	e->archive_fd = fd;
	e->had_archive = true;
	return e->archive ? 0 : -1;
}

/* Returns the kind of the file. Appends its first bytes to start, and no more
 * than are needed, because they may come from a pipe. */
static enum archive_kind peek(const char *path, int fd, struct buf *start)
{
	enum archive_kind kind;
	size_t most;

	do {
		kind = archive_recognise(path, slice_of(start));
		most = archive_needs_more(slice_of(start)) ? RECOGNISE_BYTES
							   : PEEK_BYTES;
	} while (kind == ARCHIVE_NONE && start->len < most &&
		 local_file_peek(fd, start, most - start->len));
	return kind;
}

/* Returns the job of the next file; NULL: the file is an archive, which is open
 * from then on. */
static struct job *next_file(struct extract *e)
{
	const struct options *o = e->options;
	const char *path = o->sources.items[e->source++];
	const int fd = local_file_open(path), err = errno;
	struct buf start = {0};
	enum archive_kind kind = ARCHIVE_NONE;
	struct job *job;

	if (fd >= 0)
		kind = peek(path, fd, &start);
	if (kind == ARCHIVE_WARC && !open_archive(e, path, fd, &start))
		return NULL;
	job = local_file_job(path, fd, err, &start, o);
	local_file_close(fd);
	if (kind == ARCHIVE_ARC)
		job_fail(job, ERR_INPUT, "ARC, the format before WARC, is not "
			 "read: convert it, with warcio recompress, for "
			 "example");
	else if (kind == ARCHIVE_WARC)
		job_fail(job, ERR_INTERNAL, "the archive cannot be read");
	job->req.index = e->next;
	job->owner_data = (void *)(uintptr_t)e->next++;
	return job;
}

/* Returns the next job of a file or of an archive, or NULL if there is none
 * now. */
static struct job *next_local(struct extract *e)
{
	struct job *job = NULL;

	while (!job) {
		if (e->archive)
			job = next_response(e);
		else if (e->source < e->options->sources.len)
			job = next_file(e);
		else
			return NULL;
		/* The archive calls on_ready() when it has more jobs. */
		if (!job && e->archive)
			return NULL;
	}
	return job;
}

static bool has_ended(const struct extract *e)
{
	return e->input ? input_ended(e->input)
			: !e->archive &&
				  e->source == e->options->sources.len;
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

/* Returns the number of records of the run; 0: unknown. */
static uint64_t expected_records(const struct extract *e)
{
	if (e->input)
		return input_total(e->input);
	return e->had_archive ? 0 : e->options->sources.len;
}

static void on_pump(void *ctx, msec now)
{
	struct extract *e = ctx;

	(void)now;
	e->pump_asked = false;
	while (may_read(e)) {
		struct job *job = e->input ? next_record(e) : next_local(e);

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
	view->total = expected_records(e);
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
	return o->engine.parse.fail && (stats_errors(st) || e->counts.damaged);
}

/* Logs how many records of the archives were not responses, or could not be
 * read. */
static void report_archives(const struct extract *e)
{
	const struct archive_counts *c = &e->counts;

	if (c->damaged)
		log_warn("the archives are damaged in %llu place%s: %llu "
			 "responses were read", (unsigned long long)c->damaged,
			 c->damaged == 1 ? "" : "s",
			 (unsigned long long)c->responses);
	if (c->lost_revisits)
		log_warn("%llu response%s: stored as a revisit of a response "
			 "that was not read before, and so without a body",
			 (unsigned long long)c->lost_revisits,
			 c->lost_revisits == 1 ? " gives no row"
					       : "s give no rows");
	for (int i = 0; i < WARC_TYPES; i++)
		if (c->others[i])
			log_debug("%llu record%s of the type %s %s no HTTP "
				  "response", (unsigned long long)c->others[i],
				  c->others[i] == 1 ? "" : "s",
				  warc_type_name((enum warc_type)i),
				  c->others[i] == 1 ? "has" : "have");
}

static int exit_code(struct extract *e)
{
	const int failed = session_close_output(&e->session);

	stats_warn(e->session.stats);
	report_archives(e);
	if (results_write(e->options, e->session.stats, clock_now(),
			  e->session.stopping) ||
	    failed)
		return EXIT_NOT_COMPLETED;
	if (signals_caught())
		return 128 + signals_caught();
	if (e->input && input_error(e->input))
		return EXIT_NOT_COMPLETED;
	results_warn_all_failed(e->session.stats, RESULTS_FILES);
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
	struct extract e = {
		.options = options,
		.payloads.sources = &options->sources,
	};
	const int code = run_extract(&e);

	session_stop(&e.session);
	if (e.input)
		input_close(e.input);
	archive_close(e.archive);
	payloads_release(&e.payloads);
	stage_close(e.parse);
	session_close(&e.session);
	return code;
}
