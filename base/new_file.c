#include "base/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

/* Names that are tried: each is free but for an accident or an attack. */
enum { TRIES = 100 };

bool new_file_is_special(const char *path)
{
	struct stat st;

	return !strncmp(path, "/dev/", 5) || !strncmp(path, "/proc/", 6) ||
	       (!stat(path, &st) && !S_ISREG(st.st_mode));
}

static char *free_name(const char *target)
{
	unsigned random = 0;

	(void)!getrandom(&random, sizeof(random), GRND_NONBLOCK);
	return xasprintf("%s.%08x.tmp", target, random ^ (unsigned)getpid());
}

/* What it replaces may be for its owner alone: never more than that. */
static void take_after(int fd, const char *target)
{
	struct stat st;

	if (stat(target, &st))
		return;
	(void)!fchown(fd, st.st_uid, st.st_gid);
	(void)!fchmod(fd, st.st_mode & 07777);
}

int new_file_open(struct new_file *f, const char *path)
{
	char *target = realpath(path, NULL);
	/* Not mkstemp(): its file is for the owner alone, and what a new file
	 * would get is in a umask that cannot be asked without changing it. */
	const mode_t mode = target ? 0600 : 0666;
	int error = EEXIST;

	*f = (struct new_file){.fd = -1};
	f->target = target ? target : xstrdup(path);
	for (int i = 0; i < TRIES && f->fd < 0 && error == EEXIST; i++) {
		free(f->name);
		f->name = free_name(f->target);
		f->fd = open(f->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
					      O_NOFOLLOW, mode);
		error = errno;
	}
	if (f->fd >= 0) {
		take_after(f->fd, f->target);
		return 0;
	}
	free(f->target);
	free(f->name);
	*f = (struct new_file){.fd = -1};
	return error;
}

static void release(struct new_file *f)
{
	free(f->target);
	free(f->name);
	*f = (struct new_file){.fd = -1};
}

int new_file_commit(struct new_file *f, const char *instead)
{
	/* Closing can fail too: NFS and quotas say so only then. EINTR: it is
	 * closed all the same (close(2)). */
	int error = close(f->fd) && errno != EINTR ? errno : 0;

	if (!error && rename(f->name, instead ? instead : f->target))
		error = errno;
	if (error)
		unlink(f->name);
	release(f);
	return error;
}

void new_file_discard(struct new_file *f)
{
	if (f->fd < 0)
		return;
	close(f->fd);
	unlink(f->name);
	release(f);
}
