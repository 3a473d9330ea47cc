#include "cmd/warc/writer/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/job/exchange.h"
#include "base/job/headers.h"
#include "base/job/job.h"
#include "cmd/warc/writer/block.h"
#include "cmd/warc/writer/dedup.h"

void warc_maker_add_digest(const struct warc_maker *m, struct warc_record *r,
			   struct slice head, struct slice body)
{
	const struct warc_digest d = warc_digest_of(m->digest, head, body);

	warc_record_field(r, "WARC-Block-Digest", d.text);
}

/* Adds the protocols of the connection, one field each. */
static void add_protocols(const struct job *job, struct warc_record *r)
{
	const char *version = job->res.http_version;
	char name[16];

	if (version) {
		snprintf(name, sizeof(name), version[1] ? "http/%s" : "h%s",
			 version);
		warc_record_field(r, "WARC-Protocol", name);
	}
	if (job->exchange->tls)
		warc_record_field(r, "WARC-Protocol", job->exchange->tls);
}

/* Adds the fields that both records of an exchange have. */
static void add_common(const struct job *job, struct warc_record *r,
		       const char *other_id)
{
	char *url = url_plain(&job->hop.url);

	warc_record_field(r, "WARC-Concurrent-To", other_id);
	warc_record_field(r, "WARC-Target-URI", url);
	if (*job->res.ip)
		warc_record_field(r, "WARC-IP-Address", job->res.ip);
	add_protocols(job, r);
	free(url);
}

static void make_request(struct warc_exchange *x, const struct warc_maker *m,
			 const char *id, const char *other_id)
{
	const struct exchange *e = x->job->exchange;
	struct warc_record *r = &x->request;
	const struct slice none = {"", 0};
	struct slice block;

	warc_add_request(&x->request_block, slice_of(&e->request),
			 m->config->secrets);
	block = slice_of(&x->request_block);
	warc_record_begin(r, WARC_REQUEST, id, e->began);
	add_common(x->job, r, other_id);
	warc_maker_add_digest(m, r, block, none);
	warc_record_field(r, "Content-Type",
			  "application/http;msgtype=request");
	warc_record_end(r, block, none);
}

/* Returns true if the request is conditional (If-None-Match,
 * If-Modified-Since). */
static bool is_conditional(struct slice request)
{
	static const char *const names[] = {"\nif-none-match:",
					    "\nif-modified-since:"};
	struct buf text = {0};
	bool is = false;

	buf_add(&text, request.p, request.len);
	for (const char *p = buf_cstr(&text); *p && !is; p++)
		for (int i = 0; i < 2 && *p == '\n'; i++)
			is |= !strncasecmp(p, names[i], strlen(names[i]));
	buf_release(&text);
	return is;
}

static const char *const profiles[] = {
	[WARC_ANSWER_IDENTICAL] = "http://netpreserve.org/warc/1.1/revisit/"
				  "identical-payload-digest",
	[WARC_ANSWER_NOT_MODIFIED] = "http://netpreserve.org/warc/1.1/revisit/"
				     "server-not-modified",
};

/* Chooses the kind of the record for the response. *original is set if the
 * payload is identical. */
static void choose_answer(struct warc_exchange *x, const struct warc_maker *m,
			  struct warc_original *original)
{
	const struct job *job = x->job;
	const struct slice body = slice_of(&job->res.body);

	x->answer = WARC_ANSWER_RESPONSE;
	if (job->res.status == 304 &&
	    is_conditional(slice_of(&job->exchange->request))) {
		x->answer = WARC_ANSWER_NOT_MODIFIED;
		return;
	}
	x->payload = warc_digest_of(m->digest, body, (struct slice){"", 0});
	if (!m->find || body.len < WARC_DEDUP_LEAST ||
	    job->exchange->cut != CUT_NOT)
		return;
	if (m->find(m->ctx, x->payload.text, original))
		x->answer = WARC_ANSWER_IDENTICAL;
	else
		x->may_be_original = true;
}

/* Adds the fields that only a revisit record has. */
static void add_profile(const struct warc_exchange *x, struct warc_record *r,
			struct warc_original *original)
{
	warc_record_field(r, "WARC-Profile", profiles[x->answer]);
	if (x->answer != WARC_ANSWER_IDENTICAL)
		return;
	if (*original->id)
		warc_record_field(r, "WARC-Refers-To", original->id);
	warc_record_field(r, "WARC-Refers-To-Target-URI",
			  buf_cstr(&original->uri));
	warc_record_field(r, "WARC-Refers-To-Date", buf_cstr(&original->date));
}

/* Adds the reason (WARC-Truncated) if the block is not the whole response. */
static void add_truncation(const struct warc_exchange *x, struct warc_record *r)
{
	static const char *const reasons[] = {
		[CUT_LENGTH] = "length",
		[CUT_TIME] = "time",
		[CUT_DISCONNECT] = "disconnect",
		[CUT_OTHER] = "unspecified",
	};
	const enum exchange_cut cut = x->answer == WARC_ANSWER_IDENTICAL
					      ? CUT_LENGTH
					      : x->job->exchange->cut;

	if (cut != CUT_NOT)
		warc_record_field(r, "WARC-Truncated", reasons[cut]);
}

static void make_response(struct warc_exchange *x, const struct warc_maker *m,
			  const char *id, const char *other_id)
{
	const struct exchange *e = x->job->exchange;
	const struct response *res = &x->job->res;
	struct warc_record *r = &x->response;
	struct warc_original original = {0};
	struct slice head, body = {"", 0};

	warc_add_response_head(&x->head, slice_of(&e->head), !res->head_only,
			       res->body.len);
	head = slice_of(&x->head);
	choose_answer(x, m, &original);
	if (x->answer == WARC_ANSWER_RESPONSE)
		body = slice_of(&res->body);
	warc_record_begin(r, x->answer == WARC_ANSWER_RESPONSE ? WARC_RESPONSE
							       : WARC_REVISIT,
			  id, e->began);
	add_common(x->job, r, other_id);
	if (x->answer != WARC_ANSWER_RESPONSE)
		add_profile(x, r, &original);
	warc_maker_add_digest(m, r, head, body);
	if (*x->payload.text)
		warc_record_field(r, "WARC-Payload-Digest", x->payload.text);
	add_truncation(x, r);
	warc_record_field(r, "Content-Type",
			  "application/http;msgtype=response");
	warc_record_end(r, head, body);
	warc_original_release(&original);
}

void warc_exchange_make(struct warc_exchange *x, const struct warc_maker *m,
			const struct job *job)
{
	char request_id[WARC_ID_SIZE];

	*x = (struct warc_exchange){.job = job};
	warc_id_new(request_id);
	warc_id_new(x->id);
	make_request(x, m, request_id, x->id);
	make_response(x, m, x->id, request_id);
}

void warc_exchange_release(struct warc_exchange *x)
{
	warc_record_release(&x->request);
	warc_record_release(&x->response);
	buf_release(&x->request_block);
	buf_release(&x->head);
}

bool warc_exchange_is_packed(const struct warc_exchange *x)
{
	static const char *const types[] = {
		"image/", "video/", "audio/", "font/", "application/zip",
		"application/gzip", "application/pdf",
	};
	const struct buf *headers = &x->job->res.headers;
	struct slice value;

	if (headers_get(headers, "content-encoding", &value))
		return true;
	if (!headers_get(headers, "content-type", &value))
		return false;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (value.len >= strlen(types[i]) &&
		    !memcmp(value.p, types[i], strlen(types[i])))
			return true;
	return false;
}
