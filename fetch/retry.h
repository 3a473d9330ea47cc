/* Decides when a request is worth another attempt, and when that may start. */
#ifndef FETCH_RETRY_H
#define FETCH_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/job/job.h"
#include "fetch/config.h"

#define RETRY_BASE 500.0	/* msec */
#define RETRY_MAX 30000.0
#define BUSY_PAUSE 1000.0	/* when the host asks for too long a pause */

/* Returns true if another attempt may bring a better result and is safe: an
 * idempotent method, and a temporary error or status. */
bool retry_is_worth_it(const struct job *job);

/* Returns the back-off with full jitter. random is in [0, 1); attempts counts
 * those made so far and is at least 1. */
msec retry_back_off(unsigned attempts, double random);

/* Returns how long a response with a temporary status (429, 503, ...) asks us
 * to wait (RFC 9110, 10.2.3), or 0 if it does not. Retry-After is in seconds,
 * or a date that is compared with the response's own Date or else unix_now. */
msec retry_after(const struct job *job, int64_t unix_now);

#endif
