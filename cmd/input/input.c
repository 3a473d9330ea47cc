/* The sources of requests, one after the other. Files are read in blocks when
 * requests are asked for; streams are read when the loop reports data. */
#include "cmd/input/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "cmd/input/csv_list.h"
#include "cmd/input/lines.h"
#include "cmd/input/request_line.h"

enum kind {
	KIND_URL,
	KIND_FILE,	/* has a size and never blocks */
	KIND_STREAM,	/* pipe, terminal, socket: may block */
};

struct source {
	const char *text;	/* the source as given, borrowed: URL, path or
				 * "-" */
	enum kind kind;
	uint64_t bytes;		/* size of a file at the start */
};

struct input {
	struct loop *loop;
	struct input_config config;
	void (*on_ready)(void *ctx);
	void *ctx;

	struct source *sources;
	size_t sources_len;
	size_t at;		/* index of the current source */

	int fd;			/* -1: no source is open */
	bool watched;
	bool waiting;		/* input_next() waits for data from the
				 * stream */
	struct lines lines;

	struct input_reader reader;
	struct csv_list *csv;	/* NULL: the list is not a table */
	uint64_t index;
	int error;

	/* Figures for input_total(): */
	uint64_t urls_left;
	size_t streams_left;
	uint64_t bytes_ahead;	/* size of the files not opened yet */
	uint64_t bytes_read;	/* number of bytes read from the open file */
	uint64_t bytes_before;	/* number of used bytes of finished files */
	uint64_t from_files;	/* number of requests read from files */
};

static bool is_stdin(const struct source *s)
{
	return !strcmp(s->text, "-");
}

static const char *source_name(const struct source *s)
{
	return is_stdin(s) ? "standard input" : s->text;
}

static enum kind kind_of(const struct stat *st)
{
	/* A directory counts as a file: reading it then gives the error. */
	if (S_ISREG(st->st_mode) || S_ISDIR(st->st_mode) ||
	    S_ISBLK(st->st_mode))
		return KIND_FILE;
	return KIND_STREAM;
}

static struct source make_source(const char *text)
{
	struct source s = {.text = text, .kind = KIND_FILE};
	struct stat st;
	off_t at = 0;

	if (strstr(text, "://")) {
		s.kind = KIND_URL;
		return s;
	}
	if (is_stdin(&s) ? fstat(STDIN_FILENO, &st) : stat(text, &st))
		return s;
	s.kind = kind_of(&st);
	if (!S_ISREG(st.st_mode))
		return s;
	/* Another program may have read a part of standard input already. */
	if (is_stdin(&s))
		at = lseek(STDIN_FILENO, 0, SEEK_CUR);
	if (at >= 0 && st.st_size > at)
		s.bytes = (uint64_t)(st.st_size - at);
	return s;
}

static const struct source *current_source(const struct input *in)
{
	return &in->sources[in->at];
}

static void unwatch(struct input *in)
{
	if (in->watched)
		loop_unwatch(in->loop, in->fd);
	in->watched = false;
}

/* Closes the current source and moves to the next one. */
static void next_source(struct input *in)
{
	const struct source *s = current_source(in);

	if (s->kind == KIND_STREAM)
		in->streams_left--;
	if (in->fd >= 0) {
		unwatch(in);
		if (!is_stdin(s))
			close(in->fd);
		in->fd = -1;
	}
	if (in->bytes_read)
		in->bytes_before += in->bytes_read - lines_pending(&in->lines);
	in->bytes_read = 0;
	lines_release(&in->lines);
	in->waiting = false;
	in->at++;
}

/* Ends the list: skips all remaining sources. */
static void end_list(struct input *in)
{
	while (in->at < in->sources_len)
		next_source(in);
}

/* Logs the error and moves to the next source. An incomplete last line is
 * dropped. */
static void fail_source(struct input *in, const char *doing, int error)
{
	log_warn("%s %s: %s", doing, source_name(current_source(in)),
		 strerror(error));
	if (!in->error)
		in->error = error;
	next_source(in);
}

/* Reads one block. A stream must be ready, or this would block. */
static void read_block(struct input *in)
{
	char *to = lines_reserve(&in->lines, LINES_READ);
	const ssize_t len = read(in->fd, to, LINES_READ);

	if (len < 0) {
		if (errno != EINTR && errno != EAGAIN)
			fail_source(in, "reading", errno);
		return;
	}
	if (!len) {
		lines_end(&in->lines);
		return;
	}
	lines_added(&in->lines, (size_t)len);
	if (current_source(in)->kind == KIND_FILE)
		in->bytes_read += (uint64_t)len;
}

static void on_event(void *ctx, int fd, int events)
{
	struct input *in = ctx;

	(void)fd;
	(void)events;
	/* Do not read ahead while no request is wanted. */
	if (!in->waiting) {
		unwatch(in);
		return;
	}
	in->waiting = false;
	read_block(in);
	if (in->on_ready)
		in->on_ready(in->ctx);
}

/* Watches the stream; on_event() reads when data has arrived. */
static void wait_for_more(struct input *in)
{
	in->waiting = true;
	if (in->watched)
		return;
	if (loop_watch(in->loop, in->fd, LOOP_READ, on_event, in)) {
		fail_source(in, "reading", errno);
		return;
	}
	in->watched = true;
}

