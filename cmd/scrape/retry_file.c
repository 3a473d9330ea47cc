#include "cmd/scrape/retry_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/scrape/record_list.h"
#include "cmd/scrape/resume_file.h"

#define HEADER "{\"scrape_retry\":\"%016" PRIx64 "%016" PRIx64 "\"}\n"
enum { HEADER_LEN = 52 };

/* --- The first line ------------------------------------------------------- */

/* Computes the digest of a file. Returns 0 or an errno. */
static int digest_file(const char *path, struct digest *digest)
{
	enum { BLOCK = 64 * 1024 };
	FILE *file = fopen(path, "re");
	struct {
		struct digest before, block;
	} link = {0};
	char *block;
	size_t len;
	int err;

	if (!file)
		return errno;
	block = xmalloc(BLOCK);
	while ((len = fread(block, 1, BLOCK, file)) > 0) {
		link.block = digest_of(block, len);
		link.before = digest_of(&link, sizeof(link));
	}
	err = ferror(file) ? EIO : 0;
	*digest = link.before;
	free(block);
	fclose(file);
	return err;
}

/* Makes the first line of FILE.scrape-retry. Returns 0 or an errno. */
static int make_header(const char *path, char header[HEADER_LEN + 1])
{
	struct digest digest = {0};
	const int err = digest_file(path, &digest);

	if (!err)
		snprintf(header, HEADER_LEN + 1, HEADER, digest.a, digest.b);
	return err;
}

static bool has_header(FILE *file, const char *header)
{
	char text[HEADER_LEN];

	return fread(text, 1, HEADER_LEN, file) == HEADER_LEN &&
	       !memcmp(text, header, HEADER_LEN);
}

static char *path_beside(const char *path)
{
	/* Resolve symbolic links: FILE.scrape-retry is in the folder of the
	 * link's target. */
	char *target = realpath(path, NULL);
	char *name = xasprintf("%s.scrape-retry", target ? target : path);

	free(target);
	return name;
}

/* --- Taking over new records ---------------------------------------------- */

static int by_index(const void *a, const void *b)
{
	const struct record_piece *x = a, *y = b;

	return (x->index > y->index) - (x->index < y->index);
}

/* The list has the old pieces, and then the new ones. Replaces the old piece
 * with the same index by each new piece; if there is none, the new piece stays
 * at the end. */
static void replace_pieces(struct record_list *list, size_t old)
{
	const size_t new = list->len - old;
	struct record_piece *pieces = list->pieces;
	struct record_piece *sorted = xcalloc(new + 1, sizeof(*sorted));
	bool *is_placed = xcalloc(new + 1, sizeof(*is_placed));

	memcpy(sorted, pieces + old, new * sizeof(*sorted));
	qsort(sorted, new, sizeof(*sorted), by_index);
	for (size_t i = 0; i < old; i++) {
		const struct record_piece *found =
			bsearch(&pieces[i], sorted, new, sizeof(*sorted),
				by_index);

		if (!found)
			continue;
		pieces[i] = *found;
		is_placed[found - sorted] = true;
	}
	list->len = old;
	for (size_t i = 0; i < new; i++)
		if (!is_placed[i])
			pieces[list->len++] = sorted[i];
	free(is_placed);
	free(sorted);
}

/* Merges the records of FILE.scrape-retry, whose first line has been read, into
 * FILE. sources: readers of FILE and of FILE.scrape-retry. is_whole: all
 * records of the last request are there. Returns 0, or -1 with the reason
 * appended to why. */
static int take_in(const struct options *o, struct record_reader *sources,
		   bool is_whole, struct buf *why)
{
	struct record_list list = {.has_items = options_have_items(o)};
	int err = record_list_read(&list, &sources[0], 0);
	const size_t old = list.len;

	sources[1].at = HEADER_LEN;
	if (!err)
		err = record_list_read(&list, &sources[1], 1);
	if (err)
		buf_addstr(why, strerror(err));
	/* Leave out a last request of which some items may be missing; the next
	 * run repeats it. */
	if (!err && !is_whole && list.ends_in_items && list.len > old)
		list.len--;
	if (!err && list.len > old) {
		replace_pieces(&list, old);
		if (o->ordered)
			record_list_sort(&list);
		err = record_copy(o->output, sources, list.pieces, list.len,
				  why);
	}
	record_reader_release(&sources[0]);
	record_reader_release(&sources[1]);
	record_list_release(&list);
	return err ? -1 : 0;
}

/* --- A file that was left ------------------------------------------------- */

