/* Sets up the first hop of an attempt from the request in the input. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/secret_rules.h"
#include "fetch/fetch.h"
#include "fetch/hop.h"
#include "fetch/policy.h"

static bool is_scheme_char(char c)
{
	return isalnum((unsigned char)c) || c == '+' || c == '-' || c == '.';
}

/* Returns true if s begins with a port. In "example.com:8080/x", the host looks
 * like a scheme, but it is followed by a port. */
static bool is_port(const char *s)
{
	const size_t digits = strspn(s, "0123456789");

	return digits > 0 && (s[digits] == '\0' || strchr("/?#", s[digits]));
}

static bool has_scheme(const char *s)
{
	size_t len = 0;

	if (strstr(s, "://"))
		for (const char *p = s; is_scheme_char(*p); p++)
			if (!strncmp(p + 1, "://", 3))
				return true;
	if (!isalpha((unsigned char)*s))
		return false;
	while (is_scheme_char(s[len]))
		len++;
	return s[len] == ':' && !is_port(s + len + 1);
}

/* Returns true for "http://", "https:///?q" and the like: there is no host
 * after the slashes. */
static bool lacks_host(const char *s)
{
	if (!strncasecmp(s, "http:", 5))
		s += 5;
	else if (!strncasecmp(s, "https:", 6))
		s += 6;
	else
		return false;
	s += strspn(s, "/\\");
	return !*s || *s == '?' || *s == '#';
}

static int parse_given(struct job *job, const struct fetch_config *config)
{
	const char *given = job->req.url;
	char *full = NULL;
	int result;

	if (!has_scheme(given))
		given = full = xasprintf("%s:%s%s", config->proto_default,
					 strncmp(given, "//", 2) ? "//" : "",
					 given);
	result = config->path_as_is
			 ? url_parse_as_is(&job->hop.url, given, strlen(given))
			 : url_parse(&job->hop.url, given, strlen(given), NULL);
	if (result && lacks_host(given))
		job_fail(job, ERR_URL, "the URL has no host");
	free(full);
	return result;
}

void hop_reset(struct job *job, const struct fetch_config *config)
{
	struct hop *hop = &job->hop;

	url_release(&hop->url);
	free(hop->addresses);
	free(hop->authorization);
	buf_release(&hop->chain);
	*hop = (struct hop){
		.no_credentials = job->req.no_credentials,
		.from_public = job->req.from_public,
	};
	if (parse_given(job, config)) {
		job_fail(job, ERR_URL, "the URL cannot be parsed");
		return;
	}
	hop->is_private = policy_host_is_private(&hop->url);
	if (config->query)
		url_append_query(&hop->url, config->query);
	if (job->req.params)
		url_append_query(&hop->url, job->req.params);
	if (job->req.has_body)
		hop->body = (struct slice){buf_cstr(&job->req.body),
					   job->req.body.len};
	else if (config->body)
		hop->body = (struct slice){config->body, config->body_len};
	if (job->req.method)
		hop->method = job->req.method;
	else if (config->method && !job->req.has_body)
		hop->method = config->method;
	else
		hop->method = hop->body.p ? "POST" : "GET";
	if (!strcmp(hop->method, "HEAD"))
		hop->body = (struct slice){0};
}

/* Fails the job if its body contains a secret, and its URL, which comes from an
 * earlier reply, is of another origin than the one that the secrets are for. */
static void fail_secret_body(struct job *job)
{
	const struct hop *hop = &job->hop;
	struct buf secret = {0};

	if (!hop->no_credentials ||
	    !secret_body(hop->body.p, hop->body.len, &secret))
		return;
	job_fail(job, ERR_BLOCKED, "a reply named this URL, which is of "
		 "another origin, and the body holds a secret (%s), which is "
		 "not sent there", buf_cstr(&secret));
	buf_release(&secret);
}

void fetch_prepare(struct job *job, const struct fetch_config *config)
{
	const struct url *url = &job->hop.url;
	struct slice scheme;

	hop_reset(job, config);
	if (job->err)
		return;
	scheme = url_scheme(url);
	if (!url_scheme_is(url, "http") && !url_scheme_is(url, "https"))
		job_fail(job, ERR_BLOCKED, "only http and https are fetched, "
			 "not %.*s", (int)(scheme.len < 40 ? scheme.len : 40),
			 scheme.p);
	else if (url_host(url).len == 0)
		job_fail(job, ERR_URL, "the URL has no host");
	else
		fail_secret_body(job);
}

void fetch_begin(struct job *job, const struct fetch_config *config, msec now)
{
	const msec max_time = job->req.max_time > 0 ? job->req.max_time
						    : config->max_time;

	job->hop.started = now;
	if (job->hop.redirects > 0) {
		/* Between two hops, deadline holds the time that is left, so
		 * adding now makes it a deadline again. */
		job->deadline += now;
		return;
	}
	job->attempts++;
	if (job->attempts == 1)
		job->first_start = now;
	job->deadline = now + max_time;
}
