#include "cmd/warc/writer/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/exchange.h"
#include "base/job/headers.h"
#include "base/job/job.h"
#include "cmd/warc/writer/block.h"

void warc_maker_add_digest(const struct warc_maker *m, struct warc_record *r,
			   const char *name, const struct slice *parts,
			   unsigned count)
{
	const struct warc_digest d = warc_digest_of(m->digest, m->md, parts,
						    count);

	warc_record_field(r, name, d.text);
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
	struct slice block;

	warc_add_request(&x->request_block, slice_of(&e->request),
			 m->config->secrets);
	block = slice_of(&x->request_block);
	warc_record_begin(r, WARC_REQUEST, id, e->began);
	add_common(x->job, r, other_id);
	warc_maker_add_digest(m, r, "WARC-Block-Digest", &block, 1);
	warc_record_field(r, "Content-Type",
			  "application/http;msgtype=request");
	warc_record_end(r, block, (struct slice){"", 0});
}

static void make_response(struct warc_exchange *x, const struct warc_maker *m,
			  const char *id, const char *other_id)
{
	static const char *const reasons[] = {
		[CUT_LENGTH] = "length",
		[CUT_TIME] = "time",
		[CUT_DISCONNECT] = "disconnect",
		[CUT_OTHER] = "unspecified",
	};
	const struct exchange *e = x->job->exchange;
	const struct response *res = &x->job->res;
	struct warc_record *r = &x->response;
	struct slice block[2] = {{"", 0}, slice_of(&res->body)};

	warc_add_response_head(&x->head, slice_of(&e->head), !res->head_only,
			       res->body.len);
	block[0] = slice_of(&x->head);
	warc_record_begin(r, WARC_RESPONSE, id, e->began);
	add_common(x->job, r, other_id);
	warc_maker_add_digest(m, r, "WARC-Block-Digest", block, 2);
	x->payload = warc_digest_of(m->digest, m->md, block + 1, 1);
	warc_record_field(r, "WARC-Payload-Digest", x->payload.text);
	if (e->cut != CUT_NOT)
		warc_record_field(r, "WARC-Truncated", reasons[e->cut]);
	warc_record_field(r, "Content-Type",
			  "application/http;msgtype=response");
	warc_record_end(r, block[0], block[1]);
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
