/*
 * The command check: requests pages and links through the engine, as the
 * command scrape does, and audits their records instead of writing them.
 *
 * First come the pages that were given, of which some may be saved records,
 * then sitemaps with their pages, and last the links. A link is requested with
 * HEAD, and again with GET if the answer is an error, because many servers
 * refuse HEAD.
 */
#include "cmd/check/check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/check/given.h"
#include "cmd/check/kind_set.h"
#include "cmd/check/run.h"
#include "cmd/check/writer.h"
#include "cmd/engine/network.h"
#include "cmd/engine/signals.h"

static void put(struct check *c, struct buf *text)
{
	output_put(c->session.output, c->lines++, text);
}

static void on_finding(void *ctx, const struct finding *f)
{
	struct check *c = ctx;
	struct buf line = {0};

	finding_add_json(&line, f);
	put(c, &line);
}

static bool is_full(void *ctx)
{
	const struct check *c = ctx;

	return output_full(c->session.output);
}

static void on_change(void *ctx)
{
	const struct check *c = ctx;

	if (c->engine)
		engine_wake(c->engine);
}

static void on_stop(void *ctx)
{
	struct check *c = ctx;

	log_warn("stopping: waiting for the requests in flight (interrupt "
		 "again to end at once)");
	engine_stop(c->engine);
}

/* --- The command ---------------------------------------------------------- */

static int read_accepted(struct check *c)
{
	const char *text = c->options->check.accept;

	c->audit.has_accepted = text != NULL;
	if (!text || status_set_read(&c->audit.accepted, text))
		return 0;
	log_fatal("--accept \"%.200s\": must be statuses and ranges of them, "
		  "like 200..=299,429", text);
	return -1;
}

/* Reads the value of an option that is a set of findings; NULL: not given. */
static int read_kinds(const char *option, const char *text, struct kind_set *set,
		      int (*read)(struct kind_set *, const char *,
				  struct buf *))
{
	struct buf why = {0};
	const int err = text ? read(set, text, &why) : 0;

	if (err)
		log_fatal("%s \"%.200s\": %s", option, text, buf_cstr(&why));
	buf_release(&why);
	return err;
}

/* Reads --ignore. Names that are not kinds of findings are allowed in the
 * user's own file, where they may be members for diff. */
static int read_ignored(struct check *c)
{
	const struct check_options *o = &c->options->check;
	struct kind_set *set = &c->findings.ignored;
	struct buf why = {0};

	if (!o->ignore_is_own)
		return read_kinds("--ignore", o->ignore, set,
				  kind_set_read_ignored);
	if (o->ignore && kind_set_read_ignored(set, o->ignore, &why))
		*set = (struct kind_set){0};
	buf_release(&why);
	return 0;
}

static int read_findings(struct check *c)
{
	const struct check_options *o = &c->options->check;

	return read_ignored(c) ||
	       read_kinds("--fail-on", o->fail_on ? o->fail_on : "error",
			  &c->findings.failing, kind_set_read_failing);
}

static int add_excluded(struct check *c, const char *text)
{
	struct buf why = {0};
	const int err = pattern_list_add(&c->excluded, text, &why);

	if (err)
		log_fatal("--exclude \"%.200s\": %s", text, buf_cstr(&why));
	buf_release(&why);
	return err;
}

static int read_excluded(struct check *c)
{
	const struct strings *texts = &c->options->check.excluded;
	int err = 0;

	for (size_t i = 0; i < texts->len && !err; i++)
		err = add_excluded(c, texts->items[i]);
	return err;
}

/* Returns true if people read the findings on a terminal. */
static bool is_on_terminal(const struct options *o)
{
	return !o->output && isatty(STDOUT_FILENO);
}

static enum audit_format choose_format(const struct options *o)
{
	if (o->check.format != AUDIT_AUTO)
		return o->check.format;
	return is_on_terminal(o) ? AUDIT_TABLE : AUDIT_JSONL;
}

/* Divides the sources into sitemaps and lists. */
static void choose_sources(struct check *c)
{
	const struct options *o = c->options;

	for (size_t i = 0; i < o->sources.len; i++) {
		const char *source = o->sources.items[i];

		if (given_is_sitemap(source, o->check.sitemap)) {
			check_add_sitemap(c, source);
			continue;
		}
		c->lists.items = xgrow(c->lists.items, c->lists.len, 1,
				       sizeof(*c->lists.items));
		c->lists.items[c->lists.len++] = source;
	}
}

