/*
 * Formats and parses IP addresses as libcurl's CURLOPT_RESOLVE takes them: a
 * list separated by commas, IPv6 in brackets ("192.0.2.1,[2001:db8::1]").
 * job->hop.addresses has this form.
 */
#ifndef FETCH_ADDRESS_H
#define FETCH_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Appends one address (family AF_INET or AF_INET6, bytes at ip). */
void address_add(struct buf *list, int family, const void *ip);

/* Parses text, with brackets or without, into ip, a buffer of 16 bytes. Returns
 * the address family, or 0 if the text is not an address. */
int address_parse(const char *text, size_t len, void *ip);

/* Returns true if IPv6 addresses should come before the IPv4 addresses of a
 * name (RFC 6724), because the kernel would use a public IPv6 source address
 * that matches the destination. Returns false if there is no IPv6 route. Asks
 * the kernel for the route and sends nothing. */
bool address_prefers_ipv6(void);

/* Returns true if connecting to ::1 is possible. */
bool address_has_ipv6_loopback(void);

#endif
