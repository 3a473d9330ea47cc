#include "cmd/scrape/resumption.h"

#include <stdlib.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/engine/signals.h"
#include "cmd/output/format.h"
#include "cmd/scrape/record_order.h"
#include "cmd/scrape/renumber.h"
#include "cmd/scrape/resume_database.h"
#include "cmd/scrape/resume_list.h"
#include "cmd/scrape/retry_file.h"
#include "cmd/scrape/table_rows.h"
#include "cmd/session/archive.h"

/* Reads the records of the output file. Returns 0, or the exit code. */
static int open_records(struct resumption *r, struct loop *loop)
{
	const struct options *o = r->options;
	int code = 0;

	r->resume = resume_open(o->output, &(struct resume_config){
		.retry = o->retry.is_wanted ? &o->retry : NULL,
		.has_items = options_have_items(o),
		.wants_places = o->unique && !r->table,
		.table = r->table,
	});
	if (!r->resume)
		return EXIT_USAGE;
	/* With RESUME_BY_URL, renumber.c has matched the records to the list
	 * already; here the list is only counted. */
	if (o->resume == RESUME_BY_POSITION || options_have_items(o))
		code = resume_check_list(r->resume, loop, o);
	if (!code && options_have_items(o))
		resume_repeat_last(r->resume);
	return code;
}

static bool has_record(void *ctx, uint64_t index)
{
	return resume_is_recorded(ctx, index);
}

static int begin_archive(const struct options *o, struct resume *resume)
{
	return archive_begin(o, &(struct archive_rows){
		.has = resume ? has_record : NULL,
		.ctx = resume,
	});
}

int resumption_begin_archive(const struct resumption *r)
{
	return begin_archive(r->options, r->resume);
}

/* Begins the archive before --resume=url changes the indexes, by which the
 * archive knows its exchanges. Returns 0, or the exit code. */
static int begin_archive_early(const struct resumption *r)
{
	const struct options *o = r->options;
	struct resume *resume;
	int code = 0;

	if (!o->writer)
		return 0;
	resume = resume_open(o->output, &(struct resume_config){
		.has_items = options_have_items(o),
		.table = r->table,
	});
	if (!resume)
		return EXIT_USAGE;
	if (options_have_items(o))
		resume_repeat_last(resume);
	if (begin_archive(o, resume))
		code = EXIT_NOT_COMPLETED;
	resume_close(resume);
	return code;
}

static bool is_database(const struct options *o)
{
	return o->format->open_database != NULL;
}

/* Reads the records of the output database. Returns 0, or the exit code. */
static int open_database(struct resumption *r, struct loop *loop)
{
	r->resume = resume_database_open(r->options);
	if (!r->resume)
		return r->options->format->open_database == sink_sqlite_open
			? EXIT_USAGE : EXIT_NOT_COMPLETED;
	return resume_check_list(r->resume, loop, r->options);
}

int resumption_open(struct resumption *r, const struct options *options,
		    struct loop *loop)
{
	int code;

	*r = (struct resumption){.options = options};
	if (!options->resume)
		return 0;
	r->table = table_rows_new(options);
	code = r->table || is_database(options) ? 0
						: retry_file_recover(options);
	if (!code && options->resume == RESUME_BY_URL)
		code = begin_archive_early(r);
	if (!code && options->resume == RESUME_BY_URL)
		code = renumber_records(loop, options);
	if (!code)
		code = is_database(options) ? open_database(r, loop)
					    : open_records(r, loop);
	if (code)
		return code;
	if (resume_cut(r->resume))
		return EXIT_NOT_COMPLETED;
	if (!resume_repeated(r->resume))
		return 0;
	r->retry_path = retry_file_create(options);
	return r->retry_path ? 0 : EXIT_NOT_COMPLETED;
}

/* Replaces old records by the new ones of --retry-failed. Returns 0 or -1. */
static int take_in_new_records(const struct resumption *r)
{
	const struct options *o = r->options;
	struct buf why = {0};
	const int err = retry_file_finish(o, r->retry_path, &why);

	if (err)
		log_fatal("the new records are in %.200s; putting them into "
			  "%.200s failed: %s; the next run with --resume or "
			  "--retry-failed tries it again", r->retry_path,
			  o->output, buf_cstr(&why));
	buf_release(&why);
	return err;
}

/* Rewrites the output file without lines damaged by a loss of power, and with
 * --ordered in order. */
static int rewrite_output(const struct resumption *r, uint64_t ours)
{
	const struct options *o = r->options;
	struct buf why = {0};
	int err = 0;

	if (is_database(o))	/* rows of a database have no order */
		return 0;
	if (o->ordered || resume_has_damage(r->resume))
		err = record_order(o->output, o->ordered, options_have_items(o),
				   r->table, ours, &why);
	if (err && !signals_caught())
		log_fatal("each request has its record in %.200s, but "
			  "rewriting it %s failed: %s", o->output,
			  o->ordered ? "in order"
				     : "without its damaged lines",
			  buf_cstr(&why));
	buf_release(&why);
	return err;
}

int resumption_finish(const struct resumption *r, uint64_t requests,
		      uint64_t ours, bool was_stopped)
{
	if (!r->resume)
		return 0;
	if (r->retry_path && take_in_new_records(r))
		return -1;
	if (was_stopped)
		return 0;
	if (resume_check_end(r->resume, requests))
		return -1;
	return resume_records(r->resume) || r->retry_path
		? rewrite_output(r, ours) : 0;
}

void resumption_close(struct resumption *r)
{
	resume_close(r->resume);
	free(r->retry_path);
	table_rows_free(r->table);
	*r = (struct resumption){0};
}
