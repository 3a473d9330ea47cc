/*
 * Address policy for redirects: a redirect from a public address to a
 * non-public one (loopback, private, link-local, ...) is blocked, unless
 * --allow-private is given. Otherwise any page could make the program send
 * requests into its own network. URLs of the input are the user's own choice
 * and are not checked.
 *
 * The policy is checked on literal addresses, on resolved addresses, and again
 * on the peer of the actual connection, which may have been made for an earlier
 * request. Through a proxy only literal addresses can be checked.
 */
#ifndef FETCH_POLICY_H
#define FETCH_POLICY_H

#include <stdbool.h>

#include "base/job/job.h"
#include "fetch/config.h"

/* Returns true if the address (family AF_INET or AF_INET6, bytes at ip) is
 * globally reachable: it is not one of the special addresses in the registries
 * of RFC 6890. An IPv6 address that embeds an IPv4 address counts as the IPv4
 * address. */
bool policy_is_public(int family, const void *ip);

/* Returns true if the text, in the form of one entry of job->hop.addresses, is
 * a public address; false also if the text is not an address. */
bool policy_text_is_public(const char *text, size_t len);

/* Returns true if the host of the URL is a name or a public literal address. */
bool policy_may_be_public(const struct url *url);

/*
 * Returns true if the URL alone shows that its host is at a private address:
 * localhost and its subdomains, and literal addresses. Private are loopback,
 * the unspecified address, RFC 1918, link-local, unique local, the shared
 * addresses of RFC 6598 (also used inside of networks) and those for
 * benchmarks. Not all addresses that are not public are private: no real server
 * has an address that is reserved for documentation.
 */
bool policy_host_is_private(const struct url *url);

/* Returns true if all addresses of a list in the form of job->hop.addresses are
 * private. */
bool policy_are_private(const char *addresses);

/* Returns true if this hop may only connect to public addresses. */
bool policy_applies(const struct job *job, const struct fetch_config *config);

/* Removes non-public addresses from job->hop.addresses; if the host is a
 * literal address, checks that address instead. Fails the job (error kind
 * blocked) if no address is left. Must be called only if policy_applies(). */
void policy_check(struct job *job);

#endif
