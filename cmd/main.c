/*
 * Runs one command: finds it by its name, starts the zygote, a process from
 * which parser processes are forked, reads the options, runs the command and
 * cleans up. The order matters: descriptors 0 to 2 are opened first, the zygote
 * is started before any options are read (cmd/engine/modes.h), and the
 * allocator of jansson is set before its first use.
 */
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secrets.h"
#include "cmd/commands.h"
#include "cmd/engine/modes.h"
#include "cmd/fleet_worker/join.h"
#include "cmd/options/arguments.h"
#include "cmd/options/options.h"
#include "parse/library.h"
#include "parse/worker.h"

/* Opens /dev/null for each standard stream that the caller has closed, so that
 * no descriptor opened later becomes standard output. /dev/null is opened in
 * the wrong direction (standard input for writing), so that using the stream
 * still fails. Returns 0, or -1. */
static int occupy_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		const int mode = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;

		/* open() returns the lowest free descriptor (open(2)). */
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", mode) != fd)
			return -1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	int words;
	const struct command *command = command_of(commands, argc, argv, &words);
	struct options options = {0};
	int code;

	if (occupy_standard_streams())
		return EXIT_NOT_COMPLETED;
	/* A write beyond the limit of a file's size (ulimit -f) then fails with
	 * a message instead of ending the program without one. */
	signal(SIGXFSZ, SIG_IGN);
	mode_prefork(argv);
	json_set_alloc_funcs(xmalloc, free);
	switch (options_parse(&options, commands, command, argc - words,
			      arguments_take(argc, argv) + words)) {
	case OPTIONS_EXIT_OK:
		code = EXIT_SUCCESS;
		break;
	case OPTIONS_EXIT_USAGE:
		code = EXIT_USAGE;
		break;
	case OPTIONS_RUN:
	default:
		code = fleet_join(&options, commands, command);
		if (code)
			break;
		if (mode_begin(&options.engine)) {
			code = EXIT_NOT_COMPLETED;
			break;
		}
		parse_global_init();
		code = options.fleet.member ? fleet_run(&options, command)
					    : command->run(&options);
		/* Free nothing more: abandoned parser threads still use the
		 * data. */
		if (parse_has_abandoned_threads())
			_exit(code);
		parse_global_cleanup();
		break;
	}
	mode_end();
	fleet_leave(&options);
	options_release(&options);
	log_close();
	secrets_clear();
	arguments_release();
	return code;
}
