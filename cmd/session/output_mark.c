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
#include "base/log.h"
#include "base/mem.h"

enum { TAIL = 4096 };

bool output_mark_has_file(const char *path)
{
	struct stat st;

	return path && strcmp(path, "-") != 0 &&
	       (stat(path, &st) || S_ISREG(st.st_mode));
}

/* Returns the digest of the bytes before the length; 0 if they cannot be
 * read. */
static uint64_t tail_digest(int fd, uint64_t length)
{
	char bytes[TAIL];
	const size_t len = length < TAIL ? (size_t)length : TAIL;

	if (pread(fd, bytes, len, (off_t)(length - len)) != (ssize_t)len)
		return 0;
	return digest_of(bytes, len).a;
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
		mark->tail = tail_digest(fd, mark->length);
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

int output_mark_sync(struct output_mark *mark, const char *path,
		     const uint64_t *open_length, bool *has_synced_name)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) || (!open_length && fdatasync(fd))) {
		log_fatal("%.500s: %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	mark->length = open_length ? *open_length : (uint64_t)st.st_size;
	mark->tail = tail_digest(fd, mark->length);
	close(fd);
	if (!*has_synced_name)
		output_mark_sync_name(path);
	*has_synced_name = true;
	return 0;
}
