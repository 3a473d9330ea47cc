/* Checks the fetch options before anything is fetched. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"
#include "fetch/curl/tls.h"
#include "fetch/dns/stage.h"
#include "fetch/fetch.h"

static char *check_trust(const struct fetch_config *config)
{
	struct tls_trust *trust;
	char *why;

	if (!config->cacert || config->insecure)
		return NULL;
	trust = tls_trust_new(config);
	why = tls_trust_load(trust);
	tls_trust_free(trust);
	return why;
}

/* Checks only the scheme of the proxy's URL. libcurl checks the rest of the
 * URL, but it would report an error for each request. */
static char *check_proxy(const char *proxy)
{
	static const char *const schemes[] = {"http", "https", "socks4",
					      "socks4a", "socks5", "socks5h"};
	size_t len;

	if (!proxy || !*proxy)
		return NULL;
	len = strstr(proxy, "://") ? (size_t)(strstr(proxy, "://") - proxy)
				   : 0;
	if (!len)
		return NULL;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
		if (strlen(schemes[i]) == len &&
		    !strncasecmp(proxy, schemes[i], len))
			return NULL;
	return xasprintf("--proxy: unknown scheme %.*s (known: http, https, "
			 "socks4, socks4a, socks5, socks5h)", (int)len, proxy);
}

static char *check_proxies(const struct fetch_config *config)
{
	char *why = check_proxy(config->proxy);

	for (size_t i = 0; i < config->hosts.len && !why; i++)
		why = check_proxy(config->hosts.items[i].proxy);
	return why;
}

/* Checks the cookie jar, because libcurl would fail to write it without a
 * message, at the end of the run. */
static char *check_jar(const char *path)
{
	int fd;

	if (!path)
		return NULL;
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return xasprintf("--cookie-jar: %s cannot be written: %s",
				 path, strerror(errno));
	close(fd);
	return NULL;
}

char *fetch_check(const struct fetch_config *config)
{
	char *why = check_trust(config);

	if (!why)
		why = check_proxies(config);
	if (!why)
		why = resolve_check(config);
	if (!why)
		why = tls_check_client(config);
	if (!why)
		why = check_jar(config->cookie_jar);
	return why;
}
