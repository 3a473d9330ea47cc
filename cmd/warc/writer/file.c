#include "cmd/warc/writer/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

const char *warc_file_name(const struct warc_file *f)
{
	const char *slash = strrchr(f->path, '/');

	return slash ? slash + 1 : f->path;
}

int warc_file_close(struct warc_file *f)
{
	int error = 0;

	if (f->fd < 0)
		return 0;
	if (fdatasync(f->fd) && errno != EINVAL && errno != EROFS)
		error = errno;
	if (close(f->fd) && !error)
		error = errno;
	f->fd = -1;
	return error;
}

int warc_file_next(struct warc_file *f)
{
	int error = 0;

	if (f->fd >= 0) {
		error = warc_file_close(f);
		f->number++;
	}
	f->at = f->group = 0;
	while (!error && f->fd < 0) {
		free(f->path);
		f->path = xasprintf("%s-%05u%s", f->prefix, f->number,
				    f->ending);
		f->fd = open(f->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			     0666);
		if (f->fd < 0 && errno == EEXIST)
			f->number++;
		else if (f->fd < 0)
			error = errno;
	}
	return error;
}

int warc_file_add(struct warc_file *f, const struct buf *bytes)
{
	const char *p = bytes->data;
	size_t left = bytes->len;

	while (left) {
		const ssize_t n = write(f->fd, p, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? errno : EIO;
		p += n;
		left -= (size_t)n;
		f->at += (uint64_t)n;
	}
	return 0;
}

void warc_file_begin(struct warc_file *f)
{
	f->group = f->at;
}

void warc_file_undo(struct warc_file *f)
{
	if (f->fd < 0)
		return;
	/* If this fails, too, the torn group stays at the end of the file. */
	(void)!ftruncate(f->fd, (off_t)f->group);
	(void)lseek(f->fd, (off_t)f->group, SEEK_SET);
	f->at = f->group;
}

void warc_file_release(struct warc_file *f)
{
	(void)warc_file_close(f);
	free(f->path);
	f->path = NULL;
}
