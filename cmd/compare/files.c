/* The folder is private (mkdtemp()), because options may hold passwords. The
 * list of a pipe or of standard input is copied, so that every run can read
 * it. */
#include "cmd/compare/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "cmd/compare/signals.h"

/* COPY_MAX is the size limit of a copied list: an endless list is a mistake,
 * and must not fill the disk. Both sizes are in bytes. */
enum { COPY_MAX = 1 << 30, BLOCK = 64 << 10 };

static char *path_in_folder(const struct compare_files *f, const char *name)
{
	return xasprintf("%s/%s", f->folder, name);
}

int compare_files_open(struct compare_files *f, struct buf *why)
{
	const char *tmp = getenv("TMPDIR");

	*f = (struct compare_files){
		.folder = xasprintf("%s/scrape-compare-XXXXXX",
				    tmp && *tmp ? tmp : "/tmp"),
	};
	if (!mkdtemp(f->folder)) {
		buf_addf(why, "cannot create the folder %.200s: %s", f->folder,
			 strerror(errno));
		free(f->folder);
		f->folder = NULL;
		return -1;
	}
	f->options = path_in_folder(f, "options");
	f->records = path_in_folder(f, "records");
	f->summary = path_in_folder(f, "summary");
	f->messages = path_in_folder(f, "messages");
	return 0;
}

static int write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		const ssize_t wrote = write(fd, bytes, len);

		if (wrote < 0 && errno != EINTR)
			return errno;
		if (wrote > 0) {
			bytes += wrote;
			len -= (size_t)wrote;
		}
	}
	return 0;
}

/* Copies until the end of the input. Returns 0 or an errno; EINTR if a signal
 * that ends the program came. */
static int copy_bytes(int to, int from)
{
	char *block = xmalloc(BLOCK);
	size_t copied = 0;
	ssize_t len = 1;
	int err = 0;

	while (!err && len) {
		compare_wait(from, MSEC_NEVER);
		if (compare_end_signal()) {
			err = EINTR;
			break;
		}
		len = read(from, block, BLOCK);
		if (len < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (len < 0)
			err = errno;
		else if ((copied += (size_t)len) > COPY_MAX)
			err = EFBIG;
		else
			err = write_all(to, block, (size_t)len);
	}
	free(block);
	return err;
}

/* Opens a source. Opening a FIFO waits for its writer, so signals are unblocked
 * meanwhile and can end the wait. */
static int open_source(const char *path)
{
	sigset_t blocked;
	int fd, err;

	if (!strcmp(path, "-"))
		return dup(STDIN_FILENO);
	sigprocmask(SIG_SETMASK, compare_signals_saved(), &blocked);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	err = errno;
	sigprocmask(SIG_SETMASK, &blocked, NULL);
	errno = err;
	return fd;
}

static int copy_source(const char *to, const char *path, struct buf *why)
{
	const int in = open_source(path);
	const int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int err = in < 0 || out < 0 ? errno : copy_bytes(out, in);

	if (in >= 0)
		close(in);
	if (out >= 0 && close(out) && !err)
		err = errno;
	if (err == EFBIG)
		buf_addf(why, "the list is larger than %d MB", COPY_MAX >> 20);
	else if (err)
		buf_addf(why, "\"%.200s\" cannot be copied for the runs: %s",
			 path, strerror(err));
	return err ? -1 : 0;
}

int compare_files_write_options(const struct compare_files *f,
				const struct buf *text, struct buf *why)
{
	/* Mode 0600 from creation on, whatever the umask: only the user may
	 * read it. */
	const int fd = open(f->options, O_WRONLY | O_CREAT | O_EXCL |
						O_NOFOLLOW | O_CLOEXEC, 0600);
	int err = fd < 0 ? errno : write_all(fd, text->data, text->len);

	if (fd >= 0 && close(fd) && !err)
		err = errno;
	if (err)
		buf_addstr(why, strerror(err));
	return err ? -1 : 0;
}

int compare_files_copy_sources(struct compare_files *f,
			       const struct strings *sources,
			       struct buf *why)
{
	f->sources = xcalloc(sources->len + 1, sizeof(*f->sources));
	for (size_t i = 0; i < sources->len; i++) {
		const char *source = sources->items[i];
		char *path;

		if (strstr(source, "://") || !file_is_read_once(source)) {
			f->sources[f->sources_len++] = xstrdup(source);
			continue;
		}
		path = xasprintf("%s/list-%zu", f->folder, i);
		f->sources[f->sources_len++] = path;
		if (copy_source(path, source, why))
			return -1;
	}
	return 0;
}

/* Removes the folder and every file in it; a run that was killed may have left
 * files of other names. */
static void remove_folder(const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		if (entry->d_name[0] != '.')
			unlinkat(dirfd(folder), entry->d_name, 0);
	if (folder)
		closedir(folder);
	rmdir(path);
}

void compare_files_close(struct compare_files *f)
{
	if (f->folder)
		remove_folder(f->folder);
	for (size_t i = 0; i < f->sources_len; i++)
		free(f->sources[i]);
	free(f->sources);
	free(f->folder);
	free(f->options);
	free(f->records);
	free(f->summary);
	free(f->messages);
	*f = (struct compare_files){0};
}
