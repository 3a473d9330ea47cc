#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/mem.h"
#include "base/secrets.h"
#include "cmd/commands.h"
#include "cmd/engine/modes.h"
#include "cmd/options/arguments.h"
#include "cmd/options/options.h"
#include "parse/library.h"
#include "parse/worker.h"

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
	int words;
	const struct command *command = command_of(commands, argc, argv, &words);
	struct options options = {0};
	int code;

	if (hold_standard_streams())
		return EXIT_NOT_COMPLETED;
	mode_prefork(argv);
	json_set_alloc_funcs(xmalloc, free);
	parse_memory_init();
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
		if (mode_begin(&options.engine)) {
			code = EXIT_NOT_COMPLETED;
			break;
		}
		parse_global_init();
		code = command->run(&options);
		/* Their threads still use what would be freed. */
		if (parse_has_abandoned_threads())
			_exit(code);
		parse_global_cleanup();
		break;
	}
	mode_end();
	options_release(&options);
	secrets_clear();
	arguments_release();
	return code;
}
