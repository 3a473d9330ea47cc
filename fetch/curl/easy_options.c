/*
 * Options of libcurl handles. Most options are the same for every job and set
 * once. Options that depend on the hop are all set again for each job, because
 * the handle was used for another job before. If libcurl refused an option, the
 * other job's value would stay in its place, or a GET would be sent instead of
 * a DELETE. So EASY_SET() records the first failure, and the request is not
 * sent.
 */
#include "fetch/curl/easy_options.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/percent.h"
#include "base/secret_rules.h"
#include "base/secrets.h"
#include "fetch/curl/cookies.h"
#include "fetch/curl/easy_headers.h"
#include "fetch/curl/easy_url.h"
#include "fetch/curl/tls.h"
#include "fetch/method.h"
#include "fetch/proxy.h"

/* Returns true if HTTP/2 may be negotiated. Over cleartext, --http2 would make
 * libcurl send an upgrade request, which servers ignore. */
static bool may_be_http2(const struct fetch_config *config,
			 const struct url *url)
{
	return config->http_version != HTTP_1_1 && url_scheme_is(url, "https");
}

static long ip_version(enum ip_version version)
{
	switch (version) {
	case IP_4:
		return CURL_IPRESOLVE_V4;
	case IP_6:
		return CURL_IPRESOLVE_V6;
	case IP_ANY:
		break;
	}
	return CURL_IPRESOLVE_WHATEVER;
}

static void set_method(struct transfer *t, const struct job *job)
{
	const struct hop *hop = &job->hop;
	const bool plain_get = !strcmp(hop->method, "GET") && !hop->body.p;

	EASY_SET(t, CURLOPT_HTTPGET, 1L);
	EASY_SET(t, CURLOPT_CUSTOMREQUEST,
			 plain_get ? NULL : hop->method);
	if (plain_get)
		return;
	if (!strcmp(hop->method, "HEAD")) {
		/* If "HEAD" were set as a custom method, libcurl would wait for
		 * a body. */
		EASY_SET(t, CURLOPT_CUSTOMREQUEST, NULL);
		EASY_SET(t, CURLOPT_NOBODY, 1L);
	} else if (hop->body.p || method_wants_body(hop->method)) {
		EASY_SET(t, CURLOPT_POST, 1L);
		EASY_SET(t, CURLOPT_POSTFIELDS,
				 hop->body.p ? hop->body.p : "");
		EASY_SET(t, CURLOPT_POSTFIELDSIZE_LARGE,
				 (curl_off_t)hop->body.len);
	}
}

static void set_login(struct transfer *t, const struct slice user,
		      const struct slice password)
{
	struct buf u = {0}, p = {0};

	percent_decode(&u, user.p, user.len);
	percent_decode(&p, password.p, password.len);
	EASY_SET(t, CURLOPT_USERNAME, buf_cstr(&u));
	EASY_SET(t, CURLOPT_PASSWORD, buf_cstr(&p));
	buf_release(&u);
	buf_release(&p);
}

/* Sets user and password from -u, or else from the URL. As with all given
 * credentials, -u is only used for the first origin. */
static void set_user(struct transfer *t, const struct job *job,
		     const char *given)
{
	const struct slice user = url_username(&job->hop.url);
	const struct slice password = url_password(&job->hop.url);

	if (given && !job->hop.no_credentials)
		EASY_SET(t, CURLOPT_USERPWD, given);
	else if (user.len || password.len)
		set_login(t, user, password);
	else
		EASY_SET(t, CURLOPT_USERPWD, NULL);
}

/* Returns true if the URL (of -e) contains a password or token. */
static bool is_secret_url(const char *url)
{
	const size_t len = strlen(url);
	struct slice secret;
	size_t at = 0;

	return secret_url_next(url, len, &at, &secret) ||
	       secrets_are_in(url, len);
}

/* Returns the rule with a login for the hop's host. A login in the URL itself
 * outweighs it. */
