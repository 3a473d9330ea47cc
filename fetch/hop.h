/* Sets up hops: the first one and those after redirects. Private to fetch/. */
#ifndef FETCH_HOP_H
#define FETCH_HOP_H

#include <stdbool.h>

#include "base/job/job.h"
#include "fetch/config.h"

/* Sets up the first hop of an attempt from the request. Fails the job if its
 * URL cannot be parsed. */
void hop_reset(struct job *job, const struct fetch_config *config);

/* Returns the URL without user and password, which a record must not contain.
 * The caller frees it. */
char *hop_plain_url(const struct url *url);

/* Returns true if the response is a redirect that is to be followed. */
bool hop_is_redirect(const struct job *job, const struct fetch_config *config);

/* Sets up the hop that the response's Location asks for (RFC 9110, 15.4). Fails
 * the job (redirects, blocked) if that hop must not or cannot be made. */
void hop_redirect(struct job *job, const struct fetch_config *config);

#endif
