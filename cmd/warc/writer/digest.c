#include "cmd/warc/writer/digest.h"

#include <stdio.h>

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

EVP_MD_CTX *warc_digest_new(enum warc_digest_name name)
{
	EVP_MD_CTX *ctx = mem_must(EVP_MD_CTX_new());

	if (!EVP_DigestInit_ex(ctx, name == WARC_SHA256 ? EVP_sha256()
							: EVP_sha1(), NULL))
		mem_exhausted();
	return ctx;
}

struct warc_digest warc_digest_of(EVP_MD_CTX *ctx, struct slice a,
				  struct slice b)
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	struct warc_digest d;
	int at;

	/* OpenSSL's digests fail only for lack of memory. Without a name, the
	 * context keeps its algorithm, which OpenSSL 3 need not look up. */
	if (!EVP_DigestInit_ex(ctx, NULL, NULL) ||
	    !EVP_DigestUpdate(ctx, a.p, a.len) ||
	    !EVP_DigestUpdate(ctx, b.p, b.len) ||
	    !EVP_DigestFinal_ex(ctx, bytes, &len))
		mem_exhausted();
	at = snprintf(d.text, sizeof(d.text), "%s:",
		      len == WARC_DIGEST_BYTES ? "sha256" : "sha1");
	write_base32(d.text + at, bytes, len);
	return d;
}
