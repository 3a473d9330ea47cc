/* Reads the proxy variables of the environment, and chooses between them, -x
 * and the proxies of single hosts. */
#include "fetch/proxy.h"

#include <pthread.h>
#include <stdlib.h>

#include "fetch/noproxy.h"

/* Proxy variables. They are read once, because the environment does not change
 * while the program runs, and several threads need them. NULL: not set or
 * empty. */
static struct {
	const char *http, *https, *all, *none;
} env;

/* Returns the value of the first of two variables that is set and not empty, or
 * NULL. As in curl, an empty variable counts as not set. */
static const char *first_env_of(const char *name, const char *other)
{
	const char *value = getenv(name);

	if (value && *value)
		return value;
	value = other ? getenv(other) : NULL;
	return value && *value ? value : NULL;
}

static void read_environment(void)
{
	/* HTTP_PROXY is not read: in a CGI program it holds the client's
	 * "Proxy:" header (httpoxy, CVE-2016-5385). */
	env.http = first_env_of("http_proxy", NULL);
	env.https = first_env_of("https_proxy", "HTTPS_PROXY");
	env.all = first_env_of("all_proxy", "ALL_PROXY");
	env.none = first_env_of("no_proxy", "NO_PROXY");
}

static const char *env_proxy_for(const struct url *url)
{
	const char *proxy = NULL;

	if (url_scheme_is(url, "http"))
		proxy = env.http;
	else if (url_scheme_is(url, "https"))
		proxy = env.https;
	return proxy ? proxy : env.all;
}

const char *proxy_for(const struct fetch_config *config,
		      const struct url *url)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const struct host_rule *rule = host_rules_proxy(&config->hosts, url);
	const char *proxy = rule ? rule->proxy : config->proxy, *none;

	pthread_once(&once, read_environment);
	if (!proxy)
		proxy = env_proxy_for(url);
	/* As with curl, -x "" means no proxy. */
	if (!proxy || !*proxy)
		return NULL;
	/* localhost is this machine (RFC 6761, 6.3). A proxy would connect to
	 * the proxy's own machine instead. */
	if (url_host_is_under(url_host(url), "localhost"))
		return NULL;
	none = config->noproxy ? config->noproxy : env.none;
	return none && noproxy_matches(none, url) ? NULL : proxy;
}