/* Opens the file or stream at in->at. */
static void open_source(struct input *in)
{
	struct source *s = &in->sources[in->at];
	enum kind kind;
	struct stat st;

	in->bytes_ahead -= s->bytes;
	if (in->reader.begin)
		in->reader.begin(in->reader.ctx);
	/* O_NONBLOCK: opening a named pipe without a writer must not block the
	 * loop. The pipe becomes ready when a writer has written or closed it
	 * (pipe(7)). */
	in->fd = is_stdin(s) ? STDIN_FILENO
			     : open(s->text, O_RDONLY | O_CLOEXEC | O_NOCTTY |
						     O_NONBLOCK);
	if (in->fd < 0) {
		fail_source(in, "opening", errno);
		return;
	}
	if (fstat(in->fd, &st)) {
		fail_source(in, "reading", errno);
		return;
	}
	kind = kind_of(&st);
	if (kind == s->kind)
		return;
	/* The path leads to a file of another kind than at the start. */
	in->streams_left += kind == KIND_STREAM;
	in->streams_left -= s->kind == KIND_STREAM;
	s->kind = kind;
}

static struct job *job_from_url(struct input *in)
{
	const char *text = current_source(in)->text;
	struct slice url = {text, strlen(text)};
	struct job *job;

	url = slice_trim(url, LINE_SPACE);
	job = request_from_url(url,
			       (struct line_ref){.source = "command line"});
	job->req.index = in->index++;
	in->urls_left--;
	in->at++;
	return job;
}

/* The default reader, in which each line is a request. */
static struct job *job_from_line(void *ctx, struct lines *lines,
				 const char *source)
{
	const struct input *in = ctx;
	struct line_ref ref = {.source = source};
	struct line line;

	if (!lines_next(lines, &line))
		return NULL;
	ref.number = line.number;
	return request_from_line(&line, ref, in->config.headers);
}

/* Returns the next job from the bytes read so far, or NULL. */
static struct job *job_from_bytes(struct input *in)
{
	const struct source *s = current_source(in);
	struct job *job = in->reader.next(in->reader.ctx, &in->lines,
					  source_name(s));

	if (!job)
		return NULL;
	job->req.index = in->index++;
	in->from_files += s->kind == KIND_FILE;
	return job;
}

struct job *input_next(struct input *in)
{
	while (in->at < in->sources_len) {
		struct job *job = NULL;

		if (current_source(in)->kind == KIND_URL)
			return job_from_url(in);
		if (in->fd < 0)
			open_source(in);
		else if ((job = job_from_bytes(in)))
			return job;
		else if (input_has_no_urls(in))
			end_list(in);
		else if (in->lines.ended)
			next_source(in);
		else if (current_source(in)->kind == KIND_FILE)
			read_block(in);
		else
			wait_for_more(in);
		if (in->waiting)
			return NULL;
	}
	return NULL;
}

struct job *input_await(struct input *in)
{
	struct job *job;

	while (!(job = input_next(in)) && !input_ended(in))
		loop_step(in->loop, MSEC_NEVER);
	return job;
}

bool input_has_no_urls(const struct input *in)
{
	return in->csv && csv_list_has_failed(in->csv);
}

bool input_ended(const struct input *in)
{
	return in->at == in->sources_len;
}

int input_error(const struct input *in)
{
	return in->error;
}

uint64_t input_total(const struct input *in)
{
	const uint64_t pending = lines_pending(&in->lines);
	uint64_t used = in->bytes_before, left = in->bytes_ahead;

	if (in->streams_left)
		return 0;
	if (in->fd >= 0 && current_source(in)->kind == KIND_FILE) {
		const uint64_t bytes = current_source(in)->bytes;

		used += in->bytes_read - pending;
		left += bytes > in->bytes_read ? bytes - in->bytes_read : 0;
		left += pending;
	}
	if (!left)
		return in->index + in->urls_left;
	if (!used)
		return 0;
	return in->index + in->urls_left +
	       (uint64_t)((double)left * (double)in->from_files /
			  (double)used);
}

struct input *input_open(struct loop *loop, const struct input_config *config,
			 void (*on_ready)(void *ctx), void *ctx)
{
	struct input *in = xcalloc(1, sizeof(*in));
	const struct strings *sources = config->sources;

	*in = (struct input){
		.loop = loop,
		.config = *config,
		.reader = {.next = job_from_line, .ctx = in},
		.on_ready = on_ready,
		.ctx = ctx,
		.sources = xcalloc(sources->len, sizeof(*in->sources)),
		.sources_len = sources->len,
		.fd = -1,
	};
	if (config->csv) {
		in->csv = csv_list_new(config->csv);
		in->reader = (struct input_reader){csv_list_next,
						   csv_list_begin, in->csv};
	}
	if (config->reader)
		in->reader = *config->reader;
	for (size_t i = 0; i < sources->len; i++) {
		struct source *s = &in->sources[i];

		*s = make_source(sources->items[i]);
		in->urls_left += s->kind == KIND_URL;
		in->streams_left += s->kind == KIND_STREAM;
		in->bytes_ahead += s->bytes;
	}
	return in;
}

void input_close(struct input *in)
{
	if (!in)
		return;
	if (in->fd >= 0) {
		unwatch(in);
		if (!is_stdin(current_source(in)))
			close(in->fd);
	}
	lines_release(&in->lines);
	csv_list_free(in->csv);
	free(in->sources);
	free(in);
}
