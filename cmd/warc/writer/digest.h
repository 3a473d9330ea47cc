/* Digests of blocks and payloads as WARC records have them: "sha1:" and the
 * value in Base32 (RFC 4648, 6), which is what indexes of archives expect. */
#ifndef CMD_WARC_WRITER_DIGEST_H
#define CMD_WARC_WRITER_DIGEST_H

#include <openssl/evp.h>
#include <stdbool.h>

#include "base/slice.h"

enum { WARC_DIGEST_BYTES = 32, WARC_DIGEST_TEXT = 64 };

struct warc_digest {
	char text[WARC_DIGEST_TEXT];	/* such as "sha1:2Z46YIFNTUZSBIYA..." */
};

/* Returns the digest of the bytes. md is EVP_sha1() or EVP_sha256(). */
struct warc_digest warc_digest_of(EVP_MD_CTX *ctx, const EVP_MD *md,
				  struct slice bytes);

/* Digests of a response: of its head and body together, and of its body. */
struct warc_message_digests {
	struct warc_digest block, payload;
};

struct warc_message_digests warc_digest_message(EVP_MD_CTX *ctx,
						const EVP_MD *md,
						struct slice head,
						struct slice body);

#endif
