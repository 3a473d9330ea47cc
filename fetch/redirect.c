/* Follows redirects as the Fetch standard does (HTTP-redirect fetch), and sends
 * secrets only to the first origin. curl itself withholds only a few secrets
 * from other origins (Authorization, Cookie, -u). */
#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "base/secret_rules.h"
#include "fetch/fetch.h"
#include "fetch/hop.h"
#include "fetch/policy.h"

bool hop_is_redirect(const struct job *job, const struct fetch_config *config)
{
	if (config->max_redirs == 0)
		return false;
	/* The body of a redirect is not used, so its size does not matter. */
	if (job->err && job->err != ERR_TOO_LARGE)
		return false;
	switch (job->res.status) {
	case 301:
	case 302:
	case 303:
	case 307:
	case 308:
		return true;
	default:
		return false;
	}
}

static bool becomes_get(const struct hop *hop, int status)
{
	const bool was_post = !strcmp(hop->method, "POST");
	const bool was_get = !strcmp(hop->method, "GET") ||
			     !strcmp(hop->method, "HEAD");

	return ((status == 301 || status == 302) && was_post) ||
	       (status == 303 && !was_get);
}

static void change_method(struct hop *hop, int status)
{
	if (becomes_get(hop, status)) {
		hop->method = "GET";
		hop->body = (struct slice){0};
	}
}

/* Copies user and password from one URL to the next within an origin, as curl
 * does. */
static void keep_userinfo(struct url *to, const struct url *from)
{
	const struct slice user = url_username(from);
	const struct slice password = url_password(from);
	struct url with = {0};
	char *href;

	if (!(user.len || password.len) || url_username(to).len ||
	    url_password(to).len)
		return;
	href = xasprintf("%.*s://%.*s:%.*s@%s", (int)to->scheme_end, to->href,
			 (int)user.len, user.p, (int)password.len, password.p,
			 to->href + to->host_start);
	if (url_parse(&with, href, strlen(href), NULL) == 0) {
		url_release(to);
		*to = with;
	}
	free(href);
}

/* Adds the redirecting URL and its status. The chain becomes a part of the
 * record. */
void fetch_add_to_chain(struct buf *chain, const struct job *job)
{
	char *url = url_plain(&job->hop.url);

	buf_addf(chain, "%s{\"status\":%d,\"url\":", chain->len ? "," : "",
		 job->res.status);
	json_add_string(chain, url, strlen(url));
	buf_addch(chain, '}');
	free(url);
}

static void follow_to(struct job *job, struct url *next)
{
	struct hop *hop = &job->hop;
	const struct slice fragment = url_fragment(&hop->url);

	fetch_add_to_chain(&hop->chain, job);
	if (!url_fragment(next).len && fragment.len)
		url_set_fragment(next, fragment.p, fragment.len);
	if (!url_same_origin(next, &hop->url))
		hop->no_credentials = true;
	else if (!hop->no_credentials)
		keep_userinfo(next, &hop->url);
	change_method(hop, job->res.status);
	url_release(&hop->url);
	hop->url = *next;
	*next = (struct url){0};
	hop->is_private = policy_host_is_private(&hop->url);
	free(hop->addresses);
	hop->addresses = NULL;
	free(hop->authorization);
	hop->authorization = NULL;
	hop->redirects++;
	hop->from_public |= job->res.from_public;
	job_clear_result(job);
}

/* Returns true, and fails the job, if the body contains a secret and would be
 * sent to another origin. (Without its body, the request would be a different
 * one.) */
static bool fail_secret_body(struct job *job, const struct url *next)
{
	const struct hop *hop = &job->hop;
	const struct slice scheme = url_scheme(next), host = url_host(next);
	struct buf secret = {0};
	bool yes;

	if (!hop->body.len || becomes_get(hop, job->res.status) ||
	    url_same_origin(next, &hop->url))
		return false;
	yes = secret_body(hop->body.p, hop->body.len, &secret);
	if (yes)
		job_fail(job, ERR_BLOCKED, "HTTP %d redirects the body to "
			 "another origin, %.*s://%.*s:%d, but the body holds "
			 "a secret (%s), which is only sent to the first "
			 "origin", job->res.status, (int)scheme.len, scheme.p,
			 (int)host.len, host.p, url_port(next),
			 buf_cstr(&secret));
	buf_release(&secret);
	return yes;
}

static void fail_location(struct job *job, struct slice location)
{
	struct buf shown = {0};

	secret_url_show(&shown, location.p, location.len);
	job_fail(job, ERR_REDIRECTS, "a redirect to a URL that cannot be "
		 "parsed: %.200s", buf_cstr(&shown));
	buf_release(&shown);
}

static int parse_location(struct url *next, struct slice location,
			  const struct url *base,
			  const struct fetch_config *config)
{
	struct buf bytes = {0};
	int result;

	url_encode_non_utf8(&bytes, location.p, location.len);
	result = url_parse(next, bytes.data, bytes.len, base);
	buf_release(&bytes);
	if (!result && config->drops_logins)
		url_drop_login(next);
	return result;
}

/* Returns true if the target of a redirect is its URL, or in its chain. */
static bool is_loop(const struct url *from, const struct buf *chain,
		    const struct url *to)
{
	struct buf member = {0};
	char *url = url_plain(to), *current = url_plain(from);
	bool is;

	/* Same form as the end of an object that fetch_add_to_chain()
	 * writes. */
	buf_addstr(&member, "\"url\":");
	json_add_string(&member, url, strlen(url));
	buf_addch(&member, '}');
	is = !strcmp(url, current) ||
	     (chain->len && memmem(chain->data, chain->len, member.data,
				   member.len));
	buf_release(&member);
	free(current);
	free(url);
	return is;
}

void fetch_end_redirect(struct job *job, const struct buf *chain,
			const struct url *to)
{
	if (is_loop(&job->hop.url, chain, to))
		job_fail(job, ERR_REDIRECTS, "the redirects form a loop");
	free(job->res.final_url);
	job->res.final_url = xmemdup(to->href, to->len);
}

bool fetch_redirect_target(const struct job *job,
			   const struct fetch_config *config, struct url *to)
{
	struct slice location = {0};

	return !job->cancelled && hop_is_redirect(job, config) &&
	       job->hop.redirects < config->max_redirs &&
	       headers_get(&job->res.headers, "location", &location) &&
	       location.len &&
	       !parse_location(to, location, &job->hop.url, config);
}

void hop_redirect(struct job *job, const struct fetch_config *config)
{
	struct slice location = {0};
	struct url next = {0};

	if (!headers_get(&job->res.headers, "location", &location) ||
	    !location.len)
		job_fail(job, ERR_REDIRECTS, "HTTP %d without a Location: "
			 "there is no URL to follow", job->res.status);
	else if (job->hop.redirects >= config->max_redirs)
		job_fail(job, ERR_REDIRECTS, "more than %u redirects",
			 config->max_redirs);
	else if (parse_location(&next, location, &job->hop.url, config))
		fail_location(job, location);
	else if (!url_scheme_is(&next, "http") &&
		 !url_scheme_is(&next, "https"))
		job_fail(job, ERR_BLOCKED, "a redirect to %.*s: is not "
			 "followed, only http and https are",
			 (int)url_scheme(&next).len, url_scheme(&next).p);
	else if (!fail_secret_body(job, &next))
		follow_to(job, &next);
	url_release(&next);
}
