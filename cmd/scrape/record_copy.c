/* Writes the new file record by record, and renames it. */
#include "cmd/scrape/record_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_lock.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "cmd/engine/signals.h"

void record_copy_add(struct buf *out, const struct record *record,
		     uint64_t index)
{
	const struct slice text = record->text;
	const struct slice old = record->head.index_text;

	if (record->head.index == index) {
		buf_add(out, text.p, text.len);
	} else {
		buf_add(out, text.p, (size_t)(old.p - text.p));
		json_add_int(out, (int64_t)index);
		buf_add(out, old.p + old.len,
			(size_t)(text.p + text.len - old.p) - old.len);
	}
	if (!record->has_end)
		buf_addch(out, '\n');
}

/* Copies the records of a piece. Returns 0 or an errno. */
static int copy_piece(const struct record_piece *piece,
		      struct record_reader *from, struct buf *line, FILE *to)
{
	struct record record;

	if (record_reader_seek(from, piece->at))
		return errno;
	for (uint32_t i = 0; i < piece->records; i++) {
		const int result = record_reader_next(from, &record);

		if (result < 0)
			return errno;
		if (!result || record.kind != KIND_RECORD)
			return EIO;
		buf_clear(line);
		record_copy_add(line, &record, piece->index);
		if (fwrite(line->data, 1, line->len, to) != line->len)
			return errno ? errno : EIO;
	}
	return 0;
}

/* Copies the line of column names of a table. Returns 0 or an errno. */
static int copy_header(struct record_reader *from, FILE *to)
{
	const size_t len = (size_t)from->header;
	char *text;
	int err = 0;

	if (!len)
		return 0;
	text = xmalloc(len);
	if (record_reader_seek(from, 0) ||
	    fread(text, 1, len, from->file) != len ||
	    fwrite(text, 1, len, to) != len)
		err = errno ? errno : EIO;
	from->at = (off_t)len;
	free(text);
	return err;
}

/* Copies all pieces. Returns 0 or an errno. */
static int copy_pieces(struct record_reader *sources,
		       const struct record_piece *pieces, size_t len, FILE *to)
{
	struct buf line = {0};
	int err = 0;

	for (size_t i = 0; i < len && !err; i++)
		err = !sources[0].goes_on && signals_caught()
			? EINTR
			: copy_piece(&pieces[i], &sources[pieces[i].source],
				     &line, to);
	buf_release(&line);
	return err;
}

void record_copy_owner(int from, int to)
{
	struct stat st;

	if (fstat(from, &st))
		return;
	(void)!fchown(to, st.st_uid, st.st_gid);
	(void)!fchmod(to, st.st_mode & 07777);
}

/* Removes the temporary file that a killed run has left: a file of this user,
 * with a single name, that nobody is writing. Other files stay. */
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

/* Opens the temporary file. Its name is always the same, so that at most one is
 * left behind. Returns NULL with errno set on failure. */
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
	/* With EBUSY and ESTALE, another program is using the name. */
	if (error != EBUSY && error != ESTALE)
		unlink(temporary);
	close(fd);
	errno = error;
	return NULL;
}

/* Replaces the file by a new one with the pieces. Returns 0 or an errno. */
static int replace_file(const char *target, struct record_reader *sources,
			const struct record_piece *pieces, size_t len)
{
	char *temporary = xasprintf("%s.scrape-resume", target);
	FILE *to = open_new_file(temporary);
	int err = to ? 0 : errno;

	if (!err)
		err = copy_header(&sources[0], to);
	if (!err)
		err = copy_pieces(sources, pieces, len, to);
	if (!err && (fflush(to) || fsync(fileno(to))))
		err = errno;
	if (!err)
		record_copy_owner(fileno(sources[0].file), fileno(to));
	if (!err && rename(temporary, target))
		err = errno;
	if (err && to)
		unlink(temporary);
	/* Close the new file last, because its lock keeps other programs away.
	 * Its data is on the disk already. */
	if (to)
		fclose(to);
	free(temporary);
	return err;
}

/* Returns true if the file has a single name. Otherwise it must not be
 * replaced, because its other names would keep the old content. */
static bool has_one_name(const char *path, FILE *file)
{
	struct stat st;

	return strncmp(path, "/dev/", 5) != 0 &&
	       strncmp(path, "/proc/", 6) != 0 &&
	       !fstat(fileno(file), &st) && st.st_nlink == 1;
}

int record_copy(const char *path, struct record_reader *sources,
		const struct record_piece *pieces, size_t len, struct buf *why)
{
	/* Resolve symbolic links, so that the link stays and its target is
	 * replaced. */
	char *target = realpath(path, NULL);
	int err = target ? 0 : errno;

	if (!err && !has_one_name(path, sources[0].file)) {
		buf_addstr(why, "it has more than one name");
		free(target);
		return -1;
	}
	if (!err)
		err = replace_file(target, sources, pieces, len);
	if (err)
		buf_addstr(why, strerror(err));
	free(target);
	return err ? -1 : 0;
}
