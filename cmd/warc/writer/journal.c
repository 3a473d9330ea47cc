#include "cmd/warc/writer/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file_lock.h"
#include "base/mem.h"

int warc_journal_open(struct warc_journal *j, const char *prefix)
{
	int error;

	*j = (struct warc_journal){
		.path = xasprintf("%s.warc-journal", prefix)};
	do {
		j->fd = open(j->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY,
			     0666);
		error = j->fd < 0 ? errno : file_lock_by_name(j->fd, j->path);
		if (error && j->fd >= 0)
			close(j->fd);
		/* ESTALE: a run that has just ended has removed the file; open
		 * a new one. */
	} while (error == ESTALE);
	if (!error) {
		j->end = (uint64_t)lseek(j->fd, 0, SEEK_END);
		return 0;
	}
	j->fd = -1;
	warc_journal_close(j);
	return error;
}

void warc_journal_close(struct warc_journal *j)
{
	if (j->fd >= 0)
		close(j->fd);
	j->fd = -1;
	free(j->path);
	j->path = NULL;
}

void warc_journal_remove(struct warc_journal *j)
{
	if (j->fd >= 0)
		(void)unlink(j->path);
	warc_journal_close(j);
}

int warc_journal_truncate(struct warc_journal *j, uint64_t length)
{
	if (ftruncate(j->fd, (off_t)length))
		return errno;
	j->end = length;
	return 0;
}

int warc_journal_sync(const struct warc_journal *j)
{
	return fdatasync(j->fd) && errno != EINVAL && errno != EROFS ? errno
								     : 0;
}

/* --- Writing -------------------------------------------------------------- */

/* Writes a line, and frees it. */
static int add_line(struct warc_journal *j, struct buf *line)
{
	size_t done = 0;
	int error = 0;

	while (!error && done < line->len) {
		const ssize_t n = pwrite(j->fd, line->data + done,
					 line->len - done,
					 (off_t)(j->end + done));

		if (n > 0)
			done += (size_t)n;
		else if (!n || errno != EINTR)
			error = n ? errno : EIO;
	}
	if (error)
		(void)warc_journal_truncate(j, j->end);
	else
		j->end += line->len;
	buf_release(line);
	return error;
}

int warc_journal_begin(struct warc_journal *j, const char *run)
{
	const int error = warc_journal_truncate(j, 0);
	struct buf line = {0};

	if (error)
		return error;
	j->is_committed = false;
	buf_addf(&line, "run %s\n", run);
	return add_line(j, &line);
}

int warc_journal_file(struct warc_journal *j, unsigned number,
		      const char *ending)
{
	struct buf line = {0};

	buf_addf(&line, "file %u %s\n", number, ending);
	return add_line(j, &line);
}

int warc_journal_add(struct warc_journal *j, const struct warc_place *place,
		     struct slice note)
{
	struct buf line = {0};

	buf_addstr(&line, "add ");
	if (place->index == WARC_NO_INDEX)
		buf_addch(&line, '-');
	else
		buf_add_uint(&line, place->index);
	buf_addf(&line, " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %s ",
		 place->at, place->len, place->last, place->date,
		 *place->id ? place->id : "-");
	buf_add(&line, note.p, note.len);
	buf_addch(&line, '\n');
	return add_line(j, &line);
}

int warc_journal_cut(struct warc_journal *j, unsigned number, uint64_t length)
{
	struct buf line = {0};

	buf_addf(&line, "cut %u %" PRIu64 "\n", number, length);
	return add_line(j, &line);
}

int warc_journal_word(struct warc_journal *j, const char *word)
{
	struct buf line = {0};

	buf_addf(&line, "%s\n", word);
	return add_line(j, &line);
}

/* --- Reading -------------------------------------------------------------- */

int warc_journal_read(struct warc_journal_reader *r,
		      const struct warc_journal *j, uint64_t from, uint64_t to)
{
	*r = (struct warc_journal_reader){.at = from, .end = to};
	r->file = fopen(j->path, "re");
	if (r->file && !fseeko(r->file, (off_t)from, SEEK_SET))
		return 0;
	return errno;
}

void warc_journal_read_end(struct warc_journal_reader *r)
{
	if (r->file)
		fclose(r->file);
	free(r->text);
	*r = (struct warc_journal_reader){0};
}

