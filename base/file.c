/*
 * Reads and writes small files as a whole. Regular files are replaced by a new
 * file (base/new_file.h); other files are written in place.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/new_file.h"

enum { AT_ONCE = 64 * 1024 };

static int read_all(struct buf *to, int fd)
{
	const size_t before = to->len;

	for (;;) {
		const ssize_t got = read(fd, buf_reserve(to, AT_ONCE), AT_ONCE);

		if (got == 0)
			return 0;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno;
		to->len += (size_t)got;
		if (to->len - before > FILE_READ_MAX)
			return EFBIG;
	}
}

int file_read(struct buf *to, const char *path, struct buf *why)
{
	const bool is_stdin = !strcmp(path, "-");
	const int fd = is_stdin ? STDIN_FILENO
				: open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	const int err = fd < 0 ? errno : read_all(to, fd);

	if (fd >= 0 && !is_stdin)
		close(fd);
	if (err == EFBIG)
		buf_addf(why, "larger than %d MB", FILE_READ_MAX >> 20);
	else if (err)
		buf_addstr(why, strerror(err));
	return err ? -1 : 0;
}

/* Writes all bytes. Returns 0 or an errno. */
static int write_all(int fd, const struct buf *bytes)
{
	for (size_t at = 0; at < bytes->len;) {
		const ssize_t wrote =
			write(fd, bytes->data + at, bytes->len - at);

		if (wrote < 0 && errno != EINTR)
			return errno;
		if (wrote > 0)
			at += (size_t)wrote;
	}
	return 0;
}

/* Returns the standard descriptor that path names, or -1. */
static int standard_descriptor(const char *path)
{
	if (!strcmp(path, "/dev/stdout"))
		return STDOUT_FILENO;
	return strcmp(path, "/dev/stderr") != 0 ? -1 : STDERR_FILENO;
}

/* Duplicates a standard descriptor: opening it by its name would start writing
 * at the beginning of a file that has records in it. */
static int open_standard(const char *path)
{
	if (standard_descriptor(path) >= 0)
		return dup(standard_descriptor(path));
	return open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
}

static int write_in_place(const char *path, const struct buf *bytes)
{
	const int fd = open_standard(path);
	int err;

	if (fd < 0)
		return errno;
	err = write_all(fd, bytes);
	close(fd);
	return err;
}

static int write_and_rename(const char *path, const struct buf *bytes)
{
	struct new_file file;
	int err = new_file_open(&file, path);

	if (err)
		return err;
	err = write_all(file.fd, bytes);
	if (!err)
		return new_file_commit(&file, NULL);
	new_file_discard(&file);
	return err;
}

int file_write(const char *path, const struct buf *bytes, struct buf *why)
{
	const int err = new_file_is_special(path)
				? write_in_place(path, bytes)
				: write_and_rename(path, bytes);

	if (err)
		buf_addstr(why, strerror(err));
	return err ? -1 : 0;
}

/* Checks the permissions of the folder in which the new file would be created.
 * Returns 0 or an errno. */
static int check_replaceable(const char *path)
{
	char *target = realpath(path, NULL);
	const char *name = target ? target : path;
	const char *slash = strrchr(name, '/');
	/* With a dot at the end, a file in place of the folder is an error
	 * (ENOTDIR). */
	char *folder = xasprintf("%.*s.", slash ? (int)(slash - name + 1) : 0,
				 name);
	const int err = faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS)
				? errno : 0;

	free(folder);
	free(target);
	return err;
}

int file_check_writable(const char *path, struct buf *why)
{
	struct stat st;
	int err = 0;

	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		err = EISDIR;
	else if (!new_file_is_special(path))
		err = check_replaceable(path);
	else if (standard_descriptor(path) < 0 &&
		 faccessat(AT_FDCWD, path, W_OK, AT_EACCESS))
		err = errno;
	if (err)
		buf_addstr(why, strerror(err));
	return err ? -1 : 0;
}

bool file_is_read_once(const char *path)
{
	struct stat st;

	if (!strcmp(path, "-"))
		return true;
	if (!strcmp(path, "/dev/null") || stat(path, &st))
		return false;
	/* Names of this process's descriptors (/dev/stdin, /dev/fd/3,
	 * /proc/self/fd/3) refer to other files in another process, or to
	 * none. */
	return !S_ISREG(st.st_mode) || !strncmp(path, "/dev/", 5) ||
	       !strncmp(path, "/proc/", 6);
}
