/* Rewrites a file line by line in another order. Only the offsets of the
 * records are in memory. */
#include "cmd/scrape/record_order.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_lock.h"
#include "base/mem.h"
#include "cmd/engine/signals.h"
#include "cmd/scrape/record_head.h"

/* The offset of a record's line. */
struct line {
	uint64_t index;
	off_t at;
};

struct lines {
	struct line *items;
	size_t len, cap;
	bool in_order, is_damaged;
	off_t end;
};

static void add_line(struct lines *lines, uint64_t index, off_t at)
{
	if (lines->len == lines->cap) {
		lines->cap = lines->cap * 2 + 1024;
		lines->items = xrealloc(lines->items, lines->cap *
						      sizeof(*lines->items));
	}
	if (lines->len && lines->items[lines->len - 1].index >= index)
		lines->in_order = false;
	lines->items[lines->len++] = (struct line){index, at};
}

/* Returns 0 or an errno. */
static int scan_line(struct lines *lines, const char *p, size_t len)
{
	const struct slice line = {p, len - (p[len - 1] == '\n')};
	struct record_head head;

	if (record_head_read(&head, line) == RECORD_WHOLE)
		add_line(lines, head.index, lines->end);
	else if (line.len && memchr(p, '\0', line.len))
		lines->is_damaged = true;
	else
		return EILSEQ;
	lines->end += (off_t)len;
	return 0;
}

/* Returns 0 or an errno. */
static int scan_lines(struct lines *lines, FILE *file)
{
	char *text = NULL;
	size_t room = 0;
	ssize_t len;
	int err = 0;

	lines->in_order = true;
	while (!err && (len = getline(&text, &room, file)) > 0)
		err = signals_caught() ? EINTR
				       : scan_line(lines, text, (size_t)len);
	/* If memory is short, only feof() tells that the file did not end
	 * (glibc). */
	if (!err && !feof(file))
		err = errno ? errno : ENOMEM;
	free(text);
	return err;
}

static int by_index(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	return (x->index > y->index) - (x->index < y->index);
}

/* Returns 0 or an errno. */
static int copy_lines(const struct lines *lines, FILE *from, FILE *to)
{
	char *text = NULL;
	size_t room = 0;
	ssize_t len = 0;
	int err = 0;

	for (size_t i = 0; i < lines->len && !err; i++) {
		/* A record that follows the previous one needs no seek. */
		const bool next = i > 0 && ftello(from) == lines->items[i].at;

		if (signals_caught())
			err = EINTR;
		else if ((!next &&
			  fseeko(from, lines->items[i].at, SEEK_SET)) ||
		    (len = getline(&text, &room, from)) < 0 ||
		    fwrite(text, 1, (size_t)len, to) != (size_t)len)
			err = errno ? errno : EIO;
	}
	free(text);
	return err;
}

/* Copies owner and permissions, as far as this user may set them. */
static void keep_owner(int from, int to)
{
	struct stat st;

	if (fstat(from, &st))
		return;
	(void)!fchown(to, st.st_uid, st.st_gid);
	(void)!fchmod(to, st.st_mode & 07777);
}

/* Removes the file that an earlier run left when it was killed: a file of this
 * user, with one name, that nobody is writing. Other files stay. */
static void remove_leftover(const char *temporary)
{
	const int fd = open(temporary, O_WRONLY | O_CLOEXEC | O_NOFOLLOW |
					       O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_nlink == 1 &&
	    st.st_uid == geteuid() && !file_lock_by_name(fd, temporary))
		unlink(temporary);
	close(fd);
}

/* Opens the new file. It always has the same name, so that at most one is left
 * behind. Returns NULL with errno set on failure. */
static FILE *open_new_file(const char *temporary)
{
	FILE *file = NULL;
	int fd, error;

	remove_leftover(temporary);
	fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
				     O_NOFOLLOW, 0600);
	if (fd < 0)
		return NULL;
	error = file_lock_by_name(fd, temporary);
	if (!error) {
		file = fdopen(fd, "w");
		error = errno;
	}
	if (file)
		return file;
	/* On these errors another program uses the name now. */
	if (error != EBUSY && error != ESTALE)
		unlink(temporary);
	close(fd);
	errno = error;
	return NULL;
}

/* Writes the new file and renames it. It is synced before the rename, so a loss
 * of power leaves either the old or the new file. Returns 0 or an errno. */
static int write_new_file(struct lines *lines, bool by_indexes, FILE *from,
			  const char *path)
{
	char *temporary = xasprintf("%s.scrape-resume", path);
	FILE *to = open_new_file(temporary);
	int err = to ? 0 : errno;

	if (by_indexes)
		qsort(lines->items, lines->len, sizeof(*lines->items),
		      by_index);
	if (!err)
		err = copy_lines(lines, from, to);
	if (!err && (fflush(to) || fsync(fileno(to))))
		err = errno;
	if (!err)
		keep_owner(fileno(from), fileno(to));
	if (!err && rename(temporary, path))
		err = errno;
	if (err && to)
		unlink(temporary);
	/* Closed last, because its lock keeps other programs away. Its data is
	 * on the disk already. */
	if (to)
		fclose(to);
	free(temporary);
	return err;
}

/* Returns true if the file may be replaced: its other names would keep the old
 * content. */
static bool has_one_name(const char *path, FILE *file)
{
	struct stat st;

	return strncmp(path, "/dev/", 5) != 0 &&
	       strncmp(path, "/proc/", 6) != 0 &&
	       !fstat(fileno(file), &st) && st.st_nlink == 1;
}

int record_order(const char *path, bool by_indexes, uint64_t records,
		 struct buf *why)
{
	/* Resolve symbolic links, so that a link stays one. */
	char *target = realpath(path, NULL);
	FILE *file = target ? fopen(target, "re") : NULL;
	struct lines lines = {0};
	int err = file ? scan_lines(&lines, file) : errno;
	bool is_fine = lines.in_order || !by_indexes;

	is_fine &= !lines.is_damaged;
	if (err) {
		buf_addstr(why, strerror(err));
	} else if (lines.len != records) {
		buf_addf(why, "it has %zu records, not %" PRIu64, lines.len,
			 records);
		err = -1;
	} else if (!is_fine && !has_one_name(path, file)) {
		buf_addstr(why, "it has more than one name");
		err = -1;
	} else if (!is_fine) {
		err = write_new_file(&lines, by_indexes, file, target);
		if (err)
			buf_addstr(why, strerror(err));
	}
	if (file)
		fclose(file);
	free(lines.items);
	free(target);
	return err ? -1 : 0;
}
