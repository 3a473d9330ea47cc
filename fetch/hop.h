/* From one hop to the next: for this folder. */
#ifndef FETCH_HOP_H
#define FETCH_HOP_H

#include <stdbool.h>

#include "base/job/job.h"
#include "fetch/config.h"

/* The first hop of an attempt, as the request has it. Fails the job when its
 * URL cannot be parsed. */
void hop_reset(struct job *job, const struct fetch_config *config);

/* Whether the response that came is a redirect that is to be followed. */
bool hop_is_redirect(const struct job *job, const struct fetch_config *config);

/* The hop that the response's Location asks for (RFC 9110, 15.4). Fails the
 * job (redirects, blocked) when it leads nowhere we go. */
void hop_redirect(struct job *job, const struct fetch_config *config);

#endif
