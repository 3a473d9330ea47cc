/*
 * Messages for the user on standard error, one line each, beginning with
 * "scrape: ". Any thread may log; a line is written in one piece. Secrets in it
 * are hidden (base/secrets.h), and characters that a terminal would not show as
 * text become '?' (base/printable.h).
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level {
	LOG_QUIET,	/* -s: only errors that end the run */
	LOG_NORMAL,
	LOG_VERBOSE,	/* -v: each step of each request */
};

/* Must be called before any thread is started. */
void log_set_level(enum log_level level);
enum log_level log_level(void);

/* Logs the reason why the run ends; always shown. */
void log_fatal(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Logs a continuation of the previous line, without "scrape: "; always
 * shown. */
void log_more(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Logs a warning; not shown with -s. */
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Logs a detail; shown only with -v. */
void log_debug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Sets a function that is called before a line is written, so that the progress
 * line can be cleared. NULL: none. */
void log_set_hook(void (*before)(void));

/* Calls the function that log_set_hook() has set. For exits that log nothing.
 * May be called in any thread. */
void log_before_line(void);

#endif
