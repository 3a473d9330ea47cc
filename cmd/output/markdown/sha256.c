#include "cmd/output/markdown/sha256.h"

#include <assert.h>

#include <openssl/evp.h>

void sha256_text(char digits[SHA256_DIGITS + 1], struct slice bytes)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	const int done = EVP_Digest(bytes.p, bytes.len, digest, &len,
				    EVP_sha256(), NULL);

	/* Fails only without memory, or with OpenSSL set up without SHA-256. */
	assert(done == 1 && len * 2 == SHA256_DIGITS);
	(void)done;
	for (unsigned i = 0; i < len; i++) {
		digits[2 * i] = hex[digest[i] >> 4];
		digits[2 * i + 1] = hex[digest[i] & 15];
	}
	digits[SHA256_DIGITS] = '\0';
}
