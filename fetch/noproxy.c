/* Matches URLs against --noproxy and no_proxy. curl's own check is not used
 * because the proxy decides whether the name is resolved here
 * (fetch/proxy.h). */
#include "fetch/noproxy.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SEPARATORS ", \t"

/* Reduces the token to its host: "[::1]" and "[::1]:80" to the text in the
 * brackets, "host:80" to the text before the colon; an IPv6 address without
 * brackets is not changed. Returns the port, -1 if there is none, or -2 if it
 * is not a valid port. */
static int split_port(struct slice *token)
{
	const char *end = token->p + token->len, *port;
	char *stop;
	long n;

	if (*token->p == '[') {
		port = memchr(token->p, ']', token->len);
		if (!port)
			return -2;
		*token = (struct slice){token->p + 1,
					(size_t)(port - token->p - 1)};
		port++;
		if (port == end)
			return -1;
	} else {
		port = memchr(token->p, ':', token->len);
		if (!port || memchr(port + 1, ':', (size_t)(end - port - 1)))
			return -1;
		token->len = (size_t)(port - token->p);
	}
	if (*port++ != ':' || port == end || *port < '0' || *port > '9')
		return -2;
	n = strtol(port, &stop, 10);
	return stop == end && n < 65536 ? (int)n : -2;
}

static bool domain_matches(struct slice token, struct slice host)
{
	const char *tail;

	if (host.len && host.p[host.len - 1] == '.')
		host.len--;
	if (token.len && token.p[token.len - 1] == '.')
		token.len--;
	if (token.len && *token.p == '.') {
		token.p++;
		token.len--;
	}
	if (!token.len || token.len > host.len)
		return false;
	tail = host.p + host.len - token.len;
	return !strncasecmp(tail, token.p, token.len) &&
	       (tail == host.p || tail[-1] == '.');
}

static bool same_bits(const unsigned char *a, const unsigned char *b,
		      unsigned bits)
{
	const unsigned bytes = bits / 8, rest = bits % 8;

	return !memcmp(a, b, bytes) &&
	       (!rest || (a[bytes] ^ b[bytes]) >> (8 - rest) == 0);
}

static bool address_matches(int family, struct slice token, struct slice host)
{
	const unsigned most = family == AF_INET ? 32 : 128;
	unsigned char network[16], address[16];
	char text[64], host_text[64], *slash, *end;
	unsigned long bits = most;

	if (token.len >= sizeof(text) || host.len >= sizeof(host_text))
		return false;
	memcpy(text, token.p, token.len);
	text[token.len] = '\0';
	memcpy(host_text, host.p, host.len);
	host_text[host.len] = '\0';
	slash = strchr(text, '/');
	if (slash) {
		*slash++ = '\0';
		bits = strtoul(slash, &end, 10);
		if (*slash < '0' || *slash > '9' || *end || bits > most)
			return false;
	}
	return inet_pton(family, text, network) == 1 &&
	       inet_pton(family, host_text, address) == 1 &&
	       same_bits(network, address, (unsigned)bits);
}

static bool token_matches(struct slice token, const struct url *url)
{
	struct slice host = url_host(url);
	int port;

	if (token.len == 1 && *token.p == '*')
		return true;
	port = split_port(&token);
	if (port != -1 && port != url_port(url))
		return false;
	if (url->host_kind == URL_HOST_IPV4)
		return address_matches(AF_INET, token, host);
	if (url->host_kind != URL_HOST_IPV6)
		return domain_matches(token, host);
	host.p++;
	host.len -= 2;
	return address_matches(AF_INET6, token, host);
}

bool noproxy_matches(const char *list, const struct url *url)
{
	for (const char *p = list + strspn(list, SEPARATORS); *p;) {
		const struct slice token = {p, strcspn(p, SEPARATORS)};

		if (token_matches(token, url))
			return true;
		p += token.len;
		p += strspn(p, SEPARATORS);
	}
	return false;
}
