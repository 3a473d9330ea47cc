/*
 * What worker processes write on standard error: a failed assertion, the report
 * of a sanitizer, or, from one that a page has taken over, anything at all. It
 * is a pipe to here, so that they have nothing of the user's terminal.
 *
 * Each line is logged as "parser: LINE", cut where it is long, and with all but
 * printable ASCII escaped (\x1b). So many lines are logged at once, then some a
 * second; how many more there were is said at the end. A pipe that is written
 * faster than it is read is the writer's trouble.
 */
#ifndef POOL_PROCESS_MESSAGES_H
#define POOL_PROCESS_MESSAGES_H

struct loop;
struct messages;

/* NULL with errno. */
struct messages *messages_open(void);

/* Logs what is there; the writers should have ended. NULL is fine. errno stays,
 * as it does in messages_detach(): it says what they are closed for. */
void messages_close(struct messages *m);

/* The end for children. */
int messages_descriptor(const struct messages *m);

/* From here on they are logged as they come; -1 with errno. Detach before the
 * loop is closed. */
int messages_attach(struct messages *m, struct loop *loop);
void messages_detach(struct messages *m);

#endif
