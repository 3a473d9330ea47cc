/*
 * Messages for the user, on standard error, each one line that begins with
 * "scrape: ". Any thread; a line is written in one piece.
 * Secrets in it are hidden (base/secrets.h), and what a terminal would not show
 * as text becomes '?' (base/printable.h).
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level {
	LOG_QUIET,	/* -s: nothing but what ends the run */
	LOG_NORMAL,
	LOG_VERBOSE,	/* -v: each step of each request */
};

/* Before any thread is started. */
void log_set_level(enum log_level level);
enum log_level log_level(void);

/* The run ends because of this: always shown. */
void log_fatal(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* A line that goes with the one before: without "scrape: ". */
void log_more(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Shown unless -s. */
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Shown with -v. */
void log_debug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Called before a line is written, so that the progress meter can clear its
 * own. NULL: nobody. */
void log_set_hook(void (*before)(void));

/* Calls it: for an end of the program that writes nothing. Any thread. */
void log_before_line(void);

#endif
