/*
 * Decides by name whether a value is secret. Names are split into words, at
 * "-", "_" and the like, and where a lower-case letter is followed by a capital
 * (accessToken), so that "Author" does not match "auth", nor "max_tokens"
 * "token".
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/secret_rules.h"
#include "base/secrets.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

/* Secret if anywhere in a name. */
static const char *const parts[] = {
	"authorization", "authentication", "password", "passwd", "passphrase",
	"passcode", "secret", "credential", "apikey",
};

/* Secret at the end of a word: "X-TrackerToken", "PHPSESSID". */
static const char *const endings[] = {
	"key", "token", "auth", "cookie", "cookies", "cookie2", "session",
	"sessionid", "sessid", "signature", "jwt", "bearer", "assertion",
	"macaroon", "hmac",
};

/* Secret as a whole word. */
static const char *const words[] = {
	"pwd", "pass", "sig", "sign", "csrf", "xsrf", "otp", "totp", "pin",
	"sid", "oauth2", "saml", "psk",
};

/* Secret as a whole name: names of keys of some services (Honeycomb, OVH), and
 * DPoP (RFC 9449), which would be split into three words. */
static const char *const names[] = {
	"x-honeycomb-team", "x-ovh-consumer", "dpop",
};

/* Names that look secret but only identify requests, so that they give no
 * access. */
static const char *const harmless[] = {
	"idempotency-key", "x-idempotency-key", "idempotency_key",
	"idempotencykey", "surrogate-key", "sec-websocket-key",
};

static bool is_same(const char *s, size_t len, const char *other)
{
	return strlen(other) == len && !strncasecmp(s, other, len);
}

static bool is_one_of(const char *s, size_t len, const char *const *list,
		      size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_same(s, len, list[i]))
			return true;
	return false;
}

/* Returns false if the characters differ in more than their case; most calls of
 * strncasecmp() are avoided with it. */
static bool may_be_same(char c, char lower)
{
	return (c | 0x20) == lower;
}

static bool has_part(const char *s, size_t len)
{
	for (size_t i = 0; i < LENGTH(parts); i++) {
		const size_t part = strlen(parts[i]);

		for (size_t at = 0; at + part <= len; at++)
			if (may_be_same(s[at], parts[i][0]) &&
			    !strncasecmp(s + at, parts[i], part))
				return true;
	}
	return false;
}

static bool is_secret_word(const char *s, size_t len)
{
	for (size_t i = 0; i < LENGTH(endings); i++) {
		const size_t end = strlen(endings[i]);

		if (len >= end &&
		    may_be_same(s[len - 1], endings[i][end - 1]) &&
		    !strncasecmp(s + len - end, endings[i], end))
			return true;
	}
	return is_one_of(s, len, words, LENGTH(words));
}

/* Returns the length of the word at s. */
static size_t word_length(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && isalnum((unsigned char)s[n])) {
		n++;
		if (n < len && isupper((unsigned char)s[n]) &&
		    !isupper((unsigned char)s[n - 1]))
			break;
	}
	return n;
}

bool secret_name(const char *name, size_t len)
{
	if (is_one_of(name, len, harmless, LENGTH(harmless)))
		return false;
	if (has_part(name, len) ||
	    is_one_of(name, len, names, LENGTH(names)))
		return true;
	for (size_t at = 0; at < len; at++) {
		const size_t word = word_length(name + at, len - at);

		if (!word)
			continue;
		if (is_secret_word(name + at, word))
			return true;
		at += word - 1;
	}
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool has_secret_url(const char *text, size_t len)
{
	struct slice secret;
	size_t at = 0;

	return secret_text_next(text, len, &at, &secret);
}

bool secret_header(const char *line, size_t len)
{
	size_t name = 0, value;

	while (name < len && line[name] != ':' && line[name] != ';')
		name++;
	if (is_same(line, name, "host"))
		return true;
	for (value = name + 1; value < len && is_blank(line[value]);)
		value++;
	/* A line without a value removes the header. It is not secret, and must
	 * apply at other origins, too. */
	if (value >= len)
		return false;
	return secret_name(line, name) ||
	       secrets_are_in(line + value, len - value) ||
	       has_secret_url(line + value, len - value);
}
