/*
 * libcurl would parse each URL, write it anew and take it apart, which is a
 * seventh of a small request's instructions. So the handle has the URL of the
 * origin ("http://host:port/") in parsed form, which is set only if the handle
 * had another origin before; and the path with the query is set as the request
 * target, which libcurl sends as it is.
 *
 * libcurl has to know the whole URL if there is a proxy, to which it sends the
 * URL, or if it manages cookies, which have paths.
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

/* Makes the handle use CURLOPT_URL. */
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

/* Returns true if the handle has the URL's origin. */
static bool has_origin(const struct transfer *t, const struct url *url)
{
	const size_t before = url->scheme_end + strlen("://");
	const size_t host = url->path_start - url->host_start;
	const char *text = t->origin_text.data;

	return t->origin_text.len == before + host + 1 &&
	       !memcmp(text, url->href, before) &&
	       !memcmp(text + before, url->href + url->host_start, host);
}

/* Returns -1 if libcurl does not accept the origin. */
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
	/* libcurl reads CURLOPT_URL only if it repeats a request because a
	 * reused connection has died, but it does not start without. */
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
	/* The origin is set again for the next hop. */
	if (t->refused != CURLE_OK)
		buf_clear(&t->origin_text);
}

void easy_url_release(struct transfer *t)
{
	curl_url_cleanup(t->origin);
	buf_release(&t->origin_text);
}
