/* Decodes in layers. Each layer undoes one coding and hands its output on to
 * the next layer; the last one hands it to the reader of sitemaps. */
#include "parse/sitemap.h"

#include <string.h>

#include "base/memory_budget.h"
#include "crawl/sitemap/sitemap_list.h"
#include "parse/encoding/coding.h"
#include "parse/encoding/decoder.h"
#include "parse/encoding/gunzip.h"
#include "parse/headers_json.h"

enum { PIECE = 16 << 10, LAYERS = CODING_MAX + SITEMAP_GZIP_MAX };

struct layer {
	struct decoder *decoder;
	uint64_t bytes;		/* number of bytes that the layer has written */
	bool is_complete;
};

struct unpacking {
	struct job *job;
	struct buf *list;
	struct sitemap *reader;
	struct url base;	/* base URL of the sitemap; zero: none */
	struct buf url;		/* scratch buffer */
	struct layer layers[LAYERS];
	unsigned depth, gzips;
	char first[4];		/* first bytes after the last layer, collected
				 * until they show whether a gzip file begins */
	size_t first_len;
	bool is_open;		/* the bytes in first were examined */
	bool is_over;		/* nothing more is to be read */
};

static void on_entry(void *ctx, const struct sitemap_entry *entry)
{
	struct unpacking *u = ctx;
	struct sitemap_entry resolved = *entry;

	buf_clear(&u->url);
	if (memory_limit_reached() ||
	    url_resolve(&u->url, entry->url.p, entry->url.len,
			u->base.href ? &u->base : NULL))
		return;
	resolved.url = slice_of(&u->url);
	sitemap_list_add(u->list, &resolved);
}

static void fail(struct unpacking *u, enum err err, const char *why)
{
	job_fail(u->job, err, "%s", why);
	u->is_over = true;
}

static void fail_too_large(struct unpacking *u)
{
	job_fail(u->job, ERR_TOO_LARGE, "it is larger than %d MB; the rest is "
		 "not read", SITEMAP_BYTES_MAX >> 20);
	u->is_over = true;
}

static void read_piece(struct unpacking *u, struct slice piece)
{
	u->job->bytes += piece.len;
	if (u->job->bytes > SITEMAP_BYTES_MAX)
		u->job->bytes = SITEMAP_BYTES_MAX;
	if (!sitemap_feed(u->reader, piece))
		u->is_over = true;
}

static bool add_layer(struct unpacking *u, const struct coding *coding)
{
	struct layer *layer = &u->layers[u->depth];

	layer->decoder = decoder_open(coding);
	if (layer->decoder)
		u->depth++;
	else
		fail(u, ERR_DECODE, "no memory for the decoder");
	return layer->decoder;
}

static void push(struct unpacking *u, unsigned depth, struct slice in);

/* Collects the first bytes after the last layer, taking them off the front of
 * the piece, and examines them. If they begin a gzip file, adds a layer for it.
 * is_end: no more bytes follow. */
static void recognise(struct unpacking *u, struct slice *piece, bool is_end)
{
	const unsigned depth = u->depth;

	while (piece->len && u->first_len < sizeof(u->first)) {
		u->first[u->first_len++] = *piece->p++;
		piece->len--;
	}
	if (u->first_len < sizeof(u->first) && !is_end)
		return;
	u->is_open = true;
	if (gunzip_is_packed((struct slice){u->first, u->first_len})) {
		if (u->gzips == SITEMAP_GZIP_MAX) {
			fail(u, ERR_DECODE, "it is a gzip file inside of "
			     "others");
			return;
		}
		u->gzips++;
		u->is_open = false;
		if (!add_layer(u, &coding_gzip))
			return;
	}
	/* A copy, because the new layer's output is collected in u->first. */
	char first[sizeof(u->first)];
	const size_t len = u->first_len;

	memcpy(first, u->first, len);
	u->first_len = 0;
	push(u, depth, (struct slice){first, len});
}

/* Takes decoded bytes that the last layer has written. */
static void take_piece(struct unpacking *u, struct slice piece)
{
	const unsigned depth = u->depth;

	if (!u->is_open)
		recognise(u, &piece, false);
	if (!piece.len || u->is_over)
		return;
	if (u->depth > depth)
		push(u, depth, piece);
	else
		read_piece(u, piece);
}

