#include "cmd/warc/writer/sha1_pair.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <openssl/evp.h>
#include <string.h>

#include "base/buf.h"

enum { HEADS = 140, BODIES = 210, LARGE = 100000 };

static void check(struct slice head, struct slice body)
{
	unsigned char message[SHA1_BYTES], only_body[SHA1_BYTES];
	unsigned char digest[EVP_MAX_MD_SIZE];
	struct buf all = {0};

	buf_add(&all, head.p, head.len);
	buf_add(&all, body.p, body.len);
	sha1_pair(head, body, message, only_body);
	EVP_Digest(all.data, all.len, digest, NULL, EVP_sha1(), NULL);
	assert_memory_equal(message, digest, SHA1_BYTES);
	EVP_Digest(body.p, body.len, digest, NULL, EVP_sha1(), NULL);
	assert_memory_equal(only_body, digest, SHA1_BYTES);
	buf_release(&all);
}

static void digests_are_those_of_openssl_for_all_lengths(void **state)
{
	static char bytes[LARGE];
	uint32_t x = 1;

	(void)state;
	if (!sha1_pair_is_available())
		skip();
	for (size_t i = 0; i < LARGE; i++)
		bytes[i] = (char)((x = x * 1664525 + 1013904223) >> 24);
	for (size_t head = 0; head < HEADS; head++)
		for (size_t body = 0; body < BODIES; body++)
			check((struct slice){bytes, head},
			      (struct slice){bytes + head, body});
	check((struct slice){bytes, 321}, (struct slice){bytes, LARGE});
	check((struct slice){bytes, 320}, (struct slice){bytes, LARGE});
	check((struct slice){bytes, LARGE}, (struct slice){"", 0});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_are_those_of_openssl_for_all_lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
