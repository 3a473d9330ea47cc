/*
 * IP addresses as text for libcurl's CURLOPT_RESOLVE: a list with commas,
 * IPv6 in brackets ("192.0.2.1,[2001:db8::1]"), as job->hop.addresses is.
 */
#ifndef FETCH_ADDRESS_H
#define FETCH_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Appends one address (family AF_INET or AF_INET6, bytes at ip). */
void address_add(struct buf *list, int family, const void *ip);

/* Reads text (brackets allowed) into ip, 16 bytes; returns its family, 0 when
 * it is no address. */
int address_parse(const char *text, size_t len, void *ip);

/* Whether IPv6 comes first when a name has both (RFC 6724): a public IPv6
 * address would be reached from an address of the same kind. Without a route
 * it would not be reached at all. Asks the kernel, sends nothing. */
bool address_prefers_ipv6(void);

/* Whether there is a ::1 to connect to. */
bool address_has_ipv6_loopback(void);

#endif