/* Decodes a piece of data in the layer number depth, and hands the output on to
 * the next layer. Behind the last layer, take_piece() gets the data. */
static void push(struct unpacking *u, unsigned depth, struct slice in)
{
	struct layer *layer = &u->layers[depth];
	char out[PIECE];
	enum decoded result;

	if (depth == u->depth) {
		take_piece(u, in);
		return;
	}
	do {
		size_t room = sizeof(out);

		result = decoder_run(layer->decoder, &in, out, &room);
		layer->bytes += sizeof(out) - room;
		layer->is_complete = result == DECODED_END;
		if (layer->bytes > SITEMAP_BYTES_MAX) {
			fail_too_large(u);
			return;
		}
		if (room < sizeof(out))
			push(u, depth + 1, (struct slice){out, sizeof(out) -
							       room});
	} while (result == DECODED_MORE && !u->is_over);
	if (result == DECODED_BROKEN && !u->is_over)
		fail(u, ERR_DECODE, "its compressed data is broken; the rest is "
		     "not read");
}

/* Adds a layer for each content coding of the response. */
static void add_codings(struct unpacking *u)
{
	const struct coding *codings[CODING_MAX];
	struct buf value = {0};
	int n;

	headers_json_join(&value, &u->job->res.headers, "content-encoding");
	n = coding_list(slice_of(&value), codings);
	buf_release(&value);
	if (n < 0)
		fail(u, ERR_DECODE, "it has too many content codings");
	while (n-- > 0)
		if (codings[n]->kind != CODING_IDENTITY &&
		    !add_layer(u, codings[n]))
			return;
}

/* Returns true if all layers have reached the end of their stream. */
static bool is_complete(const struct unpacking *u)
{
	for (unsigned i = 0; i < u->depth; i++)
		if (!u->layers[i].is_complete)
			return false;
	return true;
}

static void report_end(struct unpacking *u)
{
	const enum sitemap_end end = sitemap_end(u->reader);
	const unsigned too_long = sitemap_too_long(u->reader);

	if (!u->is_over && !is_complete(u))
		fail(u, ERR_DECODE, "its compressed data is cut off; the "
		     "entries before that are used");
	switch (end) {
	case SITEMAP_NONE:
		fail(u, ERR_PARSE, "it is not a sitemap");
		break;
	case SITEMAP_CUT_OFF:
		fail(u, ERR_PARSE, "its XML is cut off; the entries before "
		     "that are used");
		break;
	case SITEMAP_TOO_LARGE:
		fail_too_large(u);
		break;
	case SITEMAP_TOO_MANY:
		job_fail(u->job, ERR_TOO_LARGE, "it has more than %d entries; "
			 "the rest is not read", SITEMAP_ENTRIES_MAX);
		break;
	case SITEMAP_WHOLE:
		break;
	}
	if (too_long)
		job_fail(u->job, ERR_PARSE, "%u of its entries %s a URL of "
			 "more than %d bytes and %s left out", too_long,
			 too_long == 1 ? "has" : "have", SITEMAP_URL_MAX,
			 too_long == 1 ? "is" : "are");
}

static void release(struct unpacking *u)
{
	for (unsigned i = 0; i < u->depth; i++)
		decoder_close(u->layers[i].decoder);
	sitemap_free(u->reader);
	url_release(&u->base);
	buf_release(&u->url);
}

void sitemap_read(struct job *job, struct buf *list)
{
	struct unpacking u = {.job = job, .list = list};
	const char *url = job->res.final_url;

	job->bytes = 0;
	if (job->res.status >= 300 || job->res.head_only)
		return;
	u.reader = sitemap_new(on_entry, &u);
	if (url)
		url_parse(&u.base, url, strlen(url), NULL);
	add_codings(&u);
	if (!u.is_over)
		push(&u, 0, slice_of(&job->res.body));
	while (!u.is_over && !u.is_open && u.first_len)
		recognise(&u, &(struct slice){0}, true);
	if (!job->err || job->err == ERR_DECODE || job->err == ERR_TOO_LARGE)
		report_end(&u);
	release(&u);
}
