#include "cmd/crawl/ending.h"

#include <inttypes.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/engine/signals.h"
#include "cmd/report/results.h"

/* Tells the user how to continue a crawl that has failed. */
static void report_failure(const struct crawl *c)
{
	if (c->state.folder && frontier_pages(c->frontier))
		log_warn("the crawl in %s ends here: when the cause is "
			 "removed, the same command with --resume continues it",
			 c->state.folder);
}

/* Returns the words that follow the number of pages that are done: only some of
 * them have a record with --rows, and none with --map. */
static const char *words_of_done(const struct crawl *c, uint64_t done)
{
	if (c->options->crawl.rows || c->options->crawl.map)
		return done == 1 ? "page is done" : "pages are done";
	return done == 1 ? "page has a record" : "pages have a record";
}

/* Tells the user why a run that continues a crawl had nothing to do. */
static void report_complete(const struct crawl *c)
{
	log_warn("nothing to do: the crawl in %s is complete%s",
		 c->state.folder, !c->has_other_options ? "" :
		 "; links that were read before are not read again: to choose "
		 "among them anew, begin a crawl in another --state DIR");
}

static void report_no_pages(const struct crawl *c)
{
	if (sitemaps_found(c->sitemaps))
		log_warn("the sitemaps that were read have no URL of the "
			 "crawl's scope");
	else if (sitemaps_read(c->sitemaps))
		log_warn("no sitemap was found, so there are no pages to "
			 "request");
	else
		log_warn("there are no seeds: nothing was requested");
}

static void report_end(const struct crawl *c)
{
	const struct store_counts counts = frontier_counts(c->frontier);
	const uint64_t pages = counts.pages, done = counts.done;
	const uint64_t left = pages - done - counts.skipped;
	const char *limit = limits_name(&c->limits, left);

	skipped_report(&c->skipped);
	sitemaps_report(c->sitemaps);
	traps_report(c->traps);
	/* A run that continues a crawl may have had few pages left. */
	if (!c->state.is_resumed)
		page_links_warn(c->follow.seen);
	if (signals_caught() || limit)
		log_warn("%s: %" PRIu64 " %s, %" PRIu64 " more %s known%s",
			 signals_caught() ? "stopped" : limit, done,
			 words_of_done(c, done), left, left == 1 ? "is" : "are",
			 c->state.folder
				 ? "; --resume continues the crawl"
				 : "; without --state DIR the crawl cannot be "
				   "continued");
	else if (!pages)
		report_no_pages(c);
	else if (!stats_done(c->session.stats) && c->state.folder)
		report_complete(c);
	else
		results_warn_all_failed(c->session.stats, RESULTS_LIST);
}

/* Returns true if the options ask for exit code 1, because of the records of
 * this run. Records of earlier runs do not count. */
static bool has_failed(const struct crawl *c)
{
	const struct options *o = c->options;
	const struct stats *st = c->session.stats;

	if (o->has_fail_over)
		return results_fail_over(o, stats_failed(st), stats_done(st),
					 RESULTS_LIST);
	return c->has_bad_seeds || (o->engine.parse.fail && stats_errors(st));
}

int ending_report(const struct crawl *c, bool failed)
{
	if (failed || c->failed) {
		report_failure(c);
		return EXIT_NOT_COMPLETED;
	}
	report_end(c);
	if (signals_caught())
		return 128 + signals_caught();
	if (input_error(c->seeds))
		return EXIT_NOT_COMPLETED;
	if (!frontier_pages(c->frontier))
		return sitemaps_read(c->sitemaps) ? EXIT_SOME_FAILED
						  : EXIT_USAGE;
	return has_failed(c) ? EXIT_SOME_FAILED : 0;
}
