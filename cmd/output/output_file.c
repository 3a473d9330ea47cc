/*
 * Opens -o FILE without losing an old result: the file is locked first, so that
 * no other run can be writing it, and a file that is not empty is renamed to
 * FILE~ while the lock is held. If another program renames the file between two
 * steps, that is detected (ESTALE), and all steps are tried again.
 */
#include "cmd/output/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_lock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/new_file.h"

static int open_path(const char *path, int flags)
{
	return open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | flags,
		    0666);
}

/* Creates a new file of that name, with the mode of the old file. */
static int create_file(const char *path, const struct stat *old)
{
	const int fd = open_path(path, O_EXCL);

	if (fd >= 0)
		(void)!fchmod(fd, old->st_mode & 07777);
	else if (errno == EEXIST)
		errno = EBUSY;
	return fd;
}

/* Returns the path of the kept old file as messages show it: in the folder of
 * path, or, if path is a symbolic link, in the folder of its target. The caller
 * frees it. */
static char *shown_backup_path(const char *path, const char *kept)
{
	struct stat s;
	const bool is_link = !lstat(path, &s) && S_ISLNK(s.st_mode);

	return is_link && kept ? xstrdup(kept) : xasprintf("%s~", path);
}

/* Renames the old file, which must be locked, and creates a new one in its
 * place. Returns the new file's descriptor; or -1 with errno, after giving the
 * old file its name back, unless another program has taken the name. */
static int back_up_and_create(const char *path, const struct stat *old)
{
	char *target = realpath(path, NULL);
	char *kept = target ? xasprintf("%s~", target) : NULL;
	char *shown = shown_backup_path(path, kept);
	bool is_kept = target && !rename(target, kept);
	const int fd = is_kept ? create_file(target, old) : -1;
	const int error = errno;

	if (!is_kept)
		log_warn("%.200s is not empty, and cannot be renamed to "
			 "%.200s to keep its content", path, shown);
	else if (fd < 0)
		is_kept = renameat2(AT_FDCWD, kept, AT_FDCWD, target,
				    RENAME_NOREPLACE);
	if (is_kept)
		log_warn("%.200s was not empty: its old content is in %.200s "
			 "now", path, shown);
	free(shown);
	free(kept);
	free(target);
	errno = error;
	return fd;
}

/* Returns fd if error is 0; else closes it and returns -1 with that errno. */
static int fd_or_error(int fd, int error)
{
	if (fd >= 0 && error) {
		close(fd);
		fd = -1;
	}
	if (error)
		errno = error;
	return fd;
}

/* Locks and empties a file in place, because it cannot be renamed (a name in
 * /dev). Takes the descriptor; returns it, or -1 with errno. */
static int empty_in_place(int fd, const struct stat *st)
{
	int error = 0;

	if (S_ISREG(st->st_mode) && !file_lock(fd))
		error = EBUSY;
	else if (S_ISREG(st->st_mode) && ftruncate(fd, 0))
		error = errno;
	return fd_or_error(fd, error);
}

/* Locks the file and, if it is not empty, replaces it by a new one. The lock
 * excludes files that another run is writing or resuming (cmd/scrape/resume.c).
 * Takes the descriptor; returns one of an empty file, or -1 with errno. */
static int make_empty(const char *path, int fd)
{
	struct stat st;
	int new_fd, error;

	if (fstat(fd, &st))
		return fd_or_error(fd, errno);
	if (new_file_is_special(path))
		return empty_in_place(fd, &st);
	fd = fd_or_error(fd, file_lock_by_name(fd, path));
	if (fd < 0 || !st.st_size)
		return fd;
	new_fd = back_up_and_create(path, &st);
	error = new_fd < 0 ? errno : file_lock(new_fd) ? 0 : EBUSY;
	/* Close the old file only here: its lock has kept other runs away. */
	close(fd);
	return fd_or_error(new_fd, error);
}

int output_file_open(const char *path)
{
	/* Another program may rename the file between open() and taking the
	 * lock. */
	enum { TRIES = 10 };
	int fd = -1;

	errno = ESTALE;
	for (int i = 0; i < TRIES && fd < 0 && errno == ESTALE; i++) {
		fd = open_path(path, 0);
		if (fd >= 0)
			fd = make_empty(path, fd);
	}
	return fd;
}
