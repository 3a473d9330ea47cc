/*
 * Messages for the user, one line each, on standard error or in a file. Any
 * thread may log; a line is written in one piece. Secrets in it are hidden
 * (base/secrets.h), and characters that a terminal would not show as text
 * become '?' (base/printable.h).
 *
 * A line begins with "scrape: ". In a file, and with -v where standard error is
 * not a terminal, the time comes before that (base/timestamp.h). As JSON a line
 * is an object with the members time, level (error, warning or debug) and
 * message, and those of struct log_about that are known.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/slice.h"

enum log_level {
	LOG_QUIET,	/* -s: only errors that end the run */
	LOG_NORMAL,
	LOG_VERBOSE,	/* -v: each step of each request */
};

/* Must be called before any thread is started. */
void log_set_level(enum log_level level);
enum log_level log_level(void);

/* Writes lines as JSON from now on. Must be called before any thread is
 * started. */
void log_set_json(bool json);

/* Appends messages to a file from now on, instead of writing them to standard
 * error; the reason why the run ends is written to both. Must be called before
 * any thread is started. Returns 0, or -1 with errno. */
int log_open(const char *path);

/* Writes to standard error again. */
void log_close(void);

/* The subject of a message, for JSON. Empty members are unknown. */
struct log_about {
	struct slice url;	/* without secrets that are not listed */
	struct slice host;
	int status;
	const char *error;	/* kind of an error */
};

/* Logs the reason why the run ends; always shown. */
void log_fatal(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Logs a continuation of the previous line, without "scrape: "; always
 * shown. */
void log_more(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Logs a warning; not shown with -s. */
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_warn_about(const struct log_about *about, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Logs a detail; shown only with -v. */
void log_debug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_debug_about(const struct log_about *about, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Sets a function that is called before a line is written to standard error, so
 * that the progress line can be cleared. NULL if there is none. */
void log_set_hook(void (*before)(void));

/* Calls the function that log_set_hook() has set. For exits that log nothing.
 * May be called in any thread. */
void log_before_line(void);

#endif
