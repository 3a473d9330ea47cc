/* Callbacks of libcurl for headers, body and connection, and the conversion of
 * a finished transfer into the job's response, timing and error. */
#include "fetch/curl/transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/job/headers.h"
#include "base/job/send_permit.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "fetch/cookie_date.h"
#include "fetch/curl/capture.h"
#include "fetch/curl/cookies.h"
#include "fetch/curl/easy_headers.h"
#include "fetch/curl/easy_options.h"
#include "fetch/curl/easy_url.h"
#include "fetch/curl/error.h"
#include "fetch/curl/slow_body.h"
#include "fetch/curl/tls.h"
#include "fetch/curl/tls_info.h"
#include "fetch/curl/transfer_times.h"
#include "fetch/body_budget.h"
#include "fetch/hop.h"
#include "fetch/policy.h"
#include "fetch/proxy.h"
#include "fetch/ratelimit_headers.h"

void transfer_shared_open(struct transfer_shared *shared,
			  const struct fetch_config *config)
{
	*shared = (struct transfer_shared){
		.config = config,
		.trust = tls_trust_new(config),
		.cookies = cookies_open(config),
	};
	easy_headers(config, &shared->headers, &shared->headers_cross_origin);
}

void transfer_shared_close(struct transfer_shared *shared)
{
	curl_slist_free_all(shared->headers);
	curl_slist_free_all(shared->headers_cross_origin);
	cookies_close(shared->cookies);
	tls_trust_free(shared->trust);
	*shared = (struct transfer_shared){0};
}

enum { RESERVE_MAX = 16 << 20, TRAILER_MAX = 1 << 16 };

/* Reserves memory for a body of the declared length, unless that length is
 * implausibly large. Returns false if the length exceeds --max-filesize. */
static bool expect_body(struct transfer *t)
{
	const uint64_t most = t->shared->config->max_filesize;
	curl_off_t declared = -1;

	curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
			  &declared);
	if (declared <= 0 || t->job->req.prefix)
		return true;
	if ((uint64_t)declared > most) {
		job_fail(t->job, ERR_TOO_LARGE, "the response declares %lld "
			 "bytes, more than --max-filesize (%llu)",
			 (long long)declared, (unsigned long long)most);
		return false;
	}
	if (declared <= RESERVE_MAX)
		buf_reserve(&t->job->res.body, (size_t)declared);
	return true;
}

