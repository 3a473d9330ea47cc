/*
 * A URL as it travels through the hub: the text of a request, with the state of
 * one that has begun on another host or that is to be tried again.
 */
#ifndef CMD_FLEET_WORKER_ITEM_H
#define CMD_FLEET_WORKER_ITEM_H

#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/job/job.h"
#include "fetch/config.h"

/* Appends the text of a job that was not sent, or that waits for its next hop
 * or attempt. */
void item_pack(struct buf *out, const struct job *job, msec now);

/* Makes a job from the text. The hop of a request that has begun is prepared;
 * that of a new one is not. The request counts as one from a public server
 * (fetch/policy.h), because others could write to the hub. Returns NULL if the
 * text is damaged. */
struct job *item_unpack(struct slice text, const struct fetch_config *config,
			msec now);

/* Returns the host under which the job waits in the hub: that of its next hop,
 * or ITEM_NO_HOST if nothing is to be requested. Borrowed from the job. */
#define ITEM_NO_HOST "_"
struct slice item_host(const struct job *job);

/* Prepares the job, and fails it if its request would go to another host than
 * the leased one, whose limits apply. */
void item_check_host(struct job *job, const struct fetch_config *config,
		     const char *host);

/* Returns the fingerprint of the job: of a line of a list that is new, its
 * index; of a request that has begun, a number that no other one has. */
uint64_t item_fingerprint(const struct job *job);

#endif
