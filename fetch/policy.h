/*
 * Where a redirect may lead: not from a public address to one that only means
 * something here (loopback, private, link-local, ...), unless --allow-private.
 * Else any page could make the program ask its own network. URLs of the input
 * are the user's own choice.
 *
 * Checked on literal addresses and after resolution, and once more on the peer
 * that is really connected to, which may be an older connection. Through a
 * proxy only literal addresses can be checked.
 */
#ifndef FETCH_POLICY_H
#define FETCH_POLICY_H

#include <stdbool.h>

#include "base/job/job.h"
#include "fetch/config.h"

/* Whether an address (family AF_INET or AF_INET6, bytes at ip) is reached
 * alike from everywhere: the special ones are those of RFC 6890 and the
 * registries it began; IPv6 forms of an IPv4 address count as that. */
bool policy_is_public(int family, const void *ip);

/* The same for text as in job->hop.addresses (one of them); false when it is
 * no address. */
bool policy_text_is_public(const char *text, size_t len);

/* As far as the URL tells: it is a name, or a public literal address. */
bool policy_may_be_public(const struct url *url);

/* Whether this hop is limited to public addresses. */
bool policy_applies(const struct job *job, const struct fetch_config *config);

/* Takes the refused ones out of job->hop.addresses, or looks at the host when
 * it is a literal address. Fails the job (blocked) when nothing is left. For
 * hops that policy_applies() to. */
void policy_check(struct job *job);

#endif
