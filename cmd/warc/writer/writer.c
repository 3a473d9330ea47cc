#include "cmd/warc/writer/writer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/job/job.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "cmd/warc/writer/block.h"
#include "cmd/warc/writer/digest.h"
#include "cmd/warc/writer/file.h"
#include "cmd/warc/writer/pack.h"
#include "cmd/warc/writer/record.h"

/* Bodies that are longer are compressed under the lock. */
enum { LARGE_BODY = 1 << 20 };

LIST_HEAD(packs, warc_pack);

struct warc_writer {
	struct exchange_store store;	/* first: see writer_of() */
	const struct warc_config *config;
	const EVP_MD *md;
	struct buf info;		/* block of the warcinfo records */
	atomic_bool has_failed;

	/* Guards file and packs. */
	pthread_mutex_t lock;
	struct warc_file file;
	struct packs packs;		/* the ones that no thread uses */
};

/* An exchange on its way into the archive. */
struct entry {
	struct warc_writer *writer;
	struct warc_pack *pack;
	struct job *job;
	struct buf request_block, head;
	struct warc_record request, response;
	bool is_large;
};

static struct warc_writer *writer_of(struct exchange_store *store)
{
	return (struct warc_writer *)store;
}

static struct warc_pack *take_pack(struct warc_writer *w)
{
	struct warc_pack *p;

	pthread_mutex_lock(&w->lock);
	p = LIST_FIRST(&w->packs);
	if (p)
		LIST_REMOVE(p, link);
	pthread_mutex_unlock(&w->lock);
	return p ? p : warc_pack_new();
}

static void give_pack(struct warc_writer *w, struct warc_pack *p)
{
	pthread_mutex_lock(&w->lock);
	LIST_INSERT_HEAD(&w->packs, p, link);
	pthread_mutex_unlock(&w->lock);
}

/* --- Records -------------------------------------------------------------- */

static void add_digest(const struct entry *e, struct warc_record *r,
		       const char *name, const struct slice *parts,
		       unsigned count)
{
	const struct warc_digest d = warc_digest_of(
		e->pack->digest, e->writer->md, parts, count);

	warc_record_field(r, name, d.text);
}

/* Adds the protocols of the connection, one field each. */
static void add_protocols(const struct entry *e, struct warc_record *r)
{
	const char *version = e->job->res.http_version;
	char name[16];

	if (version) {
		snprintf(name, sizeof(name), version[1] ? "http/%s" : "h%s",
			 version);
		warc_record_field(r, "WARC-Protocol", name);
	}
	if (e->job->exchange->tls)
		warc_record_field(r, "WARC-Protocol", e->job->exchange->tls);
}

/* Adds the fields that both records of an exchange have. */
static void add_common(const struct entry *e, struct warc_record *r,
		       const char *other_id)
{
	char *url = url_plain(&e->job->hop.url);

	warc_record_field(r, "WARC-Concurrent-To", other_id);
	warc_record_field(r, "WARC-Target-URI", url);
	if (*e->job->res.ip)
		warc_record_field(r, "WARC-IP-Address", e->job->res.ip);
	add_protocols(e, r);
	free(url);
}

static void make_request(struct entry *e, const char *id, const char *other_id)
{
	const struct exchange *x = e->job->exchange;
	struct warc_record *r = &e->request;
	struct slice block;

	warc_add_request(&e->request_block, slice_of(&x->request),
			 e->writer->config->secrets);
	block = slice_of(&e->request_block);
	warc_record_begin(r, WARC_REQUEST, id, x->began);
	add_common(e, r, other_id);
	add_digest(e, r, "WARC-Block-Digest", &block, 1);
	warc_record_field(r, "Content-Type",
			  "application/http;msgtype=request");
	warc_record_end(r, block, (struct slice){"", 0});
}

static void make_response(struct entry *e, const char *id,
			  const char *other_id)
{
	static const char *const reasons[] = {
		[CUT_LENGTH] = "length",
		[CUT_TIME] = "time",
		[CUT_DISCONNECT] = "disconnect",
		[CUT_OTHER] = "unspecified",
	};
	const struct exchange *x = e->job->exchange;
	const struct response *res = &e->job->res;
	struct warc_record *r = &e->response;
	struct slice block[2] = {{"", 0}, slice_of(&res->body)};

	warc_add_response_head(&e->head, slice_of(&x->head), !res->head_only,
			       res->body.len);
	block[0] = slice_of(&e->head);
	warc_record_begin(r, WARC_RESPONSE, id, x->began);
	add_common(e, r, other_id);
	add_digest(e, r, "WARC-Block-Digest", block, 2);
	add_digest(e, r, "WARC-Payload-Digest", block + 1, 1);
	if (x->cut != CUT_NOT)
		warc_record_field(r, "WARC-Truncated", reasons[x->cut]);
	warc_record_field(r, "Content-Type",
			  "application/http;msgtype=response");
	warc_record_end(r, block[0], block[1]);
}

static void make_records(struct entry *e)
{
	char request_id[WARC_ID_SIZE], response_id[WARC_ID_SIZE];

	warc_id_new(request_id);
	warc_id_new(response_id);
	make_request(e, request_id, response_id);
	make_response(e, response_id, request_id);
}

/* Returns true if the body is compressed already, so that compressing it again
 * would only take time. */
static bool is_packed(const struct job *job)
{
	static const char *const types[] = {
		"image/", "video/", "audio/", "font/", "application/zip",
		"application/gzip", "application/pdf",
	};
	struct slice value;

	if (headers_get(&job->res.headers, "content-encoding", &value))
		return true;
	if (!headers_get(&job->res.headers, "content-type", &value))
		return false;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (value.len >= strlen(types[i]) &&
		    !memcmp(value.p, types[i], strlen(types[i])))
			return true;
	return false;
}

