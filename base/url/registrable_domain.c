#include "base/url/registrable_domain.h"

#include <libpsl.h>
#include <stdlib.h>

#include "base/mem.h"

char *url_host_name(const struct url *url)
{
	struct slice host = url_host(url);

	if (host.len > 1 && host.p[host.len - 1] == '.')
		host.len--;
	return xmemdup(host.p, host.len);
}

char *url_registrable_domain(const struct url *url)
{
	const psl_ctx_t *suffixes = psl_builtin();
	char *host = url_host_name(url);
	const char *domain = NULL;
	char *copy;

	if (suffixes && url->host_kind == URL_HOST_DOMAIN)
		domain = psl_registrable_domain(suffixes, host);
	if (!domain)
		return host;
	copy = xstrdup(domain);
	free(host);
	return copy;
}
