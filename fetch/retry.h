/* When a request is worth another attempt, and when that may start. */
#ifndef FETCH_RETRY_H
#define FETCH_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/job/job.h"
#include "fetch/config.h"

#define RETRY_BASE 500.0	/* msec */
#define RETRY_MAX 30000.0
#define BUSY_PAUSE 1000.0	/* of a host that asks for too long a one */

/* Whether this result may be another one a moment later. */
bool retry_is_worth_it(const struct job *job);

/* Full jitter: random is in [0, 1). attempts made so far, at least 1. */
msec retry_back_off(unsigned attempts, double random);

/* How long a response that may be another one later (429, 503, ...) asks to be
 * left alone (RFC 9110, 10.2.3: seconds or a date, read against the response's
 * own Date or unix_now); 0: it does not. */
msec retry_after(const struct job *job, int64_t unix_now);

#endif
