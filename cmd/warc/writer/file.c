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

/* Ignore that some file systems cannot do this. */
static int sync_descriptor(int fd)
{
	if (fd < 0 || !fdatasync(fd))
		return 0;
	return errno == EINVAL || errno == EROFS ? 0 : errno;
}

int warc_file_sync(struct warc_file *f)
{
	return sync_descriptor(f->fd);
}

int warc_file_sync_copy(int fd)
{
	const int error = sync_descriptor(fd);

	if (fd >= 0)
		close(fd);
	return error;
}

int warc_file_close(struct warc_file *f)
{
	int error = warc_file_sync(f);

	if (f->fd < 0)
		return 0;
	if (close(f->fd) && !error)
		error = errno;
	f->fd = -1;
	return error;
}

/* Creates the file with the next free number. Its name is written to the
 * journal first, so that a recovery finds the file and removes it if it has no
 * whole record. */
static int create_file(struct warc_file *f)
{
	const uint64_t before = f->journal.end;
	int error;

	free(f->path);
	f->path = xasprintf("%s-%05u%s", f->prefix, f->number, f->ending);
	if (!faccessat(AT_FDCWD, f->path, F_OK, AT_SYMLINK_NOFOLLOW))
		return EEXIST;
	error = warc_journal_file(&f->journal, f->number, f->ending);
	if (error)
		return error;
	f->fd = open(f->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (f->fd >= 0)
		return 0;
	error = errno;
	(void)warc_journal_truncate(&f->journal, before);
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
		error = create_file(f);
		if (error == EEXIST) {
			f->number++;
			error = 0;
		}
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

int warc_file_note(struct warc_file *f, const struct warc_place *place,
		   struct slice note)
{
	struct warc_place here = *place;

	here.at = f->group;
	here.len = f->at - f->group;
	return warc_journal_add(&f->journal, &here, note);
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
