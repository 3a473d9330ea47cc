/*
 * Which proxy a URL goes through: -x and --noproxy, or the environment as
 * curl reads it (http_proxy in lower case only, https_proxy, HTTPS_PROXY,
 * all_proxy, ALL_PROXY, no_proxy, NO_PROXY). "localhost" and names that end in
 * ".localhost" never do, whatever is set; addresses of the loopback interface
 * are as others (curl sends both to the proxy). Decided by us and told to
 * libcurl, because a request through a proxy must not be resolved here.
 */
#ifndef FETCH_PROXY_H
#define FETCH_PROXY_H

#include "base/url/url.h"
#include "fetch/config.h"

/* Borrowed from the configuration or the environment; NULL: none. Cheap when
 * no proxy is set at all. */
const char *proxy_for(const struct fetch_config *config,
		      const struct url *url);

#endif
