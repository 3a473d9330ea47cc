/*
 * Reads any bytes as a -K file, which must be accepted or refused without
 * leaks.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/options/options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Returns true if the text could name a file that would be read or written. */
static bool may_touch_files(const uint8_t *data, size_t size)
{
	static const char *const words[] = {"@", "extract", "summary",
					    "report"};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (memmem(data, size, words[i], strlen(words[i])))
			return true;
	return false;
}

static void write_file(int fd, const uint8_t *data, size_t size)
{
	if (ftruncate(fd, 0) || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	/* The arguments are writable, like those of a process. */
	char program[] = "scrape", option[] = "-K", path[32],
	     url[] = "http://a.example/";
	char *argv[] = {program, option, path, url, NULL};
	const struct command *command;
	struct options o = {0};
	int words;

	if (fd < 0)
		fd = memfd_create("config", 0);
	if (may_touch_files(data, size))
		return 0;
	write_file(fd, data, size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	command = command_of(commands, 4, argv, &words);
	log_set_level(LOG_QUIET);
	(void)options_parse(&o, commands, command, 4 - words, argv + words);
	options_release(&o);
	return 0;
}
