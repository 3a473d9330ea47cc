/* A message is built in a buffer and written with one write(2). */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/printable.h"
#include "base/secrets.h"

/* Longer lines are truncated. */
enum { LINE_BYTES = 2048, TEXT_BYTES = 64 << 10 };

static enum log_level level = LOG_NORMAL;
static void (*hook)(void);

void log_set_level(enum log_level new_level)
{
	level = new_level;
}

enum log_level log_level(void)
{
	return level;
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

/* Truncates the line to LINE_BYTES at most, without splitting a character of
 * UTF-8. */
static void truncate_line(struct buf *line)
{
	line->len = LINE_BYTES;
	while (line->len && ((unsigned char)line->data[line->len] & 0xc0) == 0x80)
		line->len--;
}

/* Hides secrets before it truncates: half of a secret would not be found. */
static void write_line(const char *begin, const char *fmt, va_list args)
{
	struct buf text = {0}, line = {0};
	const int len = vsnprintf(buf_reserve(&text, TEXT_BYTES), TEXT_BYTES,
				  fmt, args);

	if (len < 0) {
		buf_release(&text);
		return;
	}
	buf_addstr(&line, begin);
	secrets_hide(&line, text.data, strlen(text.data));
	/* Made printable, because messages quote text of the user or of a
	 * server. */
	printable_make(&line);
	if (line.len > LINE_BYTES)
		truncate_line(&line);
	buf_addch(&line, '\n');
	log_before_line();
	(void)!write(STDERR_FILENO, line.data, line.len);
	buf_release(&text);
	buf_release(&line);
}

#define WRITE_LINE(begin, fmt)			\
	do {					\
		va_list args;			\
		va_start(args, fmt);		\
		write_line(begin, fmt, args);	\
		va_end(args);			\
	} while (0)

void log_fatal(const char *fmt, ...)
{
	WRITE_LINE("scrape: ", fmt);
}

void log_more(const char *fmt, ...)
{
	WRITE_LINE("", fmt);
}

void log_warn(const char *fmt, ...)
{
	if (level >= LOG_NORMAL)
		WRITE_LINE("scrape: ", fmt);
}

void log_debug(const char *fmt, ...)
{
	if (level >= LOG_VERBOSE)
		WRITE_LINE("scrape: ", fmt);
}
