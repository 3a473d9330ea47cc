/*
 * Reads a pipe on the loop and limits its lines with a token bucket. A pipe
 * that is full is read with pauses, so that a flood takes no CPU time.
 */
#include "pool/process/messages.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "pool/loop.h"

enum {
	LINE_MAX_BYTES = 500,	/* bytes of a line before escaping; the rest of
				 * the line is left out */
	LINES_AT_ONCE = 200,	/* lines that may be logged without delay; the
				 * report of a sanitizer has about 80 */
	LINES_A_SECOND = 10,
	READ_SIZE = 16 << 10,
};

/* Pause in msec between two reads of a full pipe, so that a flood of lines
 * takes no CPU time. */
static const msec flood_pause = 10;

struct messages {
	int ends[2];		/* reading end and writing end of the pipe */
	struct loop *loop;	/* NULL: not attached */
	struct loop_timer timer; /* due at the end of a pause in reading */
	struct buf line;	/* the beginning of a line whose end has not
				 * been read */
	double lines;		/* number of lines that may be logged now */
	msec filled;		/* time at which lines was computed */
	unsigned long left_out;
};

static void refill_bucket(struct messages *m)
{
	const msec now = clock_now();

	m->lines += (now - m->filled) / 1e3 * LINES_A_SECOND;
	if (m->lines > LINES_AT_ONCE)
		m->lines = LINES_AT_ONCE;
	m->filled = now;
}

static void end_line(struct messages *m)
{
	struct buf text = {0};

	if (!m->line.len)
		return;
	if (m->lines < 1) {
		m->left_out++;
		buf_clear(&m->line);
		return;
	}
	m->lines--;
	for (size_t i = 0; i < m->line.len; i++) {
		const unsigned char c = (unsigned char)m->line.data[i];

		if (c >= ' ' && c < 0x7f)
			buf_addch(&text, (char)c);
		else
			buf_addf(&text, "\\x%02x", c);
	}
	log_warn("parser: %s", buf_cstr(&text));
	buf_release(&text);
	buf_clear(&m->line);
}

static void split_lines(struct messages *m, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] == '\n')
			end_line(m);
		else if (m->line.len < LINE_MAX_BYTES)
			buf_addch(&m->line, bytes[i]);
}

/* Reads from the pipe once and logs complete lines. Returns true if the pipe
 * may contain more. */
static bool read_some(struct messages *m)
{
	char bytes[READ_SIZE];
	const ssize_t n = read(m->ends[0], bytes, sizeof(bytes));

	if (n <= 0)
		return false;
	refill_bucket(m);
	split_lines(m, bytes, (size_t)n);
	return n == sizeof(bytes);
}

static void on_pipe(void *ctx, int fd, int events)
{
	struct messages *m = ctx;

	(void)events;
	if (!read_some(m))
		return;
	(void)loop_watch(m->loop, fd, 0, on_pipe, m);
	loop_set_timer(m->loop, &m->timer, clock_now() + flood_pause);
}

static void on_due(void *ctx, msec now)
{
	struct messages *m = ctx;

	(void)now;
	(void)loop_watch(m->loop, m->ends[0], LOOP_READ, on_pipe, m);
}

struct messages *messages_open(void)
{
	struct messages *m = xcalloc(1, sizeof(*m));

	m->lines = LINES_AT_ONCE;
	m->filled = clock_now();
	m->timer = (struct loop_timer){.on_due = on_due, .ctx = m};
	if (!pipe2(m->ends, O_CLOEXEC)) {
		/* Only the reading end is non-blocking: a writer has to wait
		 * while the pipe is full. */
		(void)fcntl(m->ends[0], F_SETFL, O_NONBLOCK);
		return m;
	}
	free(m);
	return NULL;
}

void messages_close(struct messages *m)
{
	/* Maximum number of reads, because a writer that cannot be killed may
	 * write for ever. */
	int reads = (1 << 20) / READ_SIZE;
	const int error = errno;

	if (!m)
		return;
	while (reads-- && read_some(m))
		continue;
	end_line(m);
	if (m->left_out)
		log_warn("parser: and %lu more lines", m->left_out);
	close(m->ends[0]);
	close(m->ends[1]);
	buf_release(&m->line);
	free(m);
	errno = error;
}

int messages_descriptor(const struct messages *m)
{
	return m->ends[1];
}

int messages_attach(struct messages *m, struct loop *loop)
{
	m->loop = loop;
	return loop_watch(loop, m->ends[0], LOOP_READ, on_pipe, m);
}

void messages_detach(struct messages *m)
{
	const int error = errno;

	loop_set_timer(m->loop, &m->timer, MSEC_NEVER);
	loop_unwatch(m->loop, m->ends[0]);
	m->loop = NULL;
	errno = error;
}
