/* A temporary file with a random name, renamed at the end. */
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

/* Number of names tried: a name is taken only by accident or in an attack. */
enum { TRIES = 100 };

bool new_file_is_special(const char *path)
{
	struct stat st;

	return !strncmp(path, "/dev/", 5) || !strncmp(path, "/proc/", 6) ||
	       (!stat(path, &st) && !S_ISREG(st.st_mode));
}

static char *random_name(const char *target)
{
	unsigned random = 0;

	(void)!getrandom(&random, sizeof(random), GRND_NONBLOCK);
	return xasprintf("%s.%08x.tmp", target, random ^ (unsigned)getpid());
}

/* Copies owner, group and mode from the file to be replaced, because that file
 * may be private to its owner. */
static void copy_attributes(int fd, const char *target)
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
	/* mkstemp() is not used: its file is private to the owner, and the mode
	 * of an ordinary new file depends on the umask, which cannot be read
	 * without changing it. */
	const mode_t mode = target ? 0600 : 0666;
	int error = EEXIST;

	*f = (struct new_file){.fd = -1};
	f->target = target ? target : xstrdup(path);
	for (int i = 0; i < TRIES && f->fd < 0 && error == EEXIST; i++) {
		free(f->name);
		f->name = random_name(f->target);
		f->fd = open(f->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
					      O_NOFOLLOW, mode);
		error = errno;
	}
	if (f->fd >= 0) {
		copy_attributes(f->fd, f->target);
		return 0;
	}
	free(f->target);
	free(f->name);
	*f = (struct new_file){.fd = -1};
	return error;
}

static void release_file(struct new_file *f)
{
	free(f->target);
	free(f->name);
	*f = (struct new_file){.fd = -1};
}

int new_file_commit(struct new_file *f, const char *other_name)
{
	/* NFS and disk quotas may report an error only when the file is closed.
	 * After EINTR the file is closed nevertheless (close(2)). */
	int error = close(f->fd) && errno != EINTR ? errno : 0;

	if (!error && rename(f->name, other_name ? other_name : f->target))
		error = errno;
	if (error)
		unlink(f->name);
	release_file(f);
	return error;
}

void new_file_discard(struct new_file *f)
{
	if (f->fd < 0)
		return;
	close(f->fd);
	unlink(f->name);
	release_file(f);
}
