/* Starts and ends libcurl around a run, after fitting the limits of the run to
 * the mode and the system. */
#include "cmd/engine/network.h"

#include <stdlib.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/units.h"
#include "cmd/engine/config.h"
#include "cmd/engine/descriptors.h"
#include "cmd/engine/modes.h"
#include "fetch/fetch.h"
#include "fetch/body_budget.h"
#include "parse/bomb.h"

/* The limits of a host that files of options set, but never more requests in
 * flight than in the run. */
static bool limit_host(const void *ctx, struct slice host, msec *interval,
		       unsigned *parallel_max)
{
	const struct fetch_config *config = ctx;
	const bool has_rate = host_rules_limit(&config->hosts, host, interval,
					       parallel_max);

	if (*parallel_max > config->parallel_max)
		*parallel_max = config->parallel_max;
	return has_rate;
}

/* Fits the limits of the schedule to the mode and the descriptors. */
static void fit_limits(struct engine_config *config)
{
	const unsigned most = config->mode->parallel_max;

	if (most && most < config->fetch.parallel_max)
		config->fetch.parallel_max = most;
	descriptors_fit(&config->fetch, config->mode->descriptors);
	config->limits.parallel_max = config->fetch.parallel_max;
	config->limits.parallel_max_host = config->fetch.parallel_max_host;
	if (!config->fetch.hosts.len)
		return;
	config->limits.limit_host = limit_host;
	config->limits.limit_ctx = &config->fetch;
}

/* Turns the size check of arriving bodies on, unless nothing may be decoded
 * outside of the sandbox. */
static void set_body_check(struct engine_config *config)
{
	if (config->require_sandbox ||
	    config->fetch.max_filesize >= UNITS_SIZE_MAX)
		return;
	config->fetch.body_check = &bomb_check;
	config->fetch.body_check_config = &config->parse;
}

int network_run(struct engine_config *config, int (*run)(void *ctx), void *ctx)
{
	struct body_budget budget = {.bytes = BODY_BUDGET_BYTES};
	char *why;
	int code;

	if (fetch_global_init()) {
		log_fatal("libcurl cannot be started");
		return EXIT_NOT_COMPLETED;
	}
	config->fetch.body_budget = &budget;
	set_body_check(config);
	why = fetch_check(&config->fetch);
	if (why) {
		log_fatal("%s", why);
		code = EXIT_USAGE;
	} else {
		fit_limits(config);
		code = run(ctx);
	}
	free(why);
	fetch_global_cleanup();
	return code;
}
