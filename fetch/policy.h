/*
 * Address policy for redirects: a redirect from a public address to a
 * non-public one (loopback, private, link-local, ...) is blocked, unless
 * --allow-private is given. Otherwise any page could make the program send
 * requests into its own network. URLs of the input are the user's own choice
 * and are not checked.
 *
 * The policy is checked on literal addresses, after resolution, and again on
 * the peer of the actual connection, which may be an older one. Through a proxy
 * only literal addresses can be checked.
 */
#ifndef FETCH_POLICY_H
#define FETCH_POLICY_H

#include <stdbool.h>

#include "base/job/job.h"
#include "fetch/config.h"

/* Returns true if the address (family AF_INET or AF_INET6, bytes at ip) is
 * globally reachable, which is none of the special ones in the registries of
 * RFC 6890. IPv6 forms of an IPv4 address count as that address. */
bool policy_is_public(int family, const void *ip);

/* The same for text in the form of one entry of job->hop.addresses; false if it
 * is not an address. */
bool policy_text_is_public(const char *text, size_t len);

/* Returns true if the host of the URL is a name or a public literal address. */
bool policy_may_be_public(const struct url *url);

/*
 * Returns true if the URL alone shows that its host is at a private address:
 * localhost and its subdomains, and literal addresses. Private are loopback, the
 * unspecified address, RFC 1918, link-local, unique local, the shared addresses
 * of RFC 6598 (also used inside of networks) and those for benchmarks. That is
 * less than all addresses that are not public: nobody's own server has one of
 * the addresses for documentation.
 */
bool policy_host_is_private(const struct url *url);

/* Returns true if all addresses of a list in the form of job->hop.addresses are
 * private. */
bool policy_are_private(const char *addresses);

/* Returns true if this hop may only connect to public addresses. */
bool policy_applies(const struct job *job, const struct fetch_config *config);

/* Removes non-public addresses from job->hop.addresses, or checks the host if
 * it is a literal address. Fails the job (blocked) if no address is left. Call
 * only if policy_applies(). */
void policy_check(struct job *job);

#endif