static long status_of(const struct transfer *t)
{
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

/* Records facts about the response that are available only while the transfer
 * runs. */
static void note_response(struct transfer *t)
{
	struct job *job = t->job;

	t->began = timestamp_now();
	if (!t->shared->config->tls_info ||
	    !url_scheme_is(&job->hop.url, "https"))
		return;
	free(job->res.tls);
	job->res.tls = tls_info_read(t->easy, t->began / 1000);
}

/* Begins a response with its status line. Rejects a status line of HTTP/2 if
 * the TLS connection did not negotiate HTTP/2: libcurl 7.88 would believe it,
 * send further requests over this connection before earlier replies have
 * arrived, and mix the replies up. */
static bool begin_response(struct transfer *t, const char *line, size_t len)
{
	struct job *job = t->job;

	note_response(t);
	if (len >= 6 && line[5] == '2' &&
	    url_scheme_is(&job->hop.url, "https") && !tls_is_http2(t->easy)) {
		job_fail(job, ERR_HTTP, "an HTTP/2 status line on a "
			 "connection that is not HTTP/2");
		return false;
	}
	buf_clear(&job->res.headers);
	t->in_headers = true;
	t->may_have_ratelimit = false;
	return true;
}

/* Counts the bytes of trailers. Returns false if there are too many: the
 * program does not use trailers, but libcurl keeps all of them in memory. */
static bool take_trailer(struct transfer *t, size_t len)
{
	t->trailer += len;
	if (t->trailer <= TRAILER_MAX)
		return true;
	job_fail(t->job, ERR_HTTP, "the trailer section is too long");
	return false;
}

/* Collects the header fields of the final response. The fields of a 1xx reply
 * are dropped when the next status line arrives; trailers are skipped. */
static size_t on_header(char *data, size_t size, size_t count, void *ctx)
{
	struct transfer *t = ctx;
	struct job *job = t->job;
	const size_t len = size * count;

	capture_line(t, data, len);
	if (t->headers_end)
		return take_trailer(t, len) ? len : 0;
	if (!t->in_headers)
		return begin_response(t, data, len) ? len : 0;
	if (len && data[0] != '\r' && data[0] != '\n') {
		headers_add_line(&job->res.headers, data, len);
		if (t->shared->cookies)
			cookie_date_correct(t->easy, data, len,
					    url_host(&job->hop.url));
		t->may_have_ratelimit |=
			ratelimit_header_is_candidate(data, len);
		return len;
	}
	t->in_headers = false;
	t->headers_end = status_of(t) >= 200;
	return !t->headers_end || job->res.head_only || expect_body(t) ? len
								       : 0;
}

/* Returns the number of the next len bytes of the body that the job wants. */
static size_t wanted_bytes(const struct job *job, size_t len)
{
	const size_t prefix = job->req.prefix, had = job->res.body.len;

	return prefix && len > prefix - had ? prefix - had : len;
}

static bool is_too_large(const struct transfer *t, size_t len)
{
	return !t->job->req.prefix && t->job->res.body.len + len >
					      t->shared->config->max_filesize;
}

static size_t on_body(char *data, size_t size, size_t count, void *ctx)
{
	struct transfer *t = ctx;
	struct job *job = t->job;
	struct body_budget *budget = t->shared->config->body_budget;
	const size_t len = wanted_bytes(job, size * count);

	if (is_too_large(t, len)) {
		job_fail(job, ERR_TOO_LARGE, "the response is larger than "
			 "--max-filesize (%llu bytes)", (unsigned long long)
			 t->shared->config->max_filesize);
		return 0;
	}
	if (!body_budget_may_grow(budget, t) && !t->shared->on_budget_spent(t))
		return CURL_WRITEFUNC_PAUSE;
	body_budget_charge(budget, len);
	job->res.charged += len;
	buf_add(&job->res.body, data, len);
	t->has_prefix = len < size * count;
	return len;
}

/* Called by libcurl before each request is sent, also on a reused connection.
 * peer is the address that is really connected, whichever addresses were
 * resolved. */
static int on_connected(void *ctx, char *peer, char *local, int peer_port,
			int local_port)
{
	struct transfer *t = ctx;
	struct job *job = t->job;

	t->connected = true;
	(void)local;
	(void)peer_port;
	(void)local_port;
	if (send_permit_is_over(job->permit)) {
		job_fail(job, ERR_CANCELLED, "the time to send it has ended");
		return CURL_PREREQFUNC_ABORT;
	}
	if (!policy_applies(job, t->shared->config) ||
	    proxy_for(t->shared->config, &job->hop.url) ||
	    policy_text_is_public(peer, strlen(peer)))
		return CURL_PREREQFUNC_OK;
	job_fail(job, ERR_BLOCKED, "a redirect from a public address to a "
		 "private one (%s) is not followed (--allow-private)", peer);
	return CURL_PREREQFUNC_ABORT;
}

void transfer_free(struct transfer *t)
{
	if (!t)
		return;
	curl_easy_cleanup(t->easy);
	easy_url_release(t);
	free(t);
}

struct transfer *transfer_new(const struct transfer_shared *shared)
{
	struct transfer *t = xcalloc(1, sizeof(*t));

	t->shared = shared;
	t->easy = curl_easy_init();
	if (!t->easy) {
		free(t);
		return NULL;
	}
	easy_set_up(t);
	EASY_SET(t, CURLOPT_HEADERFUNCTION, on_header);
	EASY_SET(t, CURLOPT_HEADERDATA, t);
	EASY_SET(t, CURLOPT_WRITEFUNCTION, on_body);
	EASY_SET(t, CURLOPT_WRITEDATA, t);
	EASY_SET(t, CURLOPT_PREREQFUNCTION, on_connected);
	EASY_SET(t, CURLOPT_PREREQDATA, t);
	capture_set_up(t);
	if (t->refused == CURLE_OK)
		return t;
	transfer_free(t);
	return NULL;
}

int transfer_start(struct transfer *t, struct job *job)
{
	t->job = job;
	t->refused = CURLE_OK;
	t->connected = t->in_headers = t->headers_end = false;
	t->certificate_wanted = false;
	t->may_have_ratelimit = false;
	t->stopped = t->paused = t->has_prefix = false;
	t->trailer = 0;
	t->began = 0;
	t->message[0] = '\0';
	job->res.head_only = !strcmp(job->hop.method, "HEAD");
	capture_begin(t);
	easy_set_hop(t, job);
	return t->refused == CURLE_OK ? 0 : -1;
}

/* Returns the HTTP version in the status line. */
static const char *http_version_of(const struct transfer *t)
{
	long version = CURL_HTTP_VERSION_NONE;

	curl_easy_getinfo(t->easy, CURLINFO_HTTP_VERSION, &version);
	switch (version) {
	case CURL_HTTP_VERSION_1_0:
		return "1.0";
	case CURL_HTTP_VERSION_1_1:
		return "1.1";
	case CURL_HTTP_VERSION_2_0:
		return "2";
	case CURL_HTTP_VERSION_3:
		return "3";
	default:
		return NULL;
	}
}

/* Remembers the answer, because a handle mostly talks to one server, and
 * parsing an address takes 400 instructions. */
static bool peer_is_public(struct transfer *t, const char *peer)
{
	if (strcmp(t->peer, peer) != 0) {
		snprintf(t->peer, sizeof(t->peer), "%s", peer);
		t->peer_is_public = policy_text_is_public(peer, strlen(peer));
	}
	return t->peer_is_public;
}

static void take_peer(struct response *res, const char *peer)
{
	const size_t len = peer ? strlen(peer) : 0;

	if (len && len < sizeof(res->ip))
		memcpy(res->ip, peer, len + 1);
}

static void take_response(struct transfer *t, msec now)
{
	struct response *res = &t->job->res;
	const struct url *url = &t->job->hop.url;
	const char *peer = NULL;
	const long status = status_of(t);

	if (status < 200)
		return;
	curl_easy_getinfo(t->easy, CURLINFO_PRIMARY_IP, &peer);
	res->from_public = proxy_for(t->shared->config, url)
		? policy_may_be_public(url)
		: peer && peer_is_public(t, peer);
	res->status = (int)status;
	res->began = t->began;
	res->http_version = http_version_of(t);
	take_peer(res, peer);
	if (t->may_have_ratelimit)
		res->ratelimit = ratelimit_headers_read(
			&res->headers, now, time(NULL),
			t->shared->config->retry_max_time);
	if (status == 204 || status == 304)
		res->head_only = true;
	res->final_url = url_plain(url);
}

/* Sets the error for an option that libcurl has refused: memory was short, or a
 * text, the URL, was longer than 8 MB (libcurl's CURL_MAX_INPUT_LENGTH). */
static void fail_refused(const struct transfer *t)
{
	const char *why = curl_easy_strerror(t->refused);

	if (t->refused == CURLE_BAD_FUNCTION_ARGUMENT)
		job_fail(t->job, ERR_URL, "not sent: the URL is longer than "
			 "8 MB");
	else
		job_fail(t->job, ERR_INTERNAL, "not sent: libcurl refused an "
			 "option of the request: %s", why);
	t->job->temporary = t->refused == CURLE_OUT_OF_MEMORY;
}

/* Fails a job whose response has no complete headers, which libcurl 7.88
 * reports as a success. */
static void fail_without_headers(const struct transfer *t)
{
	struct job *job = t->job;

	if (status_of(t) == 101) {
		job_fail(job, ERR_HTTP, "the server switched to another "
			 "protocol (HTTP 101)");
		return;
	}
	job_fail(job, ERR_HTTP, "the connection was closed in the middle of "
		 "the headers");
	job->temporary = true;
}

void transfer_time_out(struct transfer *t, msec now)
{
	struct job *job = t->job;
	const double seconds = (now - job->hop.started) / 1e3;

	if (!t->connected)
		job_fail(job, ERR_TIMEOUT, "no connection after %.3g s",
			 seconds);
	else if (!t->headers_end)
		job_fail(job, ERR_TIMEOUT, "no response after %.3g s",
			 seconds);
	else
		job_fail(job, ERR_TIMEOUT, "the response was not complete "
			 "after %.3g s, with %zu bytes", seconds,
			 job->res.body.len);
	job->temporary = true;
}

static long os_errno_of(const struct transfer *t)
{
	long error = 0;

	curl_easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &error);
	return error;
}

void transfer_finish(struct transfer *t, CURLcode code, msec now)
{
	struct job *job = t->job;

	body_budget_end_exemption(t->shared->config->body_budget, t);
	slow_body_end(t);
	job->time.total += now - job->hop.started;
	transfer_times_add(t, code, &job->time);
	if (code != CURLE_FAILED_INIT)
		take_response(t, now);
	if (t->stopped)
		job_fail(job, ERR_CANCELLED, "cancelled");
	else if (code == CURLE_FAILED_INIT && t->refused != CURLE_OK)
		fail_refused(t);
	else if (code == CURLE_OK && !t->headers_end)
		fail_without_headers(t);
	else if (code != CURLE_OK && !t->has_prefix)
		failure_set(job, &(struct failure){
			.code = code,
			.message = t->message,
			.os_errno = os_errno_of(t),
			.connected = t->connected,
			.certificate_wanted = t->certificate_wanted &&
				!t->in_headers && !t->headers_end,
			.certificate_withheld = t->shared->config->cert,
		});
	capture_end(t, code);
	curl_slist_free_all(t->own_headers);
	curl_slist_free_all(t->resolve);
	t->own_headers = t->resolve = NULL;
	t->job = NULL;
}
