/* Digests of blocks and payloads as WARC records have them: "sha1:" and the
 * value in Base32 (RFC 4648, 6), which is what indexes of archives expect. */
#ifndef CMD_WARC_WRITER_DIGEST_H
#define CMD_WARC_WRITER_DIGEST_H

#include <openssl/evp.h>

#include "base/slice.h"
#include "cmd/warc/config.h"

enum { WARC_DIGEST_BYTES = 32, WARC_DIGEST_TEXT = 64 };

struct warc_digest {
	char text[WARC_DIGEST_TEXT];	/* such as "sha1:2Z46YIFNTUZSBIYA..." */
};

/* Returns a context that makes digests with that algorithm. The caller frees it
 * with EVP_MD_CTX_free(). */
EVP_MD_CTX *warc_digest_new(enum warc_digest_name name);

/* Returns the digest of two parts, one after the other. The context may be used
 * by one thread at a time. */
struct warc_digest warc_digest_of(EVP_MD_CTX *ctx, struct slice a,
				  struct slice b);

#endif
