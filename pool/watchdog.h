/*
 * Ends work that takes too long: a thread that calls stop() when the time is
 * over.
 *
 * For work on the loop's thread that can be told to end, as jq filters can.
 * If it does not end then either, within a grace, the program does.
 */
#ifndef POOL_WATCHDOG_H
#define POOL_WATCHDOG_H

#include <stdbool.h>

#include "base/clock.h"

struct watchdog;

/* limit of each work; 0: none, and there is no thread. */
struct watchdog *watchdog_open(msec limit);
void watchdog_close(struct watchdog *w);	/* NULL is fine */

/* Work begins, which stop(ctx) would end: called in another thread, once at
 * most, before watchdog_end() returns. */
void watchdog_begin(struct watchdog *w, void (*stop)(void *ctx), void *ctx);

/* It has ended: true if stop() was called, however late. */
bool watchdog_end(struct watchdog *w);

#endif
