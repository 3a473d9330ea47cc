#include "cmd/scrape/scrape.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/units.h"
#include "cmd/engine/descriptors.h"
#include "cmd/engine/modes.h"
#include "cmd/options/options.h"
#include "cmd/scrape/run.h"
#include "fetch/fetch.h"
#include "fetch/memory_budget.h"
#include "parse/bomb.h"

/* What the mode and the descriptors allow, to the schedule. */
static void fit_limits(struct options *o)
{
	const unsigned most = o->engine.mode->parallel_max;

	if (most && most < o->engine.fetch.parallel_max)
		o->engine.fetch.parallel_max = most;
	descriptors_fit(&o->engine.fetch, o->engine.mode->descriptors);
	o->engine.limits.parallel_max = o->engine.fetch.parallel_max;
	o->engine.limits.parallel_max_host = o->engine.fetch.parallel_max_host;
}

/* The check decodes, which is then for the sandbox alone. */
static void check_bodies(struct options *o)
{
	if (o->engine.require_sandbox || o->engine.fetch.max_filesize >= VALUE_SIZE_MAX)
		return;
	o->engine.fetch.body_check = &bomb_check;
	o->engine.fetch.body_check_config = &o->engine.parse;
}

int scrape_with_network(struct options *options,
			int (*run)(const struct options *options, void *ctx),
			void *ctx)
{
	struct budget budget = {.bytes = BUDGET_BYTES};
	char *why;
	int code;

	if (fetch_global_init()) {
		log_fatal("libcurl cannot be started");
		return 3;
	}
	options->engine.fetch.budget = &budget;
	check_bodies(options);
	why = fetch_check(&options->engine.fetch);
	if (why) {
		log_fatal("%s", why);
		code = 2;
	} else {
		fit_limits(options);
		code = run(options, ctx);
	}
	free(why);
	fetch_global_cleanup();
	return code;
}

static int run_list(const struct options *options, void *ctx)
{
	(void)ctx;
	return run_requests(options);
}

int scrape_command(struct options *options)
{
	return scrape_with_network(options, run_list, NULL);
}
