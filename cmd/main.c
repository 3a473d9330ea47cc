#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/descriptors.h"
#include "cmd/modes.h"
#include "cmd/options.h"
#include "cmd/run.h"
#include "fetch/budget.h"
#include "fetch/fetch.h"
#include "parse/parse.h"

enum { EXIT_USAGE = 2, EXIT_FAILED = 3 };

/* What the mode and the descriptors allow, to the schedule. */
static void fit_limits(struct options *o)
{
	const unsigned most = o->mode->parallel_max;

	if (most && most < o->fetch.parallel_max)
		o->fetch.parallel_max = most;
	descriptors_fit(&o->fetch, o->mode->descriptors);
	o->limits.parallel_max = o->fetch.parallel_max;
	o->limits.parallel_max_host = o->fetch.parallel_max_host;
}

static int scrape(struct options *options)
{
	struct budget budget = {.bytes = BUDGET_BYTES};
	char *why;
	int code;

	if (fetch_global_init()) {
		log_fatal("libcurl cannot be started");
		return EXIT_FAILED;
	}
	parse_global_init();
	options->fetch.budget = &budget;
	why = fetch_check(&options->fetch);
	if (why) {
		log_fatal("%s", why);
		code = EXIT_USAGE;
	} else {
		fit_limits(options);
		code = run_requests(options);
	}
	if (parse_is_stuck())
		_exit(code);
	free(why);
	parse_global_cleanup();
	fetch_global_cleanup();
	return code;
}

/* A descriptor that we open must not become standard output because the
 * caller had closed that. Opened the wrong way round, so that using it stays
 * the error that it was. */
static int hold_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		const int way = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;

		/* The lowest that is free is taken (open(2)). */
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", way) != fd)
			return -1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct options options = {0};
	int code;

	if (hold_standard_streams())
		return EXIT_FAILED;
	switch (options_parse(&options, argc, argv)) {
	case OPTIONS_EXIT_OK:
		code = EXIT_SUCCESS;
		break;
	case OPTIONS_EXIT_USAGE:
		code = EXIT_USAGE;
		break;
	case OPTIONS_RUN:
	default:
		if (mode_begin(&options)) {
			code = EXIT_FAILED;
			break;
		}
		code = scrape(&options);
		mode_end(&options);
		break;
	}
	options_release(&options);
	return code;
}
