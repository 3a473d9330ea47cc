/* The rules by which a body's type is decided: an explicit --type, then a
 * declared type that is specific, then the first bytes and the file name. */
#include "parse/body_type.h"

#include <string.h>

#include "parse/encoding/gunzip.h"
#include "parse/encoding/sniff.h"

enum { PEEK = 2048 };

enum media body_type_of_url(const char *url)
{
	size_t len = 0;

	if (!url)
		return MEDIA_NONE;
	while (url[len] && url[len] != '?' && url[len] != '#')
		len++;
	return sniff_file_name((struct slice){url, len});
}

/* Returns true for the types that servers send for files whose type they do not
 * know. */
static bool is_vague_type(enum media declared)
{
	return declared == MEDIA_NONE || declared == MEDIA_TEXT ||
	       declared == MEDIA_GZIP || declared == MEDIA_BINARY ||
	       declared == MEDIA_OTHER;
}

bool body_type_should_unpack(const struct body_type *t, struct slice body)
{
	enum media inside = t->name;
	char first[PEEK];
	size_t len;

	if (!gunzip_is_packed(body))
		return false;
	if (t->config->type || !is_vague_type(t->declared))
		return true;
	len = gunzip_peek(body, first, sizeof(first));
	if (len)
		inside = sniff_body((struct slice){first, len}, t->name);
	if (inside == MEDIA_TEXT)
		return t->config->body || t->config->want_json;
	return inside != MEDIA_NONE && inside != MEDIA_BINARY;
}

static enum media sniff_vague_type(struct body_type *t, struct slice body)
{
	t->is_sniffed = true;
	if (t->was_packed || t->declared == MEDIA_GZIP)
		return sniff_body(body, t->name);
	if (sniff_is_feed(body) || sniff_is_declared_xml(body))
		return MEDIA_XML;
	if (t->declared == MEDIA_NONE)
		return media_sniff(body.p, body.len);
	t->is_sniffed = false;
	return t->declared;
}

enum media body_type_decide(struct body_type *t, struct slice body)
{
	enum media media = t->config->type;

	t->is_sniffed = false;
	if (media)
		return media;
	if (is_vague_type(t->declared))
		media = sniff_vague_type(t, body);
	else if (t->declared == MEDIA_HTML && sniff_is_feed(body))
		media = MEDIA_XML;
	else
		media = t->declared;
	/* The file name confirms the guessed type, so the type counts as
	 * certain. */
	if (media == t->name)
		t->is_sniffed = false;
	return media;
}
