/*
 * A URL in the form in which it travels through the hub: the text of a request,
 * with its state if the request has begun on another host or is to be tried
 * again.
 */
#ifndef CMD_FLEET_WORKER_ITEM_H
#define CMD_FLEET_WORKER_ITEM_H

#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/job/job.h"
#include "fetch/config.h"

/* Appends the text of a job whose request was not sent yet, or that waits for
 * its next hop or its next attempt. */
void item_pack(struct buf *out, const struct job *job, msec now);

/* Makes a job from the text. The next hop of a request that has begun is
 * prepared; a new request is not prepared. The request is treated like one that
 * a public server has asked for (fetch/policy.h), because others could write to
 * the hub. Returns NULL if the text is damaged. */
struct job *item_unpack(struct slice text, const struct fetch_config *config,
			msec now);

/* Returns the host under which the job waits in the hub: that of its next hop,
 * or ITEM_NO_HOST if nothing is to be requested. Borrowed from the job. */
#define ITEM_NO_HOST "_"
struct slice item_host(const struct job *job);

/* Prepares the job. Fails the job if its request would go to another host than
 * `host`, which is leased and whose limits apply. */
void item_check_host(struct job *job, const struct fetch_config *config,
		     const char *host);

/* Returns the fingerprint of the job: the index of the line for a new request
 * of a list, and a unique number for a request that has begun. */
uint64_t item_fingerprint(const struct job *job);

#endif
