/* Tables of media types, and of signatures: the first bytes by which the type
 * of an undeclared body is recognised. */
#include "parse/encoding/media_type.h"

#include <string.h>

#include "base/ascii.h"
#include "base/job/headers.h"

enum {
	ESSENCE_MAX = 127,	/* bytes of "type/subtype" (RFC 6838) */
	SNIFF_MAX = 1445,	/* bytes examined: the "resource header" of the
				 * standard */
};

struct essence {
	char text[ESSENCE_MAX + 1];
	size_t len;
};

#define TEXT(text) text, sizeof(text) - 1

/* Rules for a media type without parameters ("type/subtype"): it must equal,
 * begin with or end with the text. */
static const struct rule {
	enum { IS, BEGINS, ENDS } how;
	const char *text;
	size_t len;
	enum media media;
} rules[] = {
	/* The most frequent types are first. */
	{IS, TEXT("text/html"), MEDIA_HTML},
	{IS, TEXT("application/json"), MEDIA_JSON},
	{IS, TEXT("text/plain"), MEDIA_TEXT},
	{IS, TEXT("application/xhtml+xml"), MEDIA_XHTML},
	{IS, TEXT("text/json"), MEDIA_JSON},
	{IS, TEXT("application/ndjson"), MEDIA_JSON_LINES},
	{IS, TEXT("application/x-ndjson"), MEDIA_JSON_LINES},
	{IS, TEXT("text/x-ndjson"), MEDIA_JSON_LINES},
	{IS, TEXT("application/jsonl"), MEDIA_JSON_LINES},
	{IS, TEXT("application/x-jsonl"), MEDIA_JSON_LINES},
	{IS, TEXT("application/jsonlines"), MEDIA_JSON_LINES},
	{IS, TEXT("application/x-jsonlines"), MEDIA_JSON_LINES},
	{IS, TEXT("application/json-lines"), MEDIA_JSON_LINES},
	{IS, TEXT("application/x-json-stream"), MEDIA_JSON_LINES},
	{IS, TEXT("application/stream+json"), MEDIA_JSON_LINES},
	{IS, TEXT("application/json-seq"), MEDIA_JSON_LINES},
	{ENDS, TEXT("+json-seq"), MEDIA_JSON_LINES},
	{ENDS, TEXT("+jsonl"), MEDIA_JSON_LINES},
	{ENDS, TEXT("+json"), MEDIA_JSON},
	{IS, TEXT("text/xml"), MEDIA_XML},
	{IS, TEXT("application/xml"), MEDIA_XML},
	{ENDS, TEXT("+xml"), MEDIA_XML},
	{IS, TEXT("application/rss"), MEDIA_XML},
	{IS, TEXT("application/atom"), MEDIA_XML},
	{IS, TEXT("application/rdf"), MEDIA_XML},
	{IS, TEXT("application/x-rss"), MEDIA_XML},
	{IS, TEXT("application/x-atom"), MEDIA_XML},
	{IS, TEXT("application/x-xml"), MEDIA_XML},
	{IS, TEXT("text/rss"), MEDIA_XML},
	{IS, TEXT("text/atom"), MEDIA_XML},
	{IS, TEXT("text/x-xml"), MEDIA_XML},
	{BEGINS, TEXT("text/"), MEDIA_TEXT},
	{IS, TEXT("application/javascript"), MEDIA_TEXT},
	{IS, TEXT("application/ecmascript"), MEDIA_TEXT},
	{IS, TEXT("application/x-javascript"), MEDIA_TEXT},
	{IS, TEXT("application/x-ecmascript"), MEDIA_TEXT},
	{IS, TEXT("application/x-www-form-urlencoded"), MEDIA_TEXT},
	{BEGINS, TEXT("image/"), MEDIA_BINARY},
	{BEGINS, TEXT("audio/"), MEDIA_BINARY},
	{BEGINS, TEXT("video/"), MEDIA_BINARY},
	{BEGINS, TEXT("font/"), MEDIA_BINARY},
	{ENDS, TEXT("+zip"), MEDIA_BINARY},
	{IS, TEXT("application/octet-stream"), MEDIA_BINARY},
	{IS, TEXT("application/pdf"), MEDIA_BINARY},
	{IS, TEXT("application/zip"), MEDIA_BINARY},
	{IS, TEXT("application/gzip"), MEDIA_GZIP},
	{IS, TEXT("application/x-gzip"), MEDIA_GZIP},
	{IS, TEXT("application/x-gunzip"), MEDIA_GZIP},
	{IS, TEXT("application/gzipped"), MEDIA_GZIP},
	{IS, TEXT("application/gzip-compressed"), MEDIA_GZIP},
	{IS, TEXT("application/x-gzip-compressed"), MEDIA_GZIP},
	{IS, TEXT("gzip/document"), MEDIA_GZIP},
	{ENDS, TEXT("+gzip"), MEDIA_GZIP},
	{IS, TEXT("application/wasm"), MEDIA_BINARY},
	/* Types that the standard treats as unknown (section 7). */
	{IS, TEXT("unknown/unknown"), MEDIA_NONE},
	{IS, TEXT("application/unknown"), MEDIA_NONE},
	{IS, TEXT("*/*"), MEDIA_NONE},
};

static bool is_token(char c)
{
	return ascii_is_letter(c) || (c >= '0' && c <= '9') ||
	       (c && strchr("!#$%&'*+-.^_`|~", c));
}

/* Reads "type/subtype" into e, in lower case; returns false if s does not begin
 * with one. */