static int pack_record(const struct entry *e, const struct warc_record *r,
		       bool packed)
{
	return e->writer->config->is_plain
		? warc_pack_plain(e->pack, r)
		: warc_pack_gzip(e->pack, r, packed);
}

static int pack_exchange(const struct entry *e)
{
	const int error = pack_record(e, &e->request, false);

	return error ? error : pack_record(e, &e->response, is_packed(e->job));
}

/* --- Files (under the lock) ----------------------------------------------- */

static int flush_pack(void *ctx, struct buf *out)
{
	struct warc_writer *w = ctx;
	const int error = warc_file_add(&w->file, out);

	buf_clear(out);
	return error;
}

/* Writes the warcinfo record to a new file. */
static int add_info(struct warc_writer *w)
{
	struct warc_pack *pack = warc_pack_new();
	const struct slice block = slice_of(&w->info);
	const struct entry e = {.writer = w, .pack = pack};
	struct warc_record r;
	char id[WARC_ID_SIZE];
	int error;

	warc_id_new(id);
	warc_record_begin(&r, WARC_WARCINFO, id, timestamp_now());
	warc_record_field(&r, "WARC-Filename", warc_file_name(&w->file));
	add_digest(&e, &r, "WARC-Block-Digest", &block, 1);
	warc_record_field(&r, "Content-Type", "application/warc-fields");
	warc_record_end(&r, block, (struct slice){"", 0});
	error = pack_record(&e, &r, false);
	if (!error)
		error = warc_file_add(&w->file, &pack->out);
	warc_record_release(&r);
	warc_pack_free(pack);
	return error;
}

/* Logs the first error, and stops the archive. */
static void fail_writer(struct warc_writer *w, int error)
{
	if (atomic_exchange(&w->has_failed, true))
		return;
	log_fatal("the archive %.500s cannot be written: %s",
		  w->file.path ? w->file.path : w->config->prefix,
		  strerror(error));
}

static int open_file_if_full(struct warc_writer *w)
{
	int error;

	if (!warc_file_is_full(&w->file))
		return 0;
	error = warc_file_next(&w->file);
	if (!error)
		error = add_info(w);
	if (error)
		warc_file_undo(&w->file);
	return error;
}

/* Writes an exchange that is packed, or is packed meanwhile, as one group. */
static int write_exchange(struct entry *e)
{
	struct warc_writer *w = e->writer;
	struct warc_pack *pack = e->pack;
	int error = open_file_if_full(w);

	if (error)
		return error;
	warc_file_begin(&w->file);
	if (e->is_large) {
		pack->flush = flush_pack;
		pack->ctx = w;
		error = pack_exchange(e);
		pack->flush = NULL;
	}
	if (!error)
		error = warc_file_add(&w->file, &pack->out);
	if (error)
		warc_file_undo(&w->file);
	return error;
}

static void put_exchange(struct exchange_store *store, struct job *job)
{
	struct warc_writer *w = writer_of(store);
	struct entry e = {
		.writer = w,
		.pack = take_pack(w),
		.job = job,
		.is_large = job->res.body.len > LARGE_BODY,
	};
	int error = 0;

	buf_clear(&e.pack->out);
	make_records(&e);
	if (!e.is_large)
		(void)pack_exchange(&e);
	pthread_mutex_lock(&w->lock);
	if (!w->has_failed)
		error = write_exchange(&e);
	if (error)
		fail_writer(w, error);
	pthread_mutex_unlock(&w->lock);
	give_pack(w, e.pack);
	warc_record_release(&e.request);
	warc_record_release(&e.response);
	buf_release(&e.request_block);
	buf_release(&e.head);
	exchange_free(job->exchange);
	job->exchange = NULL;
}

struct warc_writer *warc_writer_new(const struct warc_config *config,
				    const struct warc_run *run)
{
	struct warc_writer *w = xcalloc(1, sizeof(*w));

	w->store.put = put_exchange;
	w->config = config;
	w->md = config->digest == WARC_SHA256 ? EVP_sha256() : EVP_sha1();
	w->file = (struct warc_file){
		.prefix = config->prefix,
		.ending = config->is_plain ? ".warc" : ".warc.gz",
		.max_size = config->max_size,
		.fd = -1,
	};
	LIST_INIT(&w->packs);
	warc_info_add(&w->info, config, run);
	pthread_mutex_init(&w->lock, NULL);
	return w;
}

int warc_writer_begin(struct warc_writer *w)
{
	const int error = open_file_if_full(w);

	if (error)
		fail_writer(w, error);
	return error ? -1 : 0;
}

struct exchange_store *warc_writer_store(struct warc_writer *w)
{
	return &w->store;
}

bool warc_writer_has_failed(const struct warc_writer *w)
{
	return w && w->has_failed;
}

int warc_writer_close(struct warc_writer *w)
{
	struct warc_pack *p;
	bool failed;
	int error;

	if (!w)
		return 0;
	error = warc_file_close(&w->file);
	if (error)
		fail_writer(w, error);
	failed = w->has_failed;
	while ((p = LIST_FIRST(&w->packs)) != NULL) {
		LIST_REMOVE(p, link);
		warc_pack_free(p);
	}
	warc_file_release(&w->file);
	buf_release(&w->info);
	pthread_mutex_destroy(&w->lock);
	free(w);
	return failed ? -1 : 0;
}
