#include "fetch/curl/capture.h"

#include "base/timestamp.h"
#include "fetch/curl/easy_options.h"
#include "fetch/curl/tls.h"

/* Collects the bytes that libcurl sends. The head begins a new request: after
 * one to a proxy (CONNECT), or after one that libcurl repeats on another
 * connection. The rest of a head that was sent in parts arrives as data. */
static int on_debug(CURL *easy, curl_infotype type, char *data, size_t len,
		    void *ctx)
{
	const struct transfer *t = ctx;
	struct exchange *x = t->job ? t->job->exchange : NULL;

	(void)easy;
	if (!x || (type != CURLINFO_HEADER_OUT && type != CURLINFO_DATA_OUT))
		return 0;
	if (type == CURLINFO_HEADER_OUT) {
		buf_clear(&x->request);
		x->began = timestamp_now();
	}
	buf_add(&x->request, data, len);
	return 0;
}

void capture_set_up(struct transfer *t)
{
	if (!t->shared->config->store)
		return;
	EASY_SET(t, CURLOPT_DEBUGFUNCTION, on_debug);
	EASY_SET(t, CURLOPT_DEBUGDATA, t);
	EASY_SET(t, CURLOPT_VERBOSE, 1L);
}

void capture_begin(struct transfer *t)
{
	/* The reply to a request for an access token is a secret. */
	if (t->shared->config->store && !t->job->exchange && !t->job->token_of)
		t->job->exchange = exchange_new();
}

void capture_add_line(struct transfer *t, const char *data, size_t len)
{
	struct exchange *x = t->job->exchange;

	if (t->headers_end)
		return;		/* a trailer, which is part of the transfer
				 * coding */
	if (!t->in_headers) {
		buf_clear(&x->head);
		x->tls = tls_version_name(t->easy);
	}
	buf_add(&x->head, data, len);
}

static enum exchange_cut cut_of(const struct transfer *t, CURLcode code)
{
	if (t->has_prefix || t->job->err == ERR_TOO_LARGE)
		return CUT_LENGTH;
	if (code == CURLE_OK)
		return CUT_NOT;
	if (t->job->err == ERR_TIMEOUT)
		return CUT_TIME;
	return t->stopped ? CUT_OTHER : CUT_DISCONNECT;
}

void capture_end(struct transfer *t, CURLcode code)
{
	struct job *job = t->job;

	if (!job->exchange)
		return;
	job->exchange->cut = cut_of(t, code);
	if (t->headers_end)
		return;
	exchange_free(job->exchange);
	job->exchange = NULL;
}
