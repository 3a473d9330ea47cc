#include "cmd/session/output_mark.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/exit_code.h"
#include "base/mem.h"

enum { TAIL = 4096 };

bool output_mark_has_file(const char *path)
{
	struct stat st;

	return path && strcmp(path, "-") != 0 &&
	       (stat(path, &st) || S_ISREG(st.st_mode));
}

static uint64_t tail_digest(int fd, uint64_t length)
{
	char bytes[TAIL];
	const size_t len = length < TAIL ? (size_t)length : TAIL;

	if (pread(fd, bytes, len, (off_t)(length - len)) != (ssize_t)len)
		return 0;
	return digest_of(bytes, len).a;
}

void output_mark_digest(struct output_mark *mark, int fd)
{
	mark->tail = tail_digest(fd, mark->length);
}

int output_mark_read(struct output_mark *mark, const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	int result = -1;

	if (fd < 0)
		return -1;
	if (!fstat(fd, &st)) {
		mark->length = (uint64_t)st.st_size;
		output_mark_digest(mark, fd);
		result = 0;
	}
	close(fd);
	return result;
}

/* Returns true if the file is empty or begins like an output of records. For a
 * run that was killed before its first commit. */
static bool may_be_output(int fd)
{
	static const char begin[] = "{\"index\":";
	char bytes[sizeof(begin) - 1];
	const ssize_t n = pread(fd, bytes, sizeof(bytes), 0);

	return n == 0 || (n > 0 && !memcmp(bytes, begin, (size_t)n));
}

int output_mark_cut(const struct output_mark *mark, const char *path,
		    struct buf *why)
{
	const int fd = open(path, O_RDWR | O_CLOEXEC);
	struct stat st;
	int code = 0;

	if (fd < 0 || fstat(fd, &st)) {
		buf_addstr(why, strerror(errno));
		code = EXIT_USAGE;
	} else if ((uint64_t)st.st_size < mark->length ||
		   tail_digest(fd, mark->length) != mark->tail ||
		   !may_be_output(fd)) {
		buf_addstr(why, "it is shorter, or has other records");
		code = EXIT_USAGE;
	} else if ((uint64_t)st.st_size > mark->length &&
		   ftruncate(fd, (off_t)mark->length)) {
		buf_addf(why, "it cannot be cut to its complete records: %s",
			 strerror(errno));
		code = EXIT_NOT_COMPLETED;
	}
	if (fd >= 0)
		close(fd);
	return code;
}

void output_mark_sync_name(const char *path)
{
	char *copy = xstrdup(path);
	const int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	free(copy);
	if (fd < 0)
		return;
	(void)fsync(fd);
	close(fd);
}
