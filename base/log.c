#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

static void say(const char *begin, const char *fmt, va_list args)
{
	char line[2048];
	const size_t prefix = strlen(begin);
	int len;

	memcpy(line, begin, prefix);
	len = vsnprintf(line + prefix, sizeof(line) - prefix - 1, fmt, args);
	if (len < 0)
		return;
	/* Messages quote what the user or a server wrote: a control
	 * character among it must not reach the terminal. */
	for (char *p = line; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
	len = (int)strlen(line);
	line[len++] = '\n';
	if (hook)
		hook();
	(void)!write(STDERR_FILENO, line, (size_t)len);
}

#define SAY(begin, fmt)				\
	do {					\
		va_list args;			\
		va_start(args, fmt);		\
		say(begin, fmt, args);		\
		va_end(args);			\
	} while (0)

void log_fatal(const char *fmt, ...)
{
	SAY("scrape: ", fmt);
}

void log_more(const char *fmt, ...)
{
	SAY("", fmt);
}

void log_warn(const char *fmt, ...)
{
	if (level >= LOG_NORMAL)
		SAY("scrape: ", fmt);
}

void log_debug(const char *fmt, ...)
{
	if (level >= LOG_VERBOSE)
		SAY("scrape: ", fmt);
}
