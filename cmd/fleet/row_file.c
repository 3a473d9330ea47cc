#include "cmd/fleet/row_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file_lock.h"
#include "base/log.h"
#include "cmd/session/record_head.h"
#include "cmd/table/source.h"
#include "crawl/mapped_table.h"
#include "crawl/seen_set.h"

static int fail(const struct row_file *f, const char *what, const char *why)
{
	log_fatal("%.200s %s: %s", f->path, what, why);
	return -1;
}

static int fail_errno(const struct row_file *f, const char *what)
{
	return fail(f, what, strerror(errno));
}

/* Returns the fingerprint of the row that the record belongs to; never 0. */
static uint64_t fingerprint_of(const struct row_file *f,
			       const struct record_head *head)
{
	const struct slice key = f->is_crawl ? head->url : head->index_text;
	const uint64_t fingerprint = digest_of(key.p, key.len).a;

	return fingerprint ? fingerprint : 1;
}

/* --- Reading the rows of the file ----------------------------------------- */

static int note_line(struct row_file *f, const struct source *s,
		     struct slice line)
{
	struct record_head head;
	uint64_t fingerprint;
	int is_new;

	if (record_head_read(&head, line) != RECORD_WHOLE) {
		log_fatal("%.200s, line %" PRIu64 " is no record: give the "
			  "file that this job's rows were collected in, or a "
			  "new one", f->path, s->line);
		return -1;
	}
	fingerprint = fingerprint_of(f, &head);
	f->last_lines = fingerprint == f->last ? f->last_lines + 1 : 1;
	f->last = fingerprint;
	is_new = seen_set_add(f->known, fingerprint);
	f->rows += is_new > 0;
	return is_new < 0 ? fail_errno(f, "cannot be read") : 0;
}

/* Reads all lines. Adds the length of the whole lines to *end. */
static int read_lines(struct row_file *f, struct source *s, off_t *end)
{
	struct slice line;

	while (!s->ended) {
		if (source_fill(s))
			return fail_errno(f, "cannot be read");
		/* source_next() also returns a last line without a line end. */
		while (source_next(s, &line)) {
			const bool has_end = line.p + line.len <
					     s->bytes.data + s->bytes.len;

			if (!has_end)
				return 0;
			if (note_line(f, s, line))
				return -1;
			*end += (off_t)line.len + 1;
		}
	}
	return 0;
}

static int read_rows(struct row_file *f)
{
	struct source s = {.path = f->path, .fd = -1};
	off_t end = 0;
	int err;

	f->known = seen_set_open(mapped_table_folder(NULL));
	if (!f->known || source_open(&s))
		err = fail_errno(f, "cannot be read");
	else
		err = read_lines(f, &s, &end);
	source_close(&s);
	if (!err && ftruncate(f->fd, end))
		err = fail_errno(f, "cannot be written");
	return err;
}

/* --- Opening -------------------------------------------------------------- */

static int open_and_lock(struct row_file *f)
{
	struct stat st;
	int err;

	do {
		f->fd = open(f->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC,
			     0666);
		if (f->fd < 0)
			return fail_errno(f, "cannot be written");
		err = file_lock_by_name(f->fd, f->path);
		if (err == ESTALE)
			close(f->fd);
	} while (err == ESTALE);
	if (err)
		return fail(f, "cannot be written",
			    err == EBUSY ? "another program writes to it"
					 : strerror(err));
	if (fstat(f->fd, &st))
		return fail_errno(f, "cannot be written");
	if (!S_ISREG(st.st_mode))
		return fail(f, "cannot be written", "rows that it has are read "
			    "again, so a regular file is needed");
	return 0;
}

int row_file_open(struct row_file *f, const char *path, bool is_crawl)
{
	*f = (struct row_file){.path = path, .fd = -1, .is_crawl = is_crawl};
	return open_and_lock(f) || read_rows(f) ? -1 : 0;
}

void row_file_close(struct row_file *f)
{
	if (f->fd >= 0)
		close(f->fd);
	seen_set_close(f->known);
	buf_release(&f->text);
}

/* --- Writing -------------------------------------------------------------- */

/* Appends a record to f->text. The record of a crawl gets the index of its row
 * in place of its own. */
static void add_record(struct row_file *f, struct slice line,
		       const struct record_head *head, uint64_t index)
{
	const char *rest = head->index_text.p + head->index_text.len;

	if (f->is_crawl) {
		buf_add(&f->text, line.p, (size_t)(head->index_text.p - line.p));
		buf_add_uint(&f->text, index);
		buf_add(&f->text, rest, (size_t)(line.p + line.len - rest));
	} else {
		buf_add(&f->text, line.p, line.len);
	}
	buf_addch(&f->text, '\n');
}

/* Cuts the first line off the row. */
static struct slice take_line(struct slice *row)
{
	const char *end = memchr(row->p, '\n', row->len);
	const struct slice line = {row->p, end ? (size_t)(end - row->p)
					       : row->len};
	const size_t used = line.len + (end != NULL);

	row->p += used;
	row->len -= used;
	return line;
}

/* The lines of a row that are not read yet. */
struct lines {
	struct slice rest;
	bool has_others;	/* some lines that were read are not records */
};

/* Reads the next line that is a record. Returns false at the end. */
static bool next_record(struct lines *l, struct slice *line,
			struct record_head *head)
{
	while (l->rest.len) {
		*line = take_line(&l->rest);
		if (record_head_read(head, *line) == RECORD_WHOLE)
			return true;
		l->has_others = true;
	}
	return false;
}

/* Appends the records of a row to f->text, without the first `skipped` ones.
 * Returns 1 if other lines were left out, otherwise 0. */
static int add_records(struct row_file *f, struct slice row, size_t skipped,
		       uint64_t index)
{
	struct lines lines = {.rest = row};
	struct record_head head;
	struct slice line;

	for (size_t i = 0; next_record(&lines, &line, &head); i++)
		if (i >= skipped)
			add_record(f, line, &head, index);
	return lines.has_others;
}

int row_file_add(struct row_file *f, struct slice row)
{
	struct lines lines = {.rest = row};
	struct record_head head;
	struct slice line;
	uint64_t fingerprint;
	int is_new;

	if (!next_record(&lines, &line, &head))
		return 1;
	fingerprint = fingerprint_of(f, &head);
	is_new = seen_set_add(f->known, fingerprint);
	if (is_new < 0)
		return fail_errno(f, "cannot be continued");
	if (is_new) {
		f->last = 0;
		return add_records(f, row, 0, f->rows++);
	}
	f->repeated++;
	if (fingerprint != f->last)
		return add_records(f, row, SIZE_MAX, 0);
	/* This row was the last one when the file was opened. It may be
	 * incomplete, if the program was killed while it wrote the row. */
	f->last = 0;
	return add_records(f, row, f->last_lines, f->rows - 1);
}

int row_file_sync(struct row_file *f)
{
	size_t at = 0;

	while (at < f->text.len) {
		const ssize_t n = write(f->fd, f->text.data + at,
					f->text.len - at);

		if (n < 0 && errno != EINTR)
			return fail_errno(f, "cannot be written");
		at += n > 0 ? (size_t)n : 0;
	}
	buf_clear(&f->text);
	return fdatasync(f->fd) ? fail_errno(f, "cannot be written") : 0;
}
