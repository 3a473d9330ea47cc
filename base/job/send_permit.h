/*
 * The time until which requests may be sent to a host.
 *
 * A worker of a fleet leases a host, and may not send any request to it once
 * the lease is about to end, however long the process was stopped in between
 * (SIGSTOP, a closed lid). So the permit is checked before each request: when
 * the request leaves the schedule, and again when it has its connection. All
 * jobs of a lease share the permit; each has a reference.
 *
 * The time is that of CLOCK_BOOTTIME, which goes on while the machine sleeps.
 * The functions may be called in any thread.
 */
#ifndef BASE_JOB_SEND_PERMIT_H
#define BASE_JOB_SEND_PERMIT_H

#include <stdbool.h>

#include "base/clock.h"

struct send_permit;

/* Creates a permit, with one reference. until: a time of clock_boot_now(). */
struct send_permit *send_permit_new(msec until);

/* send_permit_ref() adds a reference and returns the permit;
 * send_permit_release() drops one. NULL is fine for both. */
struct send_permit *send_permit_ref(struct send_permit *permit);
void send_permit_release(struct send_permit *permit);

/* Changes the end of the time in which requests may be sent. */
void send_permit_set(struct send_permit *permit, msec until);

/* Returns true if no request may be sent any more. NULL: false. */
bool send_permit_is_over(const struct send_permit *permit);

#endif
