/* A message is built in a buffer and written with one write(2), so that the
 * lines of several threads, and of several programs that append to the same
 * file, are not mixed. */
#include "base/log.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/printable.h"
#include "base/secrets.h"
#include "base/timestamp.h"

/* Longer lines are truncated. */
enum { LINE_BYTES = 2048, TEXT_BYTES = 64 << 10 };

/* Kinds of lines. */
enum kind { KIND_FATAL, KIND_MORE, KIND_WARNING, KIND_DEBUG };

static const struct {
	const char *begin;	/* of a line that is not JSON */
	const char *level;
} kinds[] = {
	[KIND_FATAL] = {"scrape: ", "error"},
	[KIND_MORE] = {"", "error"},
	[KIND_WARNING] = {"scrape: ", "warning"},
	[KIND_DEBUG] = {"scrape: ", "debug"},
};

static enum log_level level = LOG_NORMAL;
static bool is_json;
static int file = -1;		/* the file of log_open(); -1: none */
static void (*hook)(void);

void log_set_level(enum log_level new_level)
{
	level = new_level;
}

enum log_level log_level(void)
{
	return level;
}

void log_set_json(bool json)
{
	is_json = json;
}

int log_open(const char *path)
{
	file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY,
		    0666);
	return file < 0 ? -1 : 0;
}

void log_close(void)
{
	if (file >= 0)
		close(file);
	file = -1;
}

void log_set_hook(void (*before)(void))
{
	hook = before;
}

void log_before_line(void)
{
	if (hook)
		hook();
}

/* Truncates the text to LINE_BYTES at most, without splitting a character of
 * UTF-8. */
static void truncate_text(struct buf *text)
{
	if (text->len <= LINE_BYTES)
		return;
	text->len = LINE_BYTES;
	while (text->len && ((unsigned char)text->data[text->len] & 0xc0) == 0x80)
		text->len--;
}

/* Appends a text to the line. Secrets are hidden before the text is truncated:
 * half of a secret would not be found. The text is made printable, because
 * messages quote text of the user or of a server. */
static void add_text(struct buf *line, struct slice s)
{
	struct buf text = {0};

	secrets_hide(&text, s.p, s.len);
	printable_make(&text);
	truncate_text(&text);
	buf_add(line, text.data, text.len);
	buf_release(&text);
}

/* Appends a member of an object. In printable text only two characters have to
 * be escaped. */
static void add_member(struct buf *line, const char *name, struct slice value)
{
	struct buf text = {0};

	if (!value.len)
		return;
	add_text(&text, value);
	buf_addf(line, "%s\"%s\":\"", line->len ? "," : "{", name);
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '"' || text.data[i] == '\\')
			buf_addch(line, '\\');
		buf_addch(line, text.data[i]);
	}
	buf_addch(line, '"');
	buf_release(&text);
}

static struct slice slice_from(const char *text)
{
	return (struct slice){text, text ? strlen(text) : 0};
}

static void add_json(struct buf *line, enum kind kind, struct slice message,
		     const struct log_about *about)
{
	struct buf time = {0};

	timestamp_add(&time, timestamp_now());
	add_member(line, "time", slice_of(&time));
	add_member(line, "level", slice_from(kinds[kind].level));
	add_member(line, "message", message);
	if (about) {
		add_member(line, "host", about->host);
		add_member(line, "url", about->url);
		add_member(line, "error", slice_from(about->error));
	}
	if (about && about->status)
		buf_addf(line, ",\"status\":%d", about->status);
	buf_addch(line, '}');
	buf_release(&time);
}

/* Returns true if lines for that descriptor begin with the time. */
static bool has_time(int fd)
{
	return fd == file || (level == LOG_VERBOSE && !isatty(fd));
}

static void add_plain(struct buf *line, enum kind kind, struct slice message,
		      int fd)
{
	if (kind != KIND_MORE && has_time(fd)) {
		timestamp_add(line, timestamp_now());
		buf_addch(line, ' ');
	}
	buf_addstr(line, kinds[kind].begin);
	add_text(line, message);
	truncate_text(line);
}

/* Writes a line. Returns 0, or -1 if it was not written. */
static int write_line(int fd, enum kind kind, struct slice message,
		      const struct log_about *about)
{
	struct buf line = {0};
	ssize_t written;

	if (is_json)
		add_json(&line, kind, message, about);
	else
		add_plain(&line, kind, message, fd);
	buf_addch(&line, '\n');
	if (fd == STDERR_FILENO)
		log_before_line();
	written = write(fd, line.data, line.len);
	buf_release(&line);
	return written < 0 ? -1 : 0;
}

/* Write to standard error if the file cannot be written to: its disk may be
 * full. */
static void log_line(enum kind kind, const struct log_about *about,
		     const char *fmt, va_list args)
{
	struct buf text = {0};
	const int len = vsnprintf(buf_reserve(&text, TEXT_BYTES), TEXT_BYTES,
				  fmt, args);
	struct slice message;
	bool is_in_file;

	if (len >= 0) {
		message = slice_from(text.data);
		is_in_file = file >= 0 &&
			     !write_line(file, kind, message, about);
		if (!is_in_file || kind <= KIND_MORE)
			write_line(STDERR_FILENO, kind, message, about);
	}
	buf_release(&text);
}

#define LOG_LINE(kind, about, fmt)			\
	do {						\
		va_list args;				\
		va_start(args, fmt);			\
		log_line(kind, about, fmt, args);	\
		va_end(args);				\
	} while (0)

void log_fatal(const char *fmt, ...)
{
	LOG_LINE(KIND_FATAL, NULL, fmt);
}

void log_more(const char *fmt, ...)
{
	LOG_LINE(KIND_MORE, NULL, fmt);
}

void log_warn(const char *fmt, ...)
{
	if (level >= LOG_NORMAL)
		LOG_LINE(KIND_WARNING, NULL, fmt);
}

void log_warn_about(const struct log_about *about, const char *fmt, ...)
{
	if (level >= LOG_NORMAL)
		LOG_LINE(KIND_WARNING, about, fmt);
}

void log_debug(const char *fmt, ...)
{
	if (level >= LOG_VERBOSE)
		LOG_LINE(KIND_DEBUG, NULL, fmt);
}

void log_debug_about(const struct log_about *about, const char *fmt, ...)
{
	if (level >= LOG_VERBOSE)
		LOG_LINE(KIND_DEBUG, about, fmt);
}
