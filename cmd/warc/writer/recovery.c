#include "cmd/warc/writer/recovery.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest_set.h"
#include "base/log.h"
#include "cmd/warc/writer/cdxj.h"
#include "cmd/warc/writer/past.h"

enum { COPY = 256 << 10 };

struct recovery {
	struct warc_file *file;
	const struct warc_rows *rows;
	struct warc_past past;
	bool drops;		/* remove the exchanges of requests without a
				 * record */
	size_t open;		/* position of the file that fd has open */
	int fd;			/* -1: none */
	uint64_t removed;	/* number of exchanges that are removed */
	uint64_t lost;		/* number of exchanges that are missing from
				 * their file */
	struct digest_set needed;	/* digests of the payloads to which the
					 * revisits that stay refer */
};

/* Returns true if a record depends on the exchange, or may depend on it. */
static bool has_row(const struct recovery *r, const struct warc_place *place)
{
	if (!r->drops || place->index == WARC_NO_INDEX)
		return true;
	return r->rows->resumes && r->rows->has(r->rows->ctx, place->index);
}

static int note_needed(void *ctx, size_t file, const struct warc_line *line)
{
	struct recovery *r = ctx;
	const struct slice digest = cdxj_member(line->text, "digest");
	unsigned long number = 0;

	(void)file;
	if (digest.len && cdxj_is_revisit(line->text) &&
	    has_row(r, &line->place))
		(void)digest_set_add(&r->needed, digest, &number);
	return 0;
}

/* Returns false if the end of the exchange was not on the disk when the
 * computer lost power. */
static bool is_whole(const struct recovery *r, size_t file,
		     const struct warc_line *line)
{
	return line->place.at + line->place.len <= r->past.files[file].size;
}

/* Returns true if the archive keeps the exchange. */
static bool stays(const struct recovery *r, size_t file,
		  const struct warc_line *line)
{
	if (!is_whole(r, file, line))
		return false;
	return has_row(r, &line->place) ||
	       (r->needed.count && !cdxj_is_revisit(line->text) &&
		digest_set_has(&r->needed, cdxj_member(line->text, "digest")));
}

/* Removes the files and the lines of a move that was not settled. */
static int undo_move(struct recovery *r)
{
	const struct warc_past *past = &r->past;

	for (size_t i = past->move_len; i < past->len; i++) {
		char *path = past_file_path(past->files + i, r->file->prefix);

		(void)unlink(path);
		free(path);
	}
	return warc_journal_truncate(&r->file->journal, past->move_at);
}

/* Reads the journal, after removing a move that was not settled and an
 * unfinished last line. */
static int read_past(struct recovery *r)
{
	struct warc_journal *j = &r->file->journal;
	int error = warc_past_read(&r->past, j, r->rows->run);

	if (!error && r->past.move_at != UINT64_MAX) {
		error = undo_move(r);
		warc_past_release(&r->past);
		if (!error)
			error = warc_past_read(&r->past, j, r->rows->run);
	}
	if (!error && r->past.end && !r->past.is_journal)
		error = EBADMSG;
	return error ? error : warc_journal_truncate(j, r->past.end);
}

/* Counts an exchange that is removed or lost. If the exchange and all before it
 * stay, adds it to the part of the file that stays as it is. */
static int extend_keep(void *ctx, size_t file, const struct warc_line *line)
{
	struct recovery *r = ctx;
	struct past_file *f = r->past.files + file;
	const bool keeps = stays(r, file, line);

	if (!is_whole(r, file, line) && has_row(r, &line->place))
		r->lost++;
	else
		r->removed += !keeps;
	if (keeps && line->place.at == f->keep)
		f->keep += line->place.len;
	return 0;
}

static bool must_move(const struct recovery *r, size_t file,
		      const struct warc_line *line)
{
	return line->place.at >= r->past.files[file].keep &&
	       stays(r, file, line);
}

static int find_move(void *ctx, size_t file, const struct warc_line *line)
{
	return must_move(ctx, file, line) ? EAGAIN : 0;
}

/* Opens a file to copy exchanges from. */
static int open_source(struct recovery *r, size_t file)
{
	char *path;
	int error = 0;

	if (r->fd >= 0 && r->open == file)
		return 0;
	if (r->fd >= 0)
		close(r->fd);
	path = past_file_path(r->past.files + file, r->file->prefix);
	r->fd = open(path, O_RDONLY | O_CLOEXEC);
	r->open = file;
	if (r->fd < 0) {
		error = errno;
		log_warn("%.500s is needed to repair the archive: %s", path,
			 strerror(error));
	}
	free(path);
	return error;
}

static int copy_bytes(struct recovery *r, uint64_t at, uint64_t len)
{
	struct buf bytes = {0};
	int error = 0;

	while (!error && len) {
		const size_t most = len < COPY ? (size_t)len : COPY;
		const ssize_t n = pread(r->fd, buf_reserve(&bytes, most), most,
					(off_t)at);

		if (n <= 0) {
			error = n ? errno : EIO;
			break;
		}
		bytes.len = (size_t)n;
		error = warc_file_add(r->file, &bytes);
		buf_clear(&bytes);
		at += (uint64_t)n;
		len -= (uint64_t)n;
	}
	buf_release(&bytes);
	return error;
}