/* Opens the FILE.scrape-retry that a killed run has left. Returns NULL with
 * errno; ENOENT: there is no such file. */
static FILE *open_left(const char *path, int output_fd)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW |
					  O_NONBLOCK | O_NOCTTY);
	FILE *file = NULL;
	struct stat st, output;

	if (fd < 0)
		return NULL;
	if (!fstat(fd, &st) && !fstat(output_fd, &output)) {
		if (S_ISREG(st.st_mode) && st.st_nlink == 1 &&
		    (st.st_uid == geteuid() || st.st_uid == output.st_uid))
			file = fdopen(fd, "r");
		else
			errno = EEXIST;
	}
	if (!file) {
		const int error = errno;

		close(fd);
		errno = error;
	}
	return file;
}

/* Renames a FILE.scrape-retry that does not belong to the contents of FILE. */
static int set_aside(const char *path)
{
	char *other = xasprintf("%s~", path);
	const int err = rename(path, other) ? errno : 0;

	if (err)
		log_fatal("%.200s is of another run, and cannot be renamed: %s",
			  path, strerror(err));
	else
		log_warn("%.200s is of another run: renamed to %.200s", path,
			 other);
	free(other);
	return err ? EXIT_NOT_COMPLETED : 0;
}

/* Merges the file of a killed run into FILE. Returns 0, or the exit code. */
static int recover(const struct options *o, FILE *output, FILE *left,
		   const char *path)
{
	struct record_reader sources[] = {{.file = output}, {.file = left}};
	char header[HEADER_LEN + 1];
	struct buf why = {0};
	int err = make_header(o->output, header);

	if (err) {
		resume_file_fail(o->output, strerror(err));
		return EXIT_USAGE;
	}
	if (!has_header(left, header))
		return set_aside(path);
	err = take_in(o, sources, false, &why);
	if (!err)
		unlink(path);
	else
		log_fatal("the records in %.200s, which an earlier run with "
			  "--retry-failed has left, cannot be put into "
			  "%.200s: %s", path, o->output, buf_cstr(&why));
	buf_release(&why);
	return err ? EXIT_NOT_COMPLETED : 0;
}

int retry_file_recover(const struct options *o)
{
	char *path = path_beside(o->output);
	FILE *output = NULL, *left = NULL;
	int code = 0;

	if (access(path, F_OK) && errno == ENOENT)
		goto out;
	output = resume_file_open(o->output);
	code = output ? 0 : EXIT_USAGE;
	if (code)
		goto out;
	left = open_left(path, fileno(output));
	if (left) {
		code = recover(o, output, left, path);
	} else if (errno != ENOENT) {
		log_fatal("%.200s is in the way: %s", path, strerror(errno));
		code = EXIT_NOT_COMPLETED;
	}
out:
	if (left)
		fclose(left);
	if (output)
		fclose(output);
	free(path);
	return code;
}

/* --- A run's own file ----------------------------------------------------- */

/* Creates FILE.scrape-retry. Returns 0 or an errno. */
static int create_file(const char *path, const struct options *o)
{
	char header[HEADER_LEN + 1];
	int err = make_header(o->output, header);
	int fd, output;

	if (err)
		return err;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
		  0600);
	if (fd < 0)
		return errno;
	output = open(o->output, O_RDONLY | O_CLOEXEC);
	if (output >= 0) {
		record_copy_owner(output, fd);
		close(output);
	}
	if (write(fd, header, HEADER_LEN) != HEADER_LEN)
		err = errno ? errno : ENOSPC;
	if (close(fd) && !err)
		err = errno;
	if (err)
		unlink(path);
	return err;
}

char *retry_file_create(const struct options *o)
{
	char *path = path_beside(o->output);
	const int err = create_file(path, o);

	if (!err)
		return path;
	log_fatal("the new records cannot be written to %.200s: %s", path,
		  strerror(err));
	free(path);
	return NULL;
}

int retry_file_finish(const struct options *o, const char *path,
		      struct buf *why)
{
	FILE *output = fopen(o->output, "re"), *new = fopen(path, "re");
	struct record_reader sources[] = {
		{.file = output, .goes_on = true},
		{.file = new, .goes_on = true},
	};
	int err = -1;

	if (!output || !new || fseeko(new, HEADER_LEN, SEEK_SET))
		buf_addstr(why, strerror(errno));
	else
		err = take_in(o, sources, true, why);
	if (output)
		fclose(output);
	if (new)
		fclose(new);
	if (!err)
		unlink(path);
	return err;
}
