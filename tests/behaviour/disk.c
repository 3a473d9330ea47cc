/*
 * A library for LD_PRELOAD that simulates a full disk, and the disk of a
 * machine that loses power. It affects only files under the folder DISK_ROOT (a
 * real path).
 *
 * DISK_ROOM=BYTES: files may grow by this number of bytes in a process; a write
 * beyond that is cut off there, and the next one fails with ENOSPC.
 * DISK_SHADOW=FOLDER: after each fsync() and fdatasync() of a file its content
 * is copied to FOLDER/INODE; of a folder, the names and inodes of its entries
 * to FOLDER/INODE.names. A test that kills the program restores the files from
 * there, because only these contents are certain to be on the disk
 * (crawl_durability.py). DISK_CUT=N: the process kills itself when it is to
 * sync for the N-th time, before that.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *root, *shadow;
static bool has_room;		/* DISK_ROOM is set */
static atomic_long room;
static atomic_long syncs_left;	/* 0: any number */

static ssize_t (*next_write)(int, const void *, size_t);
static ssize_t (*next_pwrite)(int, const void *, size_t, off_t);
static int (*next_fsync)(int);
static int (*next_fdatasync)(int);
static int (*next_ftruncate)(int, off_t);
static int (*next_fallocate)(int, off_t, off_t);

ssize_t pwrite64(int fd, const void *bytes, size_t len, off_t at);
int ftruncate64(int fd, off_t len);
int posix_fallocate64(int fd, off_t at, off_t len);

#define NEXT(name) (*(void **)&next_##name = dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void set_up(void)
{
	const char *text;

	NEXT(write);
	NEXT(pwrite);
	NEXT(fsync);
	NEXT(fdatasync);
	NEXT(ftruncate);
	*(void **)&next_fallocate = dlsym(RTLD_NEXT, "posix_fallocate");
	root = getenv("DISK_ROOT");
	shadow = getenv("DISK_SHADOW");
	text = getenv("DISK_ROOM");
	has_room = root && text;
	room = text ? strtol(text, NULL, 10) : 0;
	text = getenv("DISK_CUT");
	syncs_left = text ? strtol(text, NULL, 10) : 0;
}

/* Returns true if the descriptor is that of a file or folder under DISK_ROOT;
 * *st becomes its status. */
static bool is_ours(int fd, struct stat *st)
{
	char link[64], path[PATH_MAX];
	const size_t len = root ? strlen(root) : 0;
	ssize_t n;

	if (!root || fstat(fd, st) ||
	    (!S_ISREG(st->st_mode) && !S_ISDIR(st->st_mode)))
		return false;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path) - 1);
	return n >= (ssize_t)len && !memcmp(path, root, len) &&
	       (n == (ssize_t)len || path[len] == '/');
}

/* --- A full disk --------------------------------------------------------- */

/* Returns how many of the bytes that are to be written at the offset (-1: at
 * the end) have room, and counts that room as used. */
static size_t take_room(int fd, off_t at, size_t len)
{
	struct stat st;
	long growth, left;

	if (!has_room || !is_ours(fd, &st))
		return len;
	if (at < 0)
		at = (fcntl(fd, F_GETFL) & O_APPEND) ? st.st_size
						     : lseek(fd, 0, SEEK_CUR);
	growth = (long)(at + (off_t)len - st.st_size);
	if (growth <= 0)
		return len;
	left = atomic_fetch_sub(&room, growth);
	if (left >= growth)
		return len;
	/* The disk is full from here on. */
	room = 0;
	left = left > 0 ? left : 0;
	return growth - left < (long)len ? len - (size_t)(growth - left) : 0;
}

static ssize_t no_space(void)
{
	errno = ENOSPC;
	return -1;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	const size_t n = take_room(fd, -1, len);

	return n || !len ? next_write(fd, bytes, n) : no_space();
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off_t at)
{
	const size_t n = take_room(fd, at, len);

	return n || !len ? next_pwrite(fd, bytes, n, at) : no_space();
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	return pwrite64(fd, bytes, len, at);
}

int ftruncate64(int fd, off_t len)
{
	struct stat st;

	if (has_room && is_ours(fd, &st) && len > st.st_size &&
	    take_room(fd, st.st_size, (size_t)(len - st.st_size)) !=
		    (size_t)(len - st.st_size))
		return (int)no_space();
	return next_ftruncate(fd, len);
}

int ftruncate(int fd, off_t len)
{
	return ftruncate64(fd, len);
}

int posix_fallocate64(int fd, off_t at, off_t len)
{
	if (take_room(fd, at, (size_t)len) != (size_t)len)
		return ENOSPC;
	return next_fallocate(fd, at, len);
}

int posix_fallocate(int fd, off_t at, off_t len)
{
	return posix_fallocate64(fd, at, len);
}

/* --- A loss of power ----------------------------------------------------- */

static void give_up(const char *what)
{
	fprintf(stderr, "disk.c: %s: %s\n", what, strerror(errno));
	abort();
}

static void copy_content(int to, int fd)
{
	char path[64];
	ssize_t n = -1;
	int from;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	from = open(path, O_RDONLY | O_CLOEXEC);
	while (from >= 0 && (n = sendfile(to, from, NULL, 1 << 20)) > 0)
		continue;
	if (n < 0)
		give_up("copying a file");
	close(from);
}

static void copy_names(int to, int fd)
{
	char path[64];
	const struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	dir = opendir(path);
	if (!dir)
		give_up("reading a folder");
	while ((entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			dprintf(to, "%lu %s\n", (unsigned long)entry->d_ino,
				entry->d_name);
	closedir(dir);
}

/* Copies a file or folder that has just been synced to DISK_SHADOW. The copy
 * gets its name when it is complete. */
static void keep(int fd, const struct stat *st)
{
	const bool is_folder = S_ISDIR(st->st_mode);
	char part[PATH_MAX], path[PATH_MAX];
	int to;

	snprintf(path, sizeof(path), "%s/%lu%s", shadow,
		 (unsigned long)st->st_ino, is_folder ? ".names" : "");
	snprintf(part, sizeof(part), "%s/part-%lu-%d", shadow,
		 (unsigned long)st->st_ino, gettid());
	to = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (to < 0)
		give_up(part);
	if (is_folder)
		copy_names(to, fd);
	else
		copy_content(to, fd);
	close(to);
	if (rename(part, path))
		give_up(path);
}

static int sync_with(int (*next)(int), int fd)
{
	struct stat st;
	int result;

	if (!shadow || !is_ours(fd, &st))
		return next(fd);
	if (syncs_left && atomic_fetch_sub(&syncs_left, 1) == 1)
		kill(getpid(), SIGKILL);
	result = next(fd);
	if (!result)
		keep(fd, &st);
	return result;
}

int fsync(int fd)
{
	return sync_with(next_fsync, fd);
}

int fdatasync(int fd)
{
	return sync_with(next_fdatasync, fd);
}
