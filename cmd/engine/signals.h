/*
 * SIGINT and SIGTERM as events of the loop.
 *
 * The first signal asks the run to finish the requests in flight; the second
 * one ends the program at once, from the handler, unless it comes within 0.2 s.
 * SIGPIPE is ignored: sockets report a closed peer as an error, and cmd/output
 * raises SIGPIPE itself.
 */
#ifndef CMD_ENGINE_SIGNALS_H
#define CMD_ENGINE_SIGNALS_H

#include "pool/loop.h"

/* Installs the handlers, once per program. on_stop is called from the loop at
 * the first signal. Returns 0, or -1 with errno set. */
int signals_open(struct loop *loop, void (*on_stop)(void *ctx), void *ctx);
void signals_close(void);

/* Makes the loop call on_stop soon, without a signal. Any thread. */
void signals_wake(void);

/* Returns the signal that was received, or 0. */
int signals_caught(void);

#endif
