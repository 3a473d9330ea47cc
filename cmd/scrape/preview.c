/* Reads the list and handles each request at once, so that only one is in
 * memory. */
#include "cmd/scrape/preview.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/digest_set.h"
#include "base/exit_code.h"
#include "base/log.h"
#include "base/secret_rules.h"
#include "cmd/engine/network.h"
#include "cmd/input/input.h"
#include "cmd/options/options.h"
#include "cmd/output/output.h"
#include "cmd/scrape/curl_command.h"
#include "cmd/scrape/dry_run.h"
#include "cmd/scrape/list_shard.h"
#include "cmd/scrape/unique.h"
#include "fetch/fetch.h"

enum { MAX_MESSAGES = 100 };	/* maximum number of messages about lines that
				 * are not valid requests */

struct preview {
	const struct options *options;
	struct loop *loop;
	struct input *input;
	struct output *output;
	struct dry_run *counts;
	struct digest_set seen;	/* with --unique: the requests read so far */
	uint64_t lines;		/* number of lines written */
	uint64_t errors;	/* number of lines that are not valid
				 * requests */
};

static void put(struct preview *p, struct buf *text)
{
	while (output_full(p->output) && !output_error(p->output))
		loop_step(p->loop, MSEC_NEVER);
	output_put(p->output, p->lines++, text);
}

/* Returns true if --unique is given and an earlier line has the same
 * request. */
static bool is_copy(struct preview *p, const struct job *job)
{
	unsigned long number = 0;
	struct buf text = {0};
	bool is_known;

	if (!p->options->unique || job->err)
		return false;
	unique_add_request(&text, job);
	is_known = digest_set_add(&p->seen, slice_of(&text), &number);
	buf_release(&text);
	return is_known;
}

/* Add the URL, unless the message is about a line and names the line. */
static void report_error(struct preview *p, const struct job *job)
{
	const char *why = job->err_message ? job->err_message : "no request";
	struct buf url = {0};

	if (++p->errors > MAX_MESSAGES)
		return;
	if (strncmp(why, "line ", 5) != 0 && job->req.url)
		secret_url_show(&url, job->req.url, strlen(job->req.url));
	log_warn("%.200s%s%s", url.len ? buf_cstr(&url) : "",
		 url.len ? ": " : "", why);
	buf_release(&url);
}

static void report_more_errors(const struct preview *p)
{
	if (p->errors > MAX_MESSAGES)
		log_warn("%" PRIu64 " more lines are not requests",
			 p->errors - MAX_MESSAGES);
}

static void print_curl(struct preview *p, const struct job *job)
{
	const struct options *o = p->options;
	struct buf line = {0};

	curl_command_add(&line, job, &o->engine.fetch, o->print_secrets);
	put(p, &line);
}

static void take(struct preview *p, struct job *job)
{
	const struct options *o = p->options;

	if (!list_shard_has(o, job))
		return;
	if (!job->err)
		fetch_prepare(job, &o->engine.fetch);
	if (is_copy(p, job))
		return;
	if (job->err)
		report_error(p, job);
	if (!o->print_curl)
		dry_run_add(p->counts, job);
	else if (!job->err)
		print_curl(p, job);
}

/* Reads the list until its end, or until the output fails. */
static void read_list(struct preview *p)
{
	struct job *job;

	while (!output_error(p->output)) {
		job = input_next(p->input);
		if (job) {
			take(p, job);
			job_free(job);
		} else if (input_ended(p->input)) {
			return;
		} else {
			loop_step(p->loop, MSEC_NEVER);
		}
	}
}

static void write_counts(struct preview *p)
{
	struct buf text = {0};

	if (p->options->print_curl)
		return;
	if (isatty(STDOUT_FILENO))
		dry_run_add_text(&text, p->counts);
	else
		dry_run_add_json(&text, p->counts);
	put(p, &text);
}

static int preview_open(struct preview *p)
{
	const struct input_config list = options_list(p->options);

	p->loop = loop_open(LOOP_EPOLL);
	if (!p->loop) {
		log_fatal("the event loop cannot be created: %s",
			  strerror(errno));
		return -1;
	}
	p->output = output_open(p->loop, &(struct output_config){.path = NULL});
	if (!p->output)
		return -1;
	p->counts = dry_run_new(&p->options->engine);
	p->input = input_open(p->loop, &list, NULL, NULL);
	return 0;
}

static int exit_code(const struct preview *p)
{
	if (input_has_no_urls(p->input))
		return EXIT_USAGE;
	return input_error(p->input) ? EXIT_NOT_COMPLETED : 0;
}

static int run_preview(void *ctx)
{
	struct preview p = {.options = ctx};
	int code = EXIT_NOT_COMPLETED;

	if (!preview_open(&p)) {
		read_list(&p);
		report_more_errors(&p);
		code = exit_code(&p);
		if (code != EXIT_USAGE)
			write_counts(&p);
	}
	if (p.output && output_close(p.output))
		code = EXIT_NOT_COMPLETED;
	if (p.input)
		input_close(p.input);
	if (p.loop)
		loop_close(p.loop);
	dry_run_free(p.counts);
	digest_set_release(&p.seen);
	return code;
}

int preview_command(struct options *options)
{
	return network_run(&options->engine, run_preview, options);
}