static const struct host_rule *login_rule(const struct fetch_config *config,
					  const struct url *url)
{
	return url_username(url).len || url_password(url).len
		? NULL : host_rules_login(&config->hosts, url);
}

/* Sets the login: that of the hop's host, or else that of the run. */
static void set_logins(struct transfer *t, const struct job *job)
{
	const struct fetch_config *config = t->shared->config;
	const struct host_rule *rule = login_rule(config, &job->hop.url);
	const char *bearer = rule ? rule->bearer : config->bearer;

	const char *user = rule ? rule->user : config->user;

	if (job->hop.no_credentials || job->hop.authorization)
		bearer = user = NULL;
	set_user(t, job, user);
	if (!config->bearer && !config->hosts.len)
		return;
	EASY_SET(t, CURLOPT_XOAUTH2_BEARER, bearer);
	EASY_SET(t, CURLOPT_HTTPAUTH, bearer ? (long)CURLAUTH_BEARER
					     : (long)CURLAUTH_BASIC);
}

static void set_credentials(struct transfer *t, const struct job *job)
{
	const struct fetch_config *config = t->shared->config;
	const bool may_send = !job->hop.no_credentials;

	set_logins(t, job);
	if (config->cert) {
		EASY_SET(t, CURLOPT_SSLCERT, may_send ? config->cert : NULL);
		EASY_SET(t, CURLOPT_SSLKEY, may_send ? config->key : NULL);
	}
	if (t->shared->cookies)
		EASY_SET(t, CURLOPT_COOKIE,
			 may_send ? cookies_from_options(t->shared->cookies)
				  : NULL);
	if (config->referer)
		EASY_SET(t, CURLOPT_REFERER,
			 may_send || !is_secret_url(config->referer)
				 ? config->referer : NULL);
}

/* Passes the addresses that this program's resolver has found to libcurl. "+"
 * lets the entry expire, so that libcurl's cache does not grow during a long
 * run. */
static void set_addresses(struct transfer *t, const struct job *job)
{
	const struct slice host = url_host(&job->hop.url);
	const bool many = job->hop.addresses &&
			  strchr(job->hop.addresses, ',');
	struct buf entry = {0};

	/* libcurl divides this time between the addresses;
	 * fetch/curl/timeouts.c limits the total. */
	EASY_SET(t, CURLOPT_CONNECTTIMEOUT_MS,
			 many ? (long)t->shared->config->connect_timeout : 0L);
	if (!job->hop.addresses) {
		EASY_SET(t, CURLOPT_RESOLVE, NULL);
		return;
	}
	buf_addf(&entry, "+%.*s:%d:%s", (int)host.len, host.p,
		 url_port(&job->hop.url), job->hop.addresses);
	t->resolve = mem_must(curl_slist_append(t->resolve,
						buf_cstr(&entry)));
	EASY_SET(t, CURLOPT_RESOLVE, t->resolve);
	buf_release(&entry);
}

/* Makes libcurl purge its DNS cache rarely. After each transfer it scans all
 * cached addresses for expired ones, which takes 0.25 ms with 20,000 hosts in a
 * minute. So only one transfer of many scans the cache; for all other
 * transfers, addresses never expire. */
static void set_dns_cache_timeout(struct transfer *t)
{
	enum { OTHERS = 64, SECONDS = 60 };

	EASY_SET(t, CURLOPT_DNS_CACHE_TIMEOUT,
			 t->hops++ % OTHERS ? -1L : (long)SECONDS);
}

/* Returns true if libcurl would mark the connection so that it cannot be used
 * for other hosts: with an IPv6 address as the host, libcurl 7.88 puts the host
 * of all requests on a connection into brackets ("Host: [example.org]"), and
 * otherwise of none. Requests for several hosts share a connection only if it
 * is one to a proxy. */
static bool needs_own_connection(const struct url *url, const char *proxy)
{
	return proxy && url->host_kind == URL_HOST_IPV6;
}

