#include "cmd/warc/writer/pack.h"

#include <stdlib.h>

#include "base/mem.h"

/* Level 6 makes text a fifth smaller, and takes three times as long as level 1;
 * level 0 only adds the checksum. */
enum { LEVEL = 1, LEVEL_STORE = 0, GZIP_WINDOW = 15 + 16, MEMORY = 8 };

enum { ROOM = 16 << 10, FLUSH_AT = 256 << 10, INPUT_MAX = 1 << 20 };

struct warc_pack *warc_pack_new(enum warc_digest_name digest)
{
	struct warc_pack *p = xcalloc(1, sizeof(*p));

	p->digest = warc_digest_new(digest);
	if (deflateInit2(&p->z, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		mem_exhausted();
	p->fast = igzip_new();
	return p;
}

void warc_pack_free(struct warc_pack *p)
{
	if (!p)
		return;
	deflateEnd(&p->z);
	igzip_free(p->fast);
	EVP_MD_CTX_free(p->digest);
	buf_release(&p->out);
	free(p);
}

static int flush_if_large(struct warc_pack *p)
{
	return p->flush && p->out.len >= FLUSH_AT ? p->flush(p->ctx, &p->out)
						  : 0;
}

/* Gives the compressor room in out, and keeps the bytes that a step() has
 * written. */
static void run_step(struct warc_pack *p, int (*step)(z_stream *z, int how),
		     int how, int *state)
{
	p->z.next_out = (Bytef *)buf_reserve(&p->out, ROOM);
	p->z.avail_out = ROOM;
	*state = step(&p->z, how);
	p->out.len += ROOM - p->z.avail_out;
}

/* Compresses a part; how is Z_NO_FLUSH, or Z_FINISH for the last one. */
static int add_part(struct warc_pack *p, struct slice part, int how)
{
	int error = 0, state = Z_OK;

	do {
		const size_t len = part.len < INPUT_MAX ? part.len : INPUT_MAX;

		p->z.next_in = (Bytef *)part.p;
		p->z.avail_in = (uInt)len;
		part.p += len;
		part.len -= len;
		do {
			run_step(p, deflate, how, &state);
			error = flush_if_large(p);
		} while (!error && !p->z.avail_out);
	} while (!error && part.len);
	return error;
}

static int set_level(z_stream *z, int level)
{
	return deflateParams(z, level, Z_DEFAULT_STRATEGY);
}

/* Changes the level for the parts that follow. */
static void change_level(struct warc_pack *p, int level)
{
	int state;

	p->z.next_in = NULL;
	p->z.avail_in = 0;
	do {
		run_step(p, set_level, level, &state);
	} while (state == Z_BUF_ERROR);
}

static int add_part_fast(struct warc_pack *p, struct slice part, bool is_last)
{
	int error = 0;
	bool goes_on;

	do {
		const size_t len = part.len < INPUT_MAX ? part.len : INPUT_MAX;

		igzip_give(p->fast, (struct slice){part.p, len},
			   is_last && len == part.len);
		part.p += len;
		part.len -= len;
		do {
			goes_on = igzip_step(p->fast, &p->out);
			error = flush_if_large(p);
		} while (!error && goes_on);
	} while (!error && part.len);
	return error;
}

static int pack_fast(struct warc_pack *p, const struct warc_record *r)
{
	int error = 0;

	igzip_begin(p->fast, warc_record_bytes(r));
	for (unsigned i = 0; !error && i < WARC_RECORD_PARTS; i++)
		error = add_part_fast(p, r->parts[i],
				      i + 1 == WARC_RECORD_PARTS);
	return error;
}

int warc_pack_gzip(struct warc_pack *p, const struct warc_record *r,
		   bool is_packed)
{
	int error = 0;

	if (p->fast && !is_packed)
		return pack_fast(p, r);
	deflateReset(&p->z);
	for (unsigned i = 0; !error && i < WARC_RECORD_PARTS; i++) {
		const bool changes = is_packed && i == 2;

		if (changes)
			change_level(p, LEVEL_STORE);
		error = add_part(p, r->parts[i], i + 1 < WARC_RECORD_PARTS
							 ? Z_NO_FLUSH
							 : Z_FINISH);
		if (changes)
			change_level(p, LEVEL);
	}
	return error;
}

/* Larger bodies are added in pieces, so that out stays small. */
static int add_plain(struct warc_pack *p, struct slice part)
{
	int error = 0;

	while (!error && part.len) {
		const size_t len = part.len < FLUSH_AT ? part.len : FLUSH_AT;

		buf_add(&p->out, part.p, len);
		part.p += len;
		part.len -= len;
		error = flush_if_large(p);
	}
	return error;
}

int warc_pack_plain(struct warc_pack *p, const struct warc_record *r)
{
	int error = 0;

	for (unsigned i = 0; !error && i < WARC_RECORD_PARTS; i++)
		error = add_plain(p, r->parts[i]);
	return error;
}
