/*
 * The first byte picks the codings, the rest is the body: there is a result,
 * never over the limit, and a message exactly when it is an error.
 */
#include <stdint.h>
#include <stdlib.h>

#include "parse/decode.h"

enum { MAX_BYTES = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const lists[] = {
	"gzip", "deflate", "br", "zstd", "gzip, gzip", "br,deflate",
	"identity", "zstd, gzip, br",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t count = sizeof(lists) / sizeof(lists[0]);
	struct buf body = {0};
	const char *list;
	char *message;
	enum err err;

	if (!size)
		return 0;
	list = lists[data[0] % count];
	buf_add(&body, data + 1, size - 1);
	buf_shrink(&body);
	err = decode_body(&body, (struct slice){list, strlen(list)},
			  MAX_BYTES, &message);
	if (body.len > MAX_BYTES || (err && body.len) || !err != !message)
		abort();
	if (err && err != ERR_DECODE && err != ERR_TOO_LARGE)
		abort();
	/* The list is as hostile as the body. */
	free(message);
	buf_release(&body);
	buf_add(&body, "x", 1);
	decode_body(&body, (struct slice){(const char *)data, size},
		    MAX_BYTES, &message);
	free(message);
	buf_release(&body);
	return 0;
}
