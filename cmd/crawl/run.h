/* The parts and the state of one run of a crawl. Only the loop's thread uses
 * them. */
#ifndef CMD_CRAWL_RUN_H
#define CMD_CRAWL_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/crawl/follow.h"
#include "cmd/crawl/limits.h"
#include "cmd/crawl/recrawl/recrawl.h"
#include "cmd/crawl/robots_keeper.h"
#include "cmd/crawl/sitemaps.h"
#include "cmd/crawl/skipped.h"
#include "cmd/crawl/state.h"
#include "cmd/engine/engine.h"
#include "cmd/input/input.h"
#include "cmd/session/session.h"
#include "crawl/frontier.h"
#include "crawl/scope.h"

struct crawl {
	const struct options *options;	/* borrowed */
	struct session session;
	struct engine *engine;
	struct input *seeds;
	struct frontier *frontier;
	struct robots_keeper robots;
	struct scope *scope;
	struct skipped skipped;
	struct follow follow;
	struct digest_set redirects;	/* see struct follow */
	struct sitemaps *sitemaps;
	struct recrawl *recrawl;	/* NULL: without --state */
	struct traps *traps;		/* NULL: with --no-traps */
	struct limits limits;
	struct state state;
	struct loop_timer commit, end;
	struct loop_timer entries;	/* calls owner_take_entries() */
	struct loop_timer held;		/* set to the time at which a page has
					 * waited long enough for sitemaps */
	int64_t began;			/* msec since 1970 */
	struct buf left_out;	/* text of the progress line */
	struct progress_line_crawl view;	/* values of the progress
						 * line */
	unsigned uncommitted;		/* number of pages done since the last
					 * commit */
	bool is_behind;			/* a commit is due while another is
					 * going on */
	bool is_exhausted;		/* nothing can be requested until
					 * another page ends */
	bool has_bad_seeds;
	bool has_other_options;		/* options that choose pages or links
					 * differ from those of the previous
					 * run */
	bool failed;			/* the state cannot be written */
};

#endif
