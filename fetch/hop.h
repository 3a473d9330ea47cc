/* Sets up hops: the first one of an attempt, and those after redirects. Private
 * to fetch/. */
#ifndef FETCH_HOP_H
#define FETCH_HOP_H

#include <stdbool.h>

#include "base/job/job.h"
#include "fetch/config.h"

/* Sets up the first hop of an attempt from the request. Fails the job if the
 * request's URL cannot be parsed. */
void hop_reset(struct job *job, const struct fetch_config *config);

/* Returns true if the response is a redirect that is to be followed. */
bool hop_is_redirect(const struct job *job, const struct fetch_config *config);

/* Sets up the hop to the URL in the response's Location (RFC 9110, 15.4). Fails
 * the job (error kind redirects or blocked) if that hop is not allowed or not
 * possible. */
void hop_redirect(struct job *job, const struct fetch_config *config);

#endif
