/*
 * The tools of a thread that makes records: a compressor, a digest, and a
 * buffer. Making a compressor takes longer than compressing a small page, so
 * tools are used again.
 */
#ifndef CMD_WARC_WRITER_PACK_H
#define CMD_WARC_WRITER_PACK_H

#include <stdbool.h>
#include <sys/queue.h>
#include <zlib.h>

#include "base/buf.h"
#include "cmd/warc/writer/digest.h"
#include "cmd/warc/writer/igzip.h"
#include "cmd/warc/writer/record.h"

struct warc_pack {
	LIST_ENTRY(warc_pack) link;
	z_stream z;
	struct igzip *fast;	/* NULL: not installed */
	EVP_MD_CTX *digest;
	struct buf out;		/* packed records */
	/* Writes out and empties it; called while a record is packed, as soon
	 * as out is large. Returns 0, or an errno. NULL: out may grow. */
	int (*flush)(void *ctx, struct buf *out);
	void *ctx;
};

struct warc_pack *warc_pack_new(enum warc_digest_name digest);
void warc_pack_free(struct warc_pack *p);

/* Appends a record to out: as one gzip member, or as plain text. The body is
 * only stored in the member if is_packed says that it is compressed already.
 * Returns 0, or an errno of flush(). */
int warc_pack_gzip(struct warc_pack *p, const struct warc_record *r,
		   bool is_packed);
int warc_pack_plain(struct warc_pack *p, const struct warc_record *r);

#endif