/* Reads a number and the space after it, if there is one, and moves *at past
 * them. Returns false if there is no number. */
static bool take_number(const char **at, uint64_t *n)
{
	char *end;

	if (**at < '0' || **at > '9')
		return false;
	*n = strtoull(*at, &end, 10);
	*at = *end == ' ' ? end + 1 : end;
	return true;
}

static bool read_text(struct warc_line *line, const char *at)
{
	line->text = (struct slice){at, strlen(at)};
	return true;
}

static bool read_file(struct warc_line *line, const char *at)
{
	uint64_t number;

	if (!take_number(&at, &number))
		return false;
	line->file = (unsigned)number;
	return read_text(line, at);
}

static bool read_cut(struct warc_line *line, const char *at)
{
	uint64_t number;

	if (!take_number(&at, &number))
		return false;
	line->file = (unsigned)number;
	return take_number(&at, &line->length);
}

/* Reads an id and the space after it, and moves *at past them. */
static bool take_id(const char **at, char id[static WARC_ID_SIZE])
{
	const char *end = strchr(*at, ' ');

	if (!end || end - *at >= WARC_ID_SIZE)
		return false;
	memcpy(id, *at, (size_t)(end - *at));
	id[end - *at] = '\0';
	*at = end + 1;
	return true;
}

static bool read_add(struct warc_line *line, const char *at)
{
	struct warc_place *p = &line->place;

	if (!strncmp(at, "- ", 2)) {
		p->index = WARC_NO_INDEX;
		at += 2;
	} else if (!take_number(&at, &p->index)) {
		return false;
	}
	return take_number(&at, &p->at) && take_number(&at, &p->len) &&
	       take_number(&at, &p->last) && take_number(&at, &p->date) &&
	       take_id(&at, p->id) && read_text(line, at);
}

static const struct {
	const char *word;
	bool (*read)(struct warc_line *line, const char *at);
} kinds[] = {
	[WARC_LINE_RUN] = {"run ", read_text},
	[WARC_LINE_FILE] = {"file ", read_file},
	[WARC_LINE_ADD] = {"add ", read_add},
	[WARC_LINE_COMMITTED] = {"committed", read_text},
	[WARC_LINE_MOVE] = {"move", read_text},
	[WARC_LINE_CUT] = {"cut ", read_cut},
	[WARC_LINE_SETTLED] = {"settled", read_text},
};

/* Reads a line of the journal; text is the line without its line end. */
static void read_line(struct warc_line *line, const char *text)
{
	line->kind = WARC_LINE_OTHER;
	for (int i = 0; i < WARC_LINE_OTHER; i++) {
		const size_t word = strlen(kinds[i].word);

		if (!strncmp(text, kinds[i].word, word) &&
		    kinds[i].read(line, text + word))
			line->kind = (enum warc_line_kind)i;
	}
}

bool warc_journal_next(struct warc_journal_reader *r, struct warc_line *line)
{
	ssize_t len;

	if (r->at >= r->end)
		return false;
	len = getline(&r->text, &r->cap, r->file);
	if (len <= 0 && ferror(r->file))
		r->error = errno;
	if (len <= 0 || r->text[len - 1] != '\n')
		return false;
	r->text[len - 1] = '\0';
	*line = (struct warc_line){.begin = r->at,
				   .end = r->at + (uint64_t)len};
	r->at = line->end;
	read_line(line, r->text);
	return true;
}

bool warc_journal_line_at(const struct warc_journal *j, uint64_t at,
			  struct buf *text, struct warc_line *line)
{
	enum { STEP = 4096 };
	char *end = NULL;
	ssize_t n = 1;

	buf_clear(text);
	while (n > 0 && !end) {
		n = pread(j->fd, buf_reserve(text, STEP), STEP,
			  (off_t)(at + text->len));
		if (n > 0)
			end = memchr(text->data + text->len, '\n', (size_t)n);
		if (n > 0)
			text->len += (size_t)n;
	}
	if (!end)
		return false;
	*end = '\0';
	*line = (struct warc_line){.begin = at};
	read_line(line, text->data);
	return line->kind == WARC_LINE_ADD;
}