/*
 * If a reused connection has died, libcurl resends the request by itself: once,
 * or five times if the request is idempotent. So a request that must not be
 * repeated gets a fresh connection, and so does a third attempt.
 */
static void set_connection(struct transfer *t, const struct job *job,
			   const char *proxy)
{
	const bool is_own = needs_own_connection(&job->hop.url, proxy);

	EASY_SET(t, CURLOPT_FRESH_CONNECT,
			 is_own || !method_is_idempotent(job->hop.method) ||
			 job->attempts > 2 ? 1L : 0L);
	EASY_SET(t, CURLOPT_FORBID_REUSE, is_own ? 1L : 0L);
}

void easy_set_up(struct transfer *t)
{
	const struct transfer_shared *shared = t->shared;
	const struct fetch_config *config = shared->config;

	EASY_SET(t, CURLOPT_PRIVATE, t);
	EASY_SET(t, CURLOPT_NOSIGNAL, 1L);
	EASY_SET(t, CURLOPT_ERRORBUFFER, t->message);
	EASY_SET(t, CURLOPT_PROTOCOLS_STR, "http,https");
	EASY_SET(t, CURLOPT_FOLLOWLOCATION, 0L);
	EASY_SET(t, CURLOPT_PATH_AS_IS, 1L);
	EASY_SET(t, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	/* The parse worker decodes content codings: it notices a truncated body
	 * (which libcurl 7.88 reports as a success), and the work is spread
	 * over the processors. */
	EASY_SET(t, CURLOPT_HTTP_CONTENT_DECODING, 0L);
	EASY_SET(t, CURLOPT_IPRESOLVE,
			 ip_version(config->ip_version));
	if (config->netrc)
		EASY_SET(t, CURLOPT_NETRC, CURL_NETRC_OPTIONAL);
	/* proxy_for() has applied --noproxy already, so libcurl must not check
	 * again. */
	EASY_SET(t, CURLOPT_NOPROXY, "");
	if (shared->on_close) {
		EASY_SET(t, CURLOPT_CLOSESOCKETFUNCTION,
				 shared->on_close);
		EASY_SET(t, CURLOPT_CLOSESOCKETDATA, shared->ctx);
	}
	tls_trust_apply(shared->trust, t);
	cookies_apply(shared->cookies, t);
}

void easy_set_hop(struct transfer *t, const struct job *job)
{
	const struct transfer_shared *shared = t->shared;
	const char *proxy = proxy_for(shared->config, &job->hop.url);
	struct curl_slist *headers = job->hop.no_credentials
		? shared->headers_cross_origin : shared->headers;
	const bool http2 = may_be_http2(shared->config, &job->hop.url);

	easy_set_url(t, &job->hop.url, !proxy);
	set_method(t, job);
	set_credentials(t, job);
	set_addresses(t, job);
	if (easy_wants_own_headers(job, shared->config))
		headers = t->own_headers =
			easy_own_headers(job, shared->config, headers);
	EASY_SET(t, CURLOPT_HTTPHEADER, headers);
	/* HTTP/2 is allowed only for https (2TLS): over cleartext, libcurl 7.88
	 * would believe a reply that claims HTTP/2, and mix up the replies that
	 * follow. */
	EASY_SET(t, CURLOPT_HTTP_VERSION,
			 http2 ? (long)CURL_HTTP_VERSION_2TLS
			       : (long)CURL_HTTP_VERSION_1_1);
	/* Requests to a host that may use HTTP/2 wait until its first
	 * connection shows whether it does; over cleartext they would wait in
	 * vain. */
	EASY_SET(t, CURLOPT_PIPEWAIT, http2 ? 1L : 0L);
	set_dns_cache_timeout(t);
	/* "" keeps libcurl from reading the environment, which takes 3 % of a
	 * small request. */
	EASY_SET(t, CURLOPT_PROXY, proxy ? proxy : "");
	set_connection(t, job, proxy);
}
