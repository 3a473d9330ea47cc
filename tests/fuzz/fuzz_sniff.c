/*
 * Detects the type of a file without a Content-Type. The first byte is the
 * length of the name; the rest is the name and the content. What must hold:
 * there is always a type; it does not change if a byte order mark or white
 * space is put before the content, or ".gz" after the name; and unpacking more
 * of a gzip file gives the same first bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "parse/encoding/gunzip.h"
#include "parse/encoding/sniff.h"

enum { PEEK = 1 << 10 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
	if (!claim)
		abort();
}

static bool is_kind(enum media media)
{
	return media > MEDIA_NONE && media <= MEDIA_OTHER;
}

static bool is_packed_name(struct slice name)
{
	return name.len >= 3 && !strncasecmp(name.p + name.len - 3, ".gz", 3);
}

static void check_name(struct slice name)
{
	const enum media media = sniff_file_name(name);
	struct buf packed = {0};

	must(media == MEDIA_NONE || is_kind(media));
	buf_add(&packed, name.p, name.len);
	buf_addstr(&packed, ".gz");
	must(is_packed_name(name) ||
	     sniff_file_name((struct slice){packed.data, packed.len}) == media);
	buf_release(&packed);
}

static void check_look(struct slice body, enum media name)
{
	static const enum media looks[] = {
		MEDIA_HTML, MEDIA_JSON, MEDIA_XML, MEDIA_TEXT, MEDIA_BINARY,
	};
	const enum media media = sniff_body(body, name);
	bool is_look = media == name;

	must(is_kind(media));
	for (size_t i = 0; i < sizeof(looks) / sizeof(*looks); i++)
		is_look |= media == looks[i];
	must(is_look);
	if (name == MEDIA_NONE && sniff_is_feed(body))
		must(media == MEDIA_XML);
}

/* Checks that white space or a byte order mark before the body does not change
 * the type. */
static void check_behind(struct slice body, const char *before)
{
	struct buf text = {0};
	struct slice behind;

	buf_addstr(&text, before);
	buf_add(&text, body.p, body.len);
	behind = (struct slice){text.data, text.len};
	must(sniff_is_feed(behind) == sniff_is_feed(body));
	must(sniff_is_declared_xml(behind) == sniff_is_declared_xml(body));
	must(sniff_may_be_json(behind) == sniff_may_be_json(body));
	buf_release(&text);
}

static void check_packed(struct slice body)
{
	char much[PEEK], some[PEEK / 8];
	size_t len, most;

	if (!gunzip_is_packed(body))
		return;
	most = gunzip_peek(body, much, sizeof(much));
	len = gunzip_peek(body, some, sizeof(some));
	must(most <= sizeof(much) && len <= sizeof(some));
	/* Only the longer read finds a mistake that comes later in the file. */
	must(!most || most >= len);
	must(!most || !memcmp(much, some, len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice name, body;

	if (!size)
		return 0;
	name.p = (const char *)data + 1;
	name.len = data[0] < size - 1 ? data[0] : size - 1;
	body = (struct slice){name.p + name.len, size - 1 - name.len};
	check_name(name);
	check_look(body, MEDIA_NONE);
	check_look(body, sniff_file_name(name));
	if (sniff_skip_bom(body).len == body.len)
		check_behind(body, "\xef\xbb\xbf");
	if (sniff_skip_bom(body).len == body.len)
		check_behind(body, "\n ");
	check_packed(body);
	(void)media_of(name.p, name.len);
	return 0;
}
