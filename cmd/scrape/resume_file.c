#include "cmd/scrape/resume_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_lock.h"
#include "base/log.h"

int resume_file_fail(const char *path, const char *why)
{
	log_fatal("--resume: cannot continue \"%.200s\": %s", path, why);
	return -1;
}

int resume_file_fail_line(const char *path, uint64_t line)
{
	char why[100];

	snprintf(why, sizeof(why), "line %" PRIu64 " is not a record of scrape",
		 line);
	return resume_file_fail(path, why);
}

/* Locks the file. Returns 0; or -1, with a message logged. */
static int lock_file(int fd, const char *path)
{
	struct stat st;
	int error;

	if (fstat(fd, &st))
		return resume_file_fail(path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return resume_file_fail(path, "it is not a regular file");
	error = file_lock_by_name(fd, path);
	if (error == EBUSY)
		return resume_file_fail(path, "another scrape is writing it");
	if (error == ESTALE)
		return resume_file_fail(path, "another file has just taken its "
					      "name");
	return error ? resume_file_fail(path, strerror(error)) : 0;
}

FILE *resume_file_open(const char *path)
{
	const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY,
			    0666);
	FILE *file;

	if (fd < 0) {
		resume_file_fail(path, strerror(errno));
		return NULL;
	}
	if (lock_file(fd, path)) {
		close(fd);
		return NULL;
	}
	file = fdopen(fd, "r");
	if (file)
		return file;
	resume_file_fail(path, strerror(errno));
	close(fd);
	return NULL;
}
