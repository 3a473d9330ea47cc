/*
 * Decodes any bytes to UTF-8. The first byte selects the encoding that the
 * header declares (or none, so that the body may declare one), the second byte
 * the type. The result must always be valid UTF-8.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "parse/encoding/charset.h"
#include "parse/encoding/labels.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct charset *c, const uint8_t *data, size_t size,
		  struct slice type, enum charset_kind kind)
{
	struct buf body = {0};

	buf_add(&body, data, size);
	buf_shrink(&body);
	if (!charset_to_utf8(c, &body, type, kind) ||
	    utf8_valid_prefix(body.data, body.len) != body.len)
		abort();
	buf_release(&body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct charset *c;
	enum charset_kind kind;
	const char *labels;
	char type[64];
	char *clean;

	if (!c)
		c = charset_new();
	if (size < 2)
		return 0;
	labels = encodings[data[0] % ENCODINGS].labels;
	snprintf(type, sizeof(type), "text/html;charset=%.*s",
		 data[0] & 0x80 ? 0 : (int)strcspn(labels, " "), labels);
	kind = (enum charset_kind)(data[1] % (CHARSET_TEXT + 1));
	check(c, data + 2, size - 2, (struct slice){type, strlen(type)}, kind);
	/* Also use the bytes as the Content-Type. */
	check(c, (const uint8_t *)"\xe9", 1,
	      (struct slice){(const char *)data, size}, kind);
	clean = utf8_clean((const char *)data, size, size / 2, NULL);
	if (strlen(clean) > size / 2)
		abort();
	free(clean);
	return 0;
}
