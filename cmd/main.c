#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/descriptors.h"
#include "cmd/modes.h"
#include "cmd/options.h"
#include "cmd/run.h"
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
	char *why;
	int code;

	if (fetch_global_init()) {
		log_fatal("libcurl cannot be started");
		return EXIT_FAILED;
	}
	parse_global_init();
	why = fetch_check(&options->fetch);
	if (why) {
		log_fatal("%s", why);
		code = EXIT_USAGE;
	} else {
		fit_limits(options);
		code = run_requests(options);
	}
	free(why);
	parse_global_cleanup();
	fetch_global_cleanup();
	return code;
}

/* A descriptor that we open must not become standard output because the
 * caller had closed that. */
static int hold_standard_streams(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDWR);
		if (fd < 0)
			return -1;
	} while (fd <= STDERR_FILENO);
	close(fd);
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
		code = scrape(&options);
		break;
	}
	options_release(&options);
	return code;
}
