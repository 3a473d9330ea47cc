/* Decides whether a request is worth another attempt, and when that attempt may
 * start. */
#ifndef FETCH_RETRY_H
#define FETCH_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/job/job.h"
#include "fetch/config.h"

#define RETRY_BASE 500.0	/* msec */
#define RETRY_MAX 30000.0
#define BUSY_PAUSE 1000.0	/* msec; used if the host asks for too long a
				 * pause */

/* Returns true if another attempt is safe (the method is idempotent) and may
 * bring a better result (the error or status is temporary). */
bool retry_is_worth_it(const struct job *job);

/* Returns the back-off with full jitter. random is in [0, 1); attempts is the
 * number of attempts made so far, at least 1. */
msec retry_back_off(unsigned attempts, double random);

/* Returns how long a response with a temporary status (429, 503, ...) asks the
 * client to wait (Retry-After, RFC 9110, 10.2.3), or 0. Retry-After is in
 * seconds, or a date, which is compared with the response's own Date or else
 * with unix_now. */
msec retry_after(const struct job *job, int64_t unix_now);

#endif
