#include "cmd/record_order.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd/record_head.h"

/* Where a record is, with its line end. */
struct line {
	uint64_t index;
	off_t at;
};

struct lines {
	struct line *items;
	size_t len, cap;
	bool in_order;
	off_t end;
};

static void add(struct lines *lines, uint64_t index, off_t at)
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

/* 0 or errno. */
static int find_lines(struct lines *lines, FILE *file)
{
	struct record_head head;
	char *text = NULL;
	size_t room = 0;
	ssize_t len;
	int err = 0;

	lines->in_order = true;
	while (!err && (len = getline(&text, &room, file)) > 0) {
		if (record_head_read(&head, (struct slice){text,
							   (size_t)len - 1}))
			add(lines, head.index, lines->end);
		else
			err = EILSEQ;
		lines->end += len;
	}
	if (!err && ferror(file))
		err = errno;
	free(text);
	return err;
}

static int by_index(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	return (x->index > y->index) - (x->index < y->index);
}

/* 0 or errno. */
static int copy_lines(const struct lines *lines, FILE *from, FILE *to)
{
	char *text = NULL;
	size_t room = 0;
	ssize_t len = 0;
	int err = 0;

	for (size_t i = 0; i < lines->len && !err; i++) {
		/* Neighbours are read on, not looked for again. */
		const bool next = i > 0 && ftello(from) == lines->items[i].at;

		if ((!next && fseeko(from, lines->items[i].at, SEEK_SET)) ||
		    (len = getline(&text, &room, from)) < 0 ||
		    fwrite(text, 1, (size_t)len, to) != (size_t)len)
			err = errno ? errno : EIO;
	}
	free(text);
	return err;
}

/* 0 or errno. On the disk before it takes the name: a loss of power leaves the
 * one or the other. */
static int write_in_order(struct lines *lines, FILE *from, const char *path)
{
	char *temporary = xasprintf("%s.%ld.tmp", path, (long)getpid());
	const int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC |
					       O_CLOEXEC | O_NOFOLLOW, 0666);
	FILE *to = fd < 0 ? NULL : fdopen(fd, "w");
	struct stat st;
	int err = to ? 0 : errno;

	qsort(lines->items, lines->len, sizeof(*lines->items), by_index);
	if (!err && (fstat(fileno(from), &st) ||
		     fchmod(fd, st.st_mode & 07777)))
		err = errno;
	if (!err)
		err = copy_lines(lines, from, to);
	if (!err && (fflush(to) || fsync(fd)))
		err = errno;
	if (to && fclose(to) && !err)
		err = errno;
	if (!err && rename(temporary, path))
		err = errno;
	if (err && fd >= 0)
		unlink(temporary);
	free(temporary);
	return err;
}

int record_order(const char *path, struct buf *why)
{
	/* A symbolic link stays one. */
	char *target = realpath(path, NULL);
	FILE *file = target ? fopen(target, "re") : NULL;
	struct lines lines = {0};
	int err = file ? find_lines(&lines, file) : errno;

	if (!err && !lines.in_order)
		err = write_in_order(&lines, file, target);
	if (file)
		fclose(file);
	free(lines.items);
	free(target);
	if (err)
		buf_addstr(why, strerror(err));
	return err ? -1 : 0;
}