static bool essence_parse(struct essence *e, const char *s, size_t len)
{
	const char *semicolon = len ? memchr(s, ';', len) : NULL;
	const struct slice type = ascii_trim((struct slice){
		s, semicolon ? (size_t)(semicolon - s) : len});
	size_t slash = 0;

	if (type.len > ESSENCE_MAX)
		return false;
	for (size_t i = 0; i < type.len; i++) {
		if (type.p[i] == '/' && !slash)
			slash = i;
		else if (!is_token(type.p[i]))
			return false;
		e->text[i] = ascii_lower(type.p[i]);
	}
	e->text[type.len] = '\0';
	e->len = type.len;
	return slash && slash + 1 < type.len;
}

static bool rule_fits(const struct rule *rule, const struct essence *e)
{
	if (e->len < rule->len || (rule->how == IS && e->len != rule->len))
		return false;
	return !memcmp(e->text + (rule->how == ENDS ? e->len - rule->len : 0),
		       rule->text, rule->len);
}

static enum media media_of_essence(const struct essence *e)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (rule_fits(&rules[i], e))
			return rules[i].media;
	return MEDIA_OTHER;
}

/* Returns the length of the list's first element: up to a comma that is not
 * inside a quoted string. */
static size_t element_length(const char *s, size_t len)
{
	bool quoted = false;
	size_t i;

	for (i = 0; i < len; i++) {
		if (s[i] == '"')
			quoted = !quoted;
		else if (quoted && s[i] == '\\')
			i++;
		else if (!quoted && s[i] == ',')
			break;
	}
	return i < len ? i : len;
}

struct signature {
	const char *text;	/* bytes to compare; letters in upper case match
				 * both cases */
	bool tag;		/* a space or '>' must follow the bytes */
	enum media media;
};

/* Signatures in the order of the standard's section 7.1. White space before
 * them is skipped. */
static const struct signature signatures[] = {
	{"<!DOCTYPE HTML", true, MEDIA_HTML},
	{"<HTML", true, MEDIA_HTML},
	{"<HEAD", true, MEDIA_HTML},
	{"<SCRIPT", true, MEDIA_HTML},
	{"<IFRAME", true, MEDIA_HTML},
	{"<H1", true, MEDIA_HTML},
	{"<DIV", true, MEDIA_HTML},
	{"<FONT", true, MEDIA_HTML},
	{"<TABLE", true, MEDIA_HTML},
	{"<A", true, MEDIA_HTML},
	{"<STYLE", true, MEDIA_HTML},
	{"<TITLE", true, MEDIA_HTML},
	{"<B", true, MEDIA_HTML},
	{"<BODY", true, MEDIA_HTML},
	{"<BR", true, MEDIA_HTML},
	{"<P", true, MEDIA_HTML},
	{"<!--", true, MEDIA_HTML},
	{"<?xml", false, MEDIA_XML},
	{"{", false, MEDIA_JSON},
	{"[", false, MEDIA_JSON},
	{"%PDF-", false, MEDIA_BINARY},
};

static bool signature_fits(const struct signature *sig, const char *s,
			   size_t len)
{
	const size_t n = strlen(sig->text);

	if (len < n + sig->tag)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char c = sig->text[i];
		const bool upper = c >= 'A' && c <= 'Z' && sig->tag;

		if (s[i] != c && !(upper && s[i] == ascii_lower(c)))
			return false;
	}
	return !sig->tag || s[n] == ' ' || s[n] == '>';
}

static bool begins_with(const char *s, size_t len, const char *with)
{
	const size_t n = strlen(with);

	return len >= n && !memcmp(s, with, n);
}

bool media_has_binary(const char *s, size_t len)
{
	if (begins_with(s, len, "\xfe\xff") || begins_with(s, len, "\xff\xfe"))
		return false;
	if (len > SNIFF_MAX)
		len = SNIFF_MAX;
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)s[i];

		if (c <= 8 || c == 0x0b || (c >= 0x0e && c <= 0x1a) ||
		    (c >= 0x1c && c <= 0x1f))
			return true;
	}
	return false;
}

enum media media_sniff(const char *s, size_t len)
{
	const char *p = s;
	size_t left = len;

	/* In browsers a BOM makes the body plain text, even before "<html>". */
	if (begins_with(p, left, "\xef\xbb\xbf")) {
		p += 3;
		left -= 3;
	}
	for (; left && ascii_is_space(*p); left--)
		p++;
	for (size_t i = 0; i < sizeof(signatures) / sizeof(*signatures); i++)
		if (signature_fits(&signatures[i], p, left))
			return signatures[i].media;
	return media_has_binary(s, len) ? MEDIA_BINARY : MEDIA_TEXT;
}

enum media media_of(const char *s, size_t len)
{
	struct essence e;

	return essence_parse(&e, s, len) ? media_of_essence(&e) : MEDIA_NONE;
}

enum media media_declared(const struct buf *headers, struct slice *value)
{
	enum media media = MEDIA_NONE;
	struct essence e;
	struct slice all;

	*value = (struct slice){"", 0};
	for (size_t at = 0;
	     headers_find(headers, &at, "content-type", &all);) {
		while (all.len) {
			const size_t n = element_length(all.p, all.len);

			if (essence_parse(&e, all.p, n) &&
			    strcmp(e.text, "*/*")) {
				media = media_of_essence(&e);
				*value = ascii_trim((struct slice){all.p, n});
			}
			all.p += n + (n < all.len);
			all.len -= n + (n < all.len);
		}
	}
	return media;
}
