#include "fetch/cookies.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"

struct cookies {
	CURLSH *share;
	CURL *keeper;		/* reads the files and writes the jar */
	pthread_mutex_t lock;	/* guards what is shared, for libcurl */
	struct buf given;
	bool has_jar;
};

static void on_lock(CURL *easy, curl_lock_data data, curl_lock_access access,
		    void *ctx)
{
	struct cookies *c = ctx;

	(void)easy;
	(void)access;
	if (data == CURL_LOCK_DATA_COOKIE)
		pthread_mutex_lock(&c->lock);
}

static void on_unlock(CURL *easy, curl_lock_data data, void *ctx)
{
	struct cookies *c = ctx;

	(void)easy;
	if (data == CURL_LOCK_DATA_COOKIE)
		pthread_mutex_unlock(&c->lock);
}

struct cookies *cookies_open(const struct fetch_config *config)
{
	struct cookies *c;

	if (!config->cookies.len && !config->cookie_jar)
		return NULL;
	c = xcalloc(1, sizeof(*c));
	pthread_mutex_init(&c->lock, NULL);
	c->share = curl_share_init();
	c->keeper = curl_easy_init();
	if (!c->share || !c->keeper) {
		log_warn("cookies cannot be kept: out of memory");
		cookies_close(c);
		return NULL;
	}
	curl_share_setopt(c->share, CURLSHOPT_LOCKFUNC, on_lock);
	curl_share_setopt(c->share, CURLSHOPT_UNLOCKFUNC, on_unlock);
	curl_share_setopt(c->share, CURLSHOPT_USERDATA, c);
	curl_share_setopt(c->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
	curl_easy_setopt(c->keeper, CURLOPT_SHARE, c->share);
	for (size_t i = 0; i < config->cookies.len; i++) {
		const char *cookie = config->cookies.items[i];

		if (!strchr(cookie, '=')) {
			curl_easy_setopt(c->keeper, CURLOPT_COOKIEFILE,
					 cookie);
			continue;
		}
		if (c->given.len)
			buf_addstr(&c->given, "; ");
		buf_addstr(&c->given, cookie);
	}
	buf_cstr(&c->given);
	curl_easy_setopt(c->keeper, CURLOPT_COOKIELIST, "RELOAD");
	if (config->cookie_jar) {
		c->has_jar = true;
		curl_easy_setopt(c->keeper, CURLOPT_COOKIEJAR,
				 config->cookie_jar);
	}
	return c;
}

void cookies_close(struct cookies *c)
{
	if (!c)
		return;
	if (c->has_jar)
		curl_easy_setopt(c->keeper, CURLOPT_COOKIELIST, "FLUSH");
	curl_easy_cleanup(c->keeper);
	curl_share_cleanup(c->share);
	pthread_mutex_destroy(&c->lock);
	buf_release(&c->given);
	free(c);
}

void cookies_apply(struct cookies *c, CURL *easy)
{
	if (!c)
		return;
	curl_easy_setopt(easy, CURLOPT_SHARE, c->share);
	/* Sharing alone does not switch a handle's engine on (7.88). */
	curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "");
}

const char *cookies_given(const struct cookies *c)
{
	return c && c->given.len ? c->given.data : NULL;
}
