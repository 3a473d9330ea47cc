#include "cmd/warc/writer/digest.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/warc/writer/sha1_pair.h"

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

static struct warc_digest digest_from(const unsigned char *bytes, unsigned len)
{
	struct warc_digest d;
	const int at = snprintf(d.text, sizeof(d.text), "%s:",
				len == WARC_DIGEST_BYTES ? "sha256" : "sha1");

	write_base32(d.text + at, bytes, len);
	return d;
}

/* Computes with OpenSSL the digest of two parts, one after the other. */
static struct warc_digest digest_parts(EVP_MD_CTX *ctx, const EVP_MD *md,
				       struct slice a, struct slice b)
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned len = 0;

	/* OpenSSL's digests fail only for lack of memory. */
	if (!EVP_DigestInit_ex(ctx, md, NULL) ||
	    !EVP_DigestUpdate(ctx, a.p, a.len) ||
	    !EVP_DigestUpdate(ctx, b.p, b.len) ||
	    !EVP_DigestFinal_ex(ctx, bytes, &len))
		mem_exhausted();
	return digest_from(bytes, len);
}

struct warc_message_digests warc_digest_message(EVP_MD_CTX *ctx,
						const EVP_MD *md,
						struct slice head,
						struct slice body)
{
	unsigned char of_message[SHA1_BYTES], of_body[SHA1_BYTES];

	if (md == EVP_sha1() && sha1_pair_is_available()) {
		sha1_pair(head, body, of_message, of_body);
		return (struct warc_message_digests){
			.block = digest_from(of_message, SHA1_BYTES),
			.payload = digest_from(of_body, SHA1_BYTES),
		};
	}
	return (struct warc_message_digests){
		.block = digest_parts(ctx, md, head, body),
		.payload = digest_parts(ctx, md, (struct slice){"", 0}, body),
	};
}

struct warc_digest warc_digest_of(EVP_MD_CTX *ctx, const EVP_MD *md,
				  struct slice bytes)
{
	const struct slice none = {"", 0};

	/* Beginning a digest with OpenSSL takes longer than a short one. */
	if (md == EVP_sha1() && sha1_pair_is_available())
		return warc_digest_message(ctx, md, bytes, none).block;
	return digest_parts(ctx, md, bytes, none);
}
