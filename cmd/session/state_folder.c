#include "cmd/session/state_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/file_lock.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/session/output_mark.h"

int state_folder_open(const char *folder, int *lock)
{
	char *path;

	*lock = -1;
	/* Let only the user read the folder, because requests may contain
	 * secrets. */
	if (mkdir(folder, 0700) && errno != EEXIST) {
		log_fatal("--state %.500s: %s", folder, strerror(errno));
		return EXIT_NOT_COMPLETED;
	}
	path = xasprintf("%s/lock", folder);
	*lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	free(path);
	if (*lock < 0) {
		log_fatal("--state %.500s: %s", folder, strerror(errno));
		return EXIT_NOT_COMPLETED;
	}
	if (!file_lock(*lock)) {
		log_fatal("--state %.500s: another scrape is using it",
			  folder);
		return EXIT_NOT_COMPLETED;
	}
	output_mark_sync_name(folder);
	return 0;
}

bool state_folder_is_used(const char *folder)
{
	char *path = xasprintf("%s/lock", folder);
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const bool taken = fd >= 0 && file_lock_is_taken(fd);

	if (fd >= 0)
		close(fd);
	free(path);
	return taken;
}

int state_folder_check(const char *folder, const char *file, const char *run)
{
	char *path = xasprintf("%s/%s", folder, file);
	struct stat st;
	int code = EXIT_USAGE;

	if (stat(folder, &st))
		log_fatal("--state %.500s: %s", folder, strerror(errno));
	else if (!S_ISDIR(st.st_mode))
		log_fatal("--state %.500s: not a folder", folder);
	else if (stat(path, &st) && errno == ENOENT)
		log_fatal("--state %.500s: there is no %s in it (no file %s)",
			  folder, run, file);
	else
		code = 0;
	free(path);
	return code;
}

int state_folder_print(const struct buf *status)
{
	if (fwrite(status->data, 1, status->len, stdout) == status->len &&
	    !fflush(stdout))
		return 0;
	log_fatal("the status could not be written: %s", strerror(errno));
	return EXIT_NOT_COMPLETED;
}
