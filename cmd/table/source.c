/* Finds line ends in a buffer; each byte is looked at once. */
#include "cmd/table/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

enum { READ_BYTES = 256 << 10, KEEP_CAP = 4 << 20 };

static bool is_stdin(const struct source *s)
{
	return !strcmp(s->path, "-");
}

const char *source_name(const struct source *s)
{
	return is_stdin(s) ? "standard input" : s->path;
}

int source_open(struct source *s)
{
	struct stat st;

	if (s->fd >= 0)
		return 0;
	s->fd = is_stdin(s) ? STDIN_FILENO
			    : open(s->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (s->fd < 0 || fstat(s->fd, &st))
		return -1;
	s->is_pipe = !S_ISREG(st.st_mode);
	/* Another program may have read a part of standard input already. */
	s->start = s->is_pipe ? 0 : lseek(s->fd, 0, SEEK_CUR);
	return s->start < 0 ? -1 : 0;
}

/* Removes used lines from the buffer. */
static void drop_lines(struct source *s)
{
	struct buf *b = &s->bytes;

	if (s->keeps || !s->at)
		return;
	memmove(b->data, b->data + s->at, b->len - s->at);
	b->len -= s->at;
	s->searched -= s->at;
	s->removed += s->at;
	s->at = 0;
	/* A very long line must not occupy memory for the rest of the run. */
	if (!b->len && b->cap > KEEP_CAP)
		buf_release(b);
}

int source_fill(struct source *s)
{
	struct buf *b = &s->bytes;
	ssize_t len;

	drop_lines(s);
	if (b->len - s->at > SOURCE_LINE_MAX) {
		errno = EFBIG;
		return -1;
	}
	buf_reserve(b, READ_BYTES);
	do
		len = read(s->fd, b->data + b->len, READ_BYTES);
	while (len < 0 && errno == EINTR);
	if (len < 0)
		return -1;
	b->len += (size_t)len;
	s->ended = !len;
	return 0;
}

bool source_next(struct source *s, struct slice *line)
{
	const size_t left = s->bytes.len - s->searched;
	const char *text = s->bytes.data;
	const char *end = left ? memchr(text + s->searched, '\n', left) : NULL;
	size_t stop = end ? (size_t)(end - text) : s->bytes.len;

	s->searched = stop;
	if (!end && (!s->ended || stop == s->at))
		return false;
	*line = (struct slice){text + s->at, stop - s->at};
	s->at = s->searched = end ? stop + 1 : stop;
	s->line++;
	return true;
}

uint64_t source_place(const struct source *s, struct slice line)
{
	return (uint64_t)s->start + s->removed +
	       (uint64_t)(line.p - s->bytes.data);
}

bool source_read_again(struct source *s, uint64_t place, size_t len,
		       struct buf *line)
{
	char *to;

	/* record_line_read() expects a byte order mark only in line 1. */
	s->line = place == (uint64_t)s->start ? 1 : 2;
	buf_clear(line);
	to = buf_reserve(line, len);
	while (line->len < len) {
		const ssize_t got = pread(s->fd, to + line->len,
					  len - line->len,
					  (off_t)(place + line->len));

		if (got <= 0)
			return false;
		line->len += (size_t)got;
	}
	return true;
}

int source_fail(const struct source *s)
{
	log_fatal("reading %.200s: %s", source_name(s),
		  errno == EFBIG ? "a line is longer than 1 GB"
				 : strerror(errno));
	return -1;
}

int source_rewind(struct source *s)
{
	s->line = 0;
	s->is_array = false;
	s->separator = '\0';
	s->at = s->searched = 0;
	s->removed = 0;
	s->keeps = false;
	if (s->is_pipe)
		return 0;
	s->ended = false;
	buf_clear(&s->bytes);
	if (is_stdin(s))
		return lseek(s->fd, s->start, SEEK_SET) < 0 ? -1 : 0;
	source_close(s);
	return 0;
}

void source_close(struct source *s)
{
	if (s->fd >= 0 && !is_stdin(s))
		close(s->fd);
	s->fd = -1;
	buf_release(&s->bytes);
}