static int open_parts(struct check *c)
{
	const struct options *o = c->options;
	const struct input_reader reader = {
		.next = given_next,
		.ctx = (void *)o,
	};
	struct input_config list = options_list(o);

	if (session_open(&c->session, o) ||
	    session_open_output(&c->session, &(struct session_owner){
		.on_change = on_change,
		.on_stop = on_stop,
		.ctx = c,
	    }))
		return -1;
	c->engine = engine_open(c->session.loop, &o->engine,
				&(struct engine_owner){
		.next = check_next_job,
		.is_exhausted = check_is_exhausted,
		.is_full = is_full,
		.on_record = check_on_record,
		.ctx = c,
	});
	if (!c->engine)
		return -1;
	list.sources = &c->lists;
	if (!list.csv)
		list.reader = &reader;
	c->input = input_open(c->session.loop, &list, on_change, c);
	session_set_stats(&c->session, stats_new(false, clock_now()));
	progress_set_source(c->session.progress, check_fill_progress, c);
	return 0;
}

static bool is_done(void *ctx)
{
	struct check *c = ctx;

	if (engine_jobs(c->engine) > 0)
		return false;
	return c->session.stopping || check_is_exhausted(c);
}

static void write_findings(struct check *c)
{
	struct buf text = {0};

	check_end_records(c);
	audit_end(&c->audit);
	if (c->format == AUDIT_JSONL)
		return;
	finding_list_sort(&c->findings);
	finding_list_write(&text, &c->findings, c->format);
	put(c, &text);
}

/* If no finding of this run is in the baseline, it is often the baseline of
 * another site: warn. */
static void log_baseline(const struct finding_list *f)
{
	if (f->old)
		log_warn("%" PRIu64 " finding%s of the baseline left out",
			 f->old, f->old == 1 ? "" : "s");
	else if (f->baseline)
		log_warn("none of the findings of the baseline (%" PRIu64 ") "
			 "was found again: findings are compared by kind and "
			 "URL", f->baseline);
}

/* Logs the summary, unless standard output has it. */
static void log_summary(const struct check *c)
{
	struct buf text = {0};

	if ((c->format == AUDIT_TABLE && !c->options->output) ||
	    !(c->requests || c->records))
		return;
	finding_list_add_summary(&text, &c->findings);
	log_warn("%s", buf_cstr(&text));
	buf_release(&text);
}

static int exit_code(struct check *c)
{
	if (session_close_output(&c->session))
		return EXIT_NOT_COMPLETED;
	log_baseline(&c->findings);
	log_summary(c);
	if (signals_caught()) {
		log_warn("stopped: %" PRIu64 " URLs were checked",
			 stats_done(c->session.stats) + c->records);
		return 128 + signals_caught();
	}
	if (input_error(c->input) || input_has_no_urls(c->input))
		return EXIT_NOT_COMPLETED;
	if (!c->requests && !c->records)
		log_warn("the list is empty: there was nothing to check");
	return c->findings.failures ? EXIT_SOME_FAILED : 0;
}

static int run_check(void *ctx)
{
	struct check *c = ctx;

	if (open_parts(c))
		return EXIT_NOT_COMPLETED;
	engine_wake(c->engine);
	if (session_run(&c->session, is_done, c))
		_exit(EXIT_NOT_COMPLETED);
	write_findings(c);
	return exit_code(c);
}

static void release(struct check *c)
{
	session_stop(&c->session);
	if (c->input)
		input_close(c->input);
	engine_close(c->engine);
	session_close(&c->session);
	check_release_records(c);
	audit_release(&c->audit);
	finding_list_release(&c->findings);
	targets_release(&c->targets);
	pattern_list_release(&c->excluded);
	for (size_t i = 0; i < c->sitemaps.len; i++)
		free((char *)c->sitemaps.items[i]);
	free(c->sitemaps.items);
	free(c->lists.items);
}

int check_command(struct options *options)
{
	struct check c = {
		.options = options,
		.format = choose_format(options),
		.audit.options = &options->check,
	};
	const char *baseline = options->check.baseline;
	int code = EXIT_USAGE;

	c.audit.findings = &c.findings;
	c.findings.sources = options->sources.len;
	c.findings.source = options->sources.items[0];
	c.findings.keeps_urls = c.format == AUDIT_JUNIT;
	c.findings.cuts_lines = is_on_terminal(options);
	c.findings.is_coloured = options->coloured;
	if (c.format == AUDIT_JSONL) {
		c.findings.on_finding = on_finding;
		c.findings.ctx = &c;
	}
	choose_sources(&c);
	if (!read_accepted(&c) && !read_excluded(&c) && !read_findings(&c) &&
	    !(baseline && finding_list_read_baseline(&c.findings, baseline)))
		code = network_run(&options->engine, run_check, &c);
	release(&c);
	return code;
}
