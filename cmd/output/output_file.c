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

static int open_path(const char *path, int how)
{
	return open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | how,
		    0666);
}

/* A new file under the name, with the old one's mode. */
static int open_fresh(const char *path, const struct stat *old)
{
	const int fd = open_path(path, O_EXCL);

	if (fd >= 0)
		(void)!fchmod(fd, old->st_mode & 07777);
	else if (errno == EEXIST)
		errno = EBUSY;
	return fd;
}

/* Where the old file is kept, as the user knows it: beside the file that a
 * symbolic link names. To be freed. */
static char *name_aside(const char *path, const char *kept)
{
	struct stat s;
	const bool is_link = !lstat(path, &s) && S_ISLNK(s.st_mode);

	return is_link && kept ? xstrdup(kept) : xasprintf("%s~", path);
}

/* The old file is locked. A new one's descriptor; or -1 with errno, and the old
 * one has its name again, unless another program has taken that. */
static int put_aside(const char *path, const struct stat *old)
{
	char *target = realpath(path, NULL);
	char *kept = target ? xasprintf("%s~", target) : NULL;
	char *shown = name_aside(path, kept);
	bool is_aside = target && !rename(target, kept);
	const int fd = is_aside ? open_fresh(target, old) : -1;
	const int error = errno;

	if (!is_aside)
		log_warn("%.200s is not empty, and what it has cannot be kept "
			 "in %.200s", path, shown);
	else if (fd < 0)
		is_aside = renameat2(AT_FDCWD, kept, AT_FDCWD, target,
				     RENAME_NOREPLACE);
	if (is_aside)
		log_warn("%.200s was not empty: what it had is in %.200s now",
			 path, shown);
	free(shown);
	free(kept);
	free(target);
	errno = error;
	return fd;
}

/* Closes what cannot be used; with errno. */
static int checked(int fd, int error)
{
	if (fd >= 0 && error) {
		close(fd);
		fd = -1;
	}
	if (error)
		errno = error;
	return fd;
}

/* A name in /dev stays, whatever is behind it. */
static int emptied(int fd, const struct stat *st)
{
	int error = 0;

	if (S_ISREG(st->st_mode) && !file_lock(fd))
		error = EBUSY;
	else if (S_ISREG(st->st_mode) && ftruncate(fd, 0))
		error = errno;
	return checked(fd, error);
}

/* Not a file that another run is about to fill, or that is to go on
 * (cmd/scrape/resume). Takes the descriptor; another one, or -1 with errno. */
static int renewed(const char *path, int fd)
{
	struct stat st;
	int fresh, error;

	if (fstat(fd, &st))
		return checked(fd, errno);
	if (new_file_is_special(path))
		return emptied(fd, &st);
	fd = checked(fd, file_lock_by_name(fd, path));
	if (fd < 0 || !st.st_size)
		return fd;
	fresh = put_aside(path, &st);
	error = fresh < 0 ? errno : file_lock(fresh) ? 0 : EBUSY;
	/* Not before: its lock keeps others away. */
	close(fd);
	return checked(fresh, error);
}

int output_file_open(const char *path)
{
	/* As often as somebody may rename it at the wrong moment. */
	enum { TRIES = 10 };
	int fd = -1;

	errno = ESTALE;
	for (int i = 0; i < TRIES && fd < 0 && errno == ESTALE; i++) {
		fd = open_path(path, 0);
		if (fd >= 0)
			fd = renewed(path, fd);
	}
	return fd;
}
