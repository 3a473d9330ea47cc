/*
 * Logs what worker processes write on standard error: a failed assertion, the
 * report of a sanitizer, or, from a worker that a page has taken over,
 * anything. Their standard error is a pipe to the program, so that they have no
 * access to the user's terminal.
 *
 * Each line is logged as "parser: LINE", truncated if it is long, and with all
 * bytes but printable ASCII escaped (\x1b). The number of lines is limited: 200
 * at once, then 10 a second; the number of lines left out is logged at the end.
 * A writer that is faster than the reader has to wait.
 */
#ifndef POOL_PROCESS_MESSAGES_H
#define POOL_PROCESS_MESSAGES_H

struct loop;
struct messages;

/* Opens the pipe. Returns NULL with errno on failure. */
struct messages *messages_open(void);

/* Logs the remaining lines and closes the pipe. The writers should have ended.
 * m may be NULL. messages_close() and messages_detach() keep errno, so that the
 * caller's error can still be reported. */
void messages_close(struct messages *m);

/* Returns the writing end of the pipe, for child processes. */
int messages_descriptor(const struct messages *m);

/* Logs lines as they arrive, from this call on. Returns -1 with errno on
 * failure. Call messages_detach() before the loop is closed. */
int messages_attach(struct messages *m, struct loop *loop);
void messages_detach(struct messages *m);

#endif
