/*
 * SIGINT and SIGTERM as an event of the loop.
 *
 * The first one asks the run to end with what is in flight; the second one
 * ends the program at once, from the handler itself. SIGPIPE is ignored:
 * sockets report it as an error, and cmd/output raises it by itself.
 */
#ifndef CMD_ENGINE_SIGNALS_H
#define CMD_ENGINE_SIGNALS_H

#include "pool/loop.h"

/* Once per program. on_stop is called from the loop. Returns 0, or -1 with
 * errno. */
int signals_open(struct loop *loop, void (*on_stop)(void *ctx), void *ctx);
void signals_close(void);

/* The signal that came; 0: none. */
int signals_caught(void);

#endif
