/* Shares libcurl's cookie list between transfers (CURLSH). An easy handle that
 * makes no transfers, the keeper, reads the cookie files at the start and
 * writes the jar at the end. */
#include "fetch/curl/cookies.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "fetch/curl/easy_options.h"

struct cookies {
	CURLSH *share;
	CURL *keeper;		/* handle that reads the files and writes the
				 * jar */
	pthread_mutex_t lock;	/* protects the shared cookies */
	struct buf from_options;
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

/* Ends the program if an option could not be set: requests would be sent with
 * the wrong cookies. */
static void check_code(CURLcode code)
{
	if (code != CURLE_OK)
		mem_must(NULL);
}

static void open_share(struct cookies *c)
{
	c->share = mem_must(curl_share_init());
	c->keeper = mem_must(curl_easy_init());
	curl_share_setopt(c->share, CURLSHOPT_LOCKFUNC, on_lock);
	curl_share_setopt(c->share, CURLSHOPT_UNLOCKFUNC, on_unlock);
	curl_share_setopt(c->share, CURLSHOPT_USERDATA, c);
	if (curl_share_setopt(c->share, CURLSHOPT_SHARE,
			      CURL_LOCK_DATA_COOKIE) != CURLSHE_OK)
		mem_must(NULL);
	check_code(curl_easy_setopt(c->keeper, CURLOPT_SHARE, c->share));
}

struct cookies *cookies_open(const struct fetch_config *config)
{
	struct cookies *c;

	if (!config->cookies.len && !config->cookie_files.len &&
	    !config->cookie_jar)
		return NULL;
	c = xcalloc(1, sizeof(*c));
	pthread_mutex_init(&c->lock, NULL);
	open_share(c);
	for (size_t i = 0; i < config->cookie_files.len; i++)
		check_code(curl_easy_setopt(c->keeper, CURLOPT_COOKIEFILE,
					    config->cookie_files.items[i]));
	for (size_t i = 0; i < config->cookies.len; i++) {
		if (c->from_options.len)
			buf_addstr(&c->from_options, "; ");
		buf_addstr(&c->from_options, config->cookies.items[i]);
	}
	buf_cstr(&c->from_options);
	check_code(curl_easy_setopt(c->keeper, CURLOPT_COOKIELIST, "RELOAD"));
	if (config->cookie_jar) {
		c->has_jar = true;
		check_code(curl_easy_setopt(c->keeper, CURLOPT_COOKIEJAR,
					    config->cookie_jar));
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
	buf_release(&c->from_options);
	free(c);
}

void cookies_apply(struct cookies *c, struct transfer *t)
{
	if (!c)
		return;
	EASY_SET(t, CURLOPT_SHARE, c->share);
	/* Sharing alone does not enable the cookie engine of a handle (libcurl
	 * 7.88). */
	EASY_SET(t, CURLOPT_COOKIEFILE, "");
}

const char *cookies_from_options(const struct cookies *c)
{
	return c && c->from_options.len ? c->from_options.data : NULL;
}
