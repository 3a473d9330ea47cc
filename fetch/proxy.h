/*
 * Selects the proxy for a URL: that of the host (fetch/host_rules.h) or -x, and
 * --noproxy; or the environment as curl reads it (http_proxy in lower case
 * only, https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY, no_proxy, NO_PROXY).
 * "localhost" and names that end in
 * ".localhost" never use a proxy, whatever is set; loopback addresses are
 * treated like other addresses. (curl sends requests for all of these to the
 * proxy.) The choice is made here and passed to libcurl, because this program
 * must not resolve the host of a request through a proxy.
 */
#ifndef FETCH_PROXY_H
#define FETCH_PROXY_H

#include "base/url/url.h"
#include "fetch/config.h"

/* Returns the proxy for the URL, borrowed from the configuration or the
 * environment; NULL: no proxy is to be used. Cheap if no proxy is set at
 * all. */
const char *proxy_for(const struct fetch_config *config,
		      const struct url *url);

#endif
