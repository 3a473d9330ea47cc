/* IP addresses: their text form, and which IP versions this machine can use. */
#include "fetch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void address_add(struct buf *list, int family, const void *ip)
{
	char text[INET6_ADDRSTRLEN];

	if (!inet_ntop(family, ip, text, sizeof(text)))
		return;
	if (list->len)
		buf_addch(list, ',');
	buf_addf(list, family == AF_INET6 ? "[%s]" : "%s", text);
}

int address_parse(const char *text, size_t len, void *ip)
{
	char copy[INET6_ADDRSTRLEN];
	const bool brackets = len > 2 && text[0] == '[' &&
			      text[len - 1] == ']';

	if (brackets) {
		text++;
		len -= 2;
	}
	if (len >= sizeof(copy))
		return 0;
	memcpy(copy, text, len);
	copy[len] = '\0';
	if (!brackets && inet_pton(AF_INET, copy, ip) == 1)
		return AF_INET;
	return inet_pton(AF_INET6, copy, ip) == 1 ? AF_INET6 : 0;
}

/* Finds the source address of packets to the address to. Connecting a UDP
 * socket makes the kernel look the route up and sends nothing. */
static bool find_source_address(const struct in6_addr *to,
				struct in6_addr *from)
{
	struct sockaddr_in6 address = {.sin6_family = AF_INET6,
				       .sin6_port = htons(53),
				       .sin6_addr = *to};
	socklen_t len = sizeof(address);
	const int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool found;

	if (fd < 0)
		return false;
	found = connect(fd, (struct sockaddr *)&address, len) == 0 &&
		getsockname(fd, (struct sockaddr *)&address, &len) == 0;
	close(fd);
	*from = address.sin6_addr;
	return found;
}

bool address_prefers_ipv6(void)
{
	/* 2000::/3 holds all public addresses. */
	const struct in6_addr public = {.s6_addr = {0x20}};
	struct in6_addr from;
	const unsigned char *b = from.s6_addr;

	if (!find_source_address(&public, &from) || (b[0] & 0xe0) != 0x20)
		return false;
	/* By rule 5 of RFC 6724 (matching label), a source address of 6to4
	 * (2002::/16) or Teredo (2001::/32) does not match a public
	 * destination. */
	return !(b[0] == 0x20 && b[1] == 2) &&
	       !(b[0] == 0x20 && b[1] == 1 && !b[2] && !b[3]);
}

bool address_has_ipv6_loopback(void)
{
	struct in6_addr from;

	return find_source_address(&in6addr_loopback, &from);
}
