#include "cmd/warc/writer/digest.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* Writes the bytes in Base32 without padding: neither SHA-1 (20 bytes) nor the
 * usual form of SHA-256 has any. */
static void write_base32(char *out, const unsigned char *bytes, unsigned len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned bits = 0, have = 0;

	for (unsigned i = 0; i < len; i++) {
		bits = (bits << 8 | bytes[i]) & 0xffff;
		for (have += 8; have >= 5; have -= 5)
			*out++ = digits[bits >> (have - 5) & 31];
	}
	if (have)
		*out++ = digits[bits << (5 - have) & 31];
	*out = '\0';
}

/* Returns the digest of two parts, one after the other. */
static struct warc_digest digest_parts(EVP_MD_CTX *ctx, const EVP_MD *md,
				       struct slice a, struct slice b)
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	struct warc_digest d;
	int at;

	/* OpenSSL's digests fail only for lack of memory. */
	if (!EVP_DigestInit_ex(ctx, md, NULL) ||
	    !EVP_DigestUpdate(ctx, a.p, a.len) ||
	    !EVP_DigestUpdate(ctx, b.p, b.len) ||
	    !EVP_DigestFinal_ex(ctx, bytes, &len))
		mem_exhausted();
	at = snprintf(d.text, sizeof(d.text), "%s:",
		      len == WARC_DIGEST_BYTES ? "sha256" : "sha1");
	write_base32(d.text + at, bytes, len);
	return d;
}

struct warc_message_digests warc_digest_message(EVP_MD_CTX *ctx,
						const EVP_MD *md,
						struct slice head,
						struct slice body)
{
	return (struct warc_message_digests){
		.block = digest_parts(ctx, md, head, body),
		.payload = warc_digest_of(ctx, md, body),
	};
}

struct warc_digest warc_digest_of(EVP_MD_CTX *ctx, const EVP_MD *md,
				  struct slice bytes)
{
	return digest_parts(ctx, md, bytes, (struct slice){"", 0});
}
