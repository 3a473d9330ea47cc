/*
 * Sets the origin and the request target of a handle, instead of the whole URL.
 * libcurl would parse each whole URL, serialise it and parse it again, which is
 * a seventh of a small request's instructions. Instead, the handle keeps the
 * URL of the origin ("http://host:port/") in parsed form, set only when the
 * origin changes. The path with the query is set as the request target, which
 * libcurl sends unchanged.
 *
 * libcurl gets the whole URL if there is a proxy, to which it sends the URL, or
 * if it manages cookies, which have paths.
 */
#include "fetch/curl/easy_url.h"

#include <string.h>

#include "base/mem.h"
#include "fetch/curl/easy_options.h"

/* Appends the URL from the beginning to `end`, without user and password. */
static void add_plain(struct buf *out, const struct url *url, uint32_t end)
{
	buf_add(out, url->href, url->scheme_end);
	buf_addstr(out, "://");
	buf_add(out, url->href + url->host_start, end - url->host_start);
}

/* Unsets the origin and the request target, so that the handle uses
 * CURLOPT_URL. */
static void forget_origin(struct transfer *t)
{
	buf_clear(&t->origin_text);
	EASY_SET(t, CURLOPT_CURLU, NULL);
	EASY_SET(t, CURLOPT_REQUEST_TARGET, NULL);
}

static void set_whole_url(struct transfer *t, const struct url *url)
{
	struct buf plain = {0};

	forget_origin(t);
	add_plain(&plain, url, url->len);
	EASY_SET(t, CURLOPT_URL, buf_cstr(&plain));
	buf_release(&plain);
}

/* Returns true if the handle has the URL's origin already. */
static bool has_origin(const struct transfer *t, const struct url *url)
{
	const size_t before = url->scheme_end + strlen("://");
	const size_t host = url->path_start - url->host_start;
	const char *text = t->origin_text.data;

	return t->origin_text.len == before + host + 1 &&
	       !memcmp(text, url->href, before) &&
	       !memcmp(text + before, url->href + url->host_start, host);
}

/* Sets the URL's origin. Returns 0; or -1 if libcurl does not accept the
 * origin. */
static int set_origin(struct transfer *t, const struct url *url)
{
	const char *text;

	if (has_origin(t, url))
		return 0;
	buf_clear(&t->origin_text);
	add_plain(&t->origin_text, url, url->path_start);
	buf_addch(&t->origin_text, '/');
	text = buf_cstr(&t->origin_text);
	if (!t->origin)
		t->origin = mem_must(curl_url());
	if (curl_url_set(t->origin, CURLUPART_URL, text, 0))
		return -1;
	/* libcurl does not start a transfer without CURLOPT_URL, but reads it
	 * only to repeat a request after a reused connection has died. */
	EASY_SET(t, CURLOPT_URL, text);
	EASY_SET(t, CURLOPT_CURLU, t->origin);
	return 0;
}

static void set_target(struct transfer *t, const struct url *url)
{
	const char *path = url->href + url->path_start;
	struct buf copy = {0};

	if (url->fragment_start == url->len) {
		EASY_SET(t, CURLOPT_REQUEST_TARGET, path);
		return;
	}
	buf_add(&copy, path, url->fragment_start - url->path_start);
	EASY_SET(t, CURLOPT_REQUEST_TARGET, buf_cstr(&copy));
	buf_release(&copy);
}

void easy_set_url(struct transfer *t, const struct url *url, bool is_direct)
{
	if (!is_direct || t->shared->cookies || set_origin(t, url))
		set_whole_url(t, url);
	else
		set_target(t, url);
	/* After a failure, mark the origin as unset, so that it is set again
	 * for the next hop. */
	if (t->refused != CURLE_OK)
		buf_clear(&t->origin_text);
}

void easy_url_release(struct transfer *t)
{
	curl_url_cleanup(t->origin);
	buf_release(&t->origin_text);
}