/* Copies an exchange that stays, but not in its present place, to the next
 * file. */
static int copy_exchange(void *ctx, size_t file, const struct warc_line *line)
{
	struct recovery *r = ctx;
	int error;

	if (!must_move(r, file, line))
		return 0;
	error = open_source(r, file);
	if (error)
		return error;
	warc_file_begin(r->file);
	error = copy_bytes(r, line->place.at, line->place.len);
	if (error)
		return error;
	return warc_file_note(r->file, &line->place, line->text);
}

/* Writes the lengths to which files are cut, and the line "settled", to the
 * journal: from then on the copies are valid. */
static int settle(struct recovery *r)
{
	struct warc_journal *j = &r->file->journal;
	int error = warc_file_sync(r->file);

	for (size_t i = 0; !error && i < r->past.len; i++)
		error = warc_journal_cut(j, r->past.files[i].number,
					 r->past.files[i].keep);
	if (!error)
		error = warc_journal_word(j, "settled");
	return error ? error : warc_journal_sync(j);
}

/* Handles a file that stat() cannot find: the user may have moved it away. */
static int pass_missing(const struct past_file *file, const char *path)
{
	if (errno != ENOENT)
		return errno;
	if (file->keep < file->end)
		log_warn("%.500s is missing: cut it to %" PRIu64 " bytes, "
			 "because the requests of the rest are made again",
			 path, file->keep);
	return 0;
}

/* Cuts a file to the length that stays. Removes a file of which not even the
 * warcinfo record stays. */
static int cut_file(const struct recovery *r, const struct past_file *file)
{
	char *path = past_file_path(file, r->file->prefix);
	struct stat st;
	int error = 0;

	if (stat(path, &st))
		error = pass_missing(file, path);
	else if (!file->keep)
		error = unlink(path) ? errno : 0;
	else if ((uint64_t)st.st_size > file->keep)
		error = truncate(path, (off_t)file->keep) ? errno : 0;
	free(path);
	return error;
}

static void report(const struct recovery *r)
{
	if (r->removed)
		log_warn("removed %" PRIu64 " exchange%s without a record from "
			 "the archive %.500s: the requests are made again",
			 r->removed, r->removed == 1 ? "" : "s",
			 r->file->prefix);
	if (r->lost)
		log_warn("the archive %.500s is shorter than it was: %" PRIu64
			 " exchange%s with a record %s missing",
			 r->file->prefix, r->lost, r->lost == 1 ? "" : "s",
			 r->lost == 1 ? "is" : "are");
}

/* Finds the sizes of the files. A file that was moved away counts as
 * complete. */
static void find_sizes(struct recovery *r)
{
	for (size_t i = 0; i < r->past.len; i++) {
		struct past_file *file = r->past.files + i;
		char *path = past_file_path(file, r->file->prefix);
		struct stat st;

		file->size = stat(path, &st) ? UINT64_MAX
					     : (uint64_t)st.st_size;
		free(path);
	}
}

/* Repairs the files as the journal describes them. */
static int repair(struct recovery *r, const struct warc_recoverer *by)
{
	struct warc_journal *j = &r->file->journal;
	struct warc_past *past = &r->past;
	bool moves;
	int error;

	find_sizes(r);
	error = warc_past_each(past, j, note_needed, r);
	if (!error)
		error = warc_past_each(past, j, extend_keep, r);
	if (!error)
		error = warc_past_each(past, j, find_move, r);
	moves = error == EAGAIN;
	if (error && !moves)
		return error;
	error = warc_journal_word(j, "move");
	if (!error && moves)
		error = by->begin_file(by->ctx);
	if (!error && moves)
		error = warc_past_each(past, j, copy_exchange, r);
	if (!error)
		error = settle(r);
	for (size_t i = 0; !error && i < past->len; i++)
		error = cut_file(r, past->files + i);
	if (!error)
		report(r);
	return error;
}

/* Returns true if this run continues a run whose last file has another ending
 * than the next file. */
static bool has_other_ending(const struct recovery *r)
{
	const struct warc_past *past = &r->past;

	return r->drops && past->len &&
	       strcmp(past->files[past->len - 1].ending, r->file->ending) != 0;
}

int warc_recover(struct warc_file *f, const struct warc_rows *rows,
		 const struct warc_recoverer *by)
{
	struct recovery r = {.file = f, .rows = rows, .fd = -1};
	int error = read_past(&r);

	/* Never use a number again, not even that of a removed or moved file:
	 * the lines of the journal identify files by number. */
	f->number = r.past.next;
	f->journal.is_committed = r.past.is_committed;
	r.drops = r.past.is_same_run &&
		  (rows->resumes || (rows->commits && !r.past.is_committed));
	if (!error && has_other_ending(&r))
		error = ENOTSUP;
	if (!error && r.past.len)
		error = repair(&r, by);
	if (!error && !(r.past.is_same_run && rows->resumes)) {
		error = by->leave_journal(by->ctx);
		if (!error)
			error = warc_journal_begin(&f->journal, rows->run);
	}
	if (r.fd >= 0)
		close(r.fd);
	digest_set_release(&r.needed);
	warc_past_release(&r.past);
	return error;
}
