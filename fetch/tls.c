#include "fetch/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

struct tls_trust {
	const struct fetch_config *config;	/* borrowed */
	pthread_mutex_t lock;			/* guards store */
	X509_STORE *store;			/* NULL: not read yet */
};

struct tls_trust *tls_trust_new(const struct fetch_config *config)
{
	struct tls_trust *trust = xcalloc(1, sizeof(*trust));

	trust->config = config;
	pthread_mutex_init(&trust->lock, NULL);
	return trust;
}

void tls_trust_free(struct tls_trust *trust)
{
	if (!trust)
		return;
	X509_STORE_free(trust->store);
	pthread_mutex_destroy(&trust->lock);
	free(trust);
}

static const char *first_env(const char *a, const char *b)
{
	const char *value = getenv(a);

	if (!value || !*value)
		value = b ? getenv(b) : NULL;
	return value && *value ? value : NULL;
}

/* --cacert, or the environment as the curl tool reads it, or what libcurl was
 * built for. */
static void find_bundle(const struct fetch_config *config, const char **file,
			const char **dir)
{
	const curl_version_info_data *curl =
		curl_version_info(CURLVERSION_NOW);

	*dir = NULL;
	*file = config->cacert;
	if (*file)
		return;
	*file = first_env("CURL_CA_BUNDLE", "SSL_CERT_FILE");
	*dir = first_env("SSL_CERT_DIR", NULL);
	if (*file || *dir)
		return;
	*file = curl->cainfo;
	if (!*file)
		*dir = curl->capath;
}

static char *load(struct tls_trust *trust)
{
	const char *file, *dir;
	X509_STORE *store;
	char reason[256] = "no certificates found";

	if (trust->store)
		return NULL;
	find_bundle(trust->config, &file, &dir);
	store = X509_STORE_new();
	if (!store)
		return xstrdup("out of memory");
	ERR_clear_error();
	if ((file && !X509_STORE_load_file(store, file)) ||
	    (dir && !X509_STORE_load_path(store, dir)) || (!file && !dir)) {
		const unsigned long code = ERR_peek_error();

		if (code)
			ERR_error_string_n(code, reason, sizeof(reason));
		ERR_clear_error();
		X509_STORE_free(store);
		return xasprintf("certificates to trust cannot be read from "
				 "%s: %s", file ? file : dir ? dir : "anywhere",
				 reason);
	}
	/* As libcurl sets its own store up: a chain may end at a trusted
	 * certificate that is not a root. */
	X509_STORE_set_flags(store, X509_V_FLAG_TRUSTED_FIRST |
				    X509_V_FLAG_PARTIAL_CHAIN);
	trust->store = store;
	return NULL;
}

char *tls_trust_load(struct tls_trust *trust)
{
	char *why;

	pthread_mutex_lock(&trust->lock);
	why = load(trust);
	pthread_mutex_unlock(&trust->lock);
	return why;
}

static CURLcode on_context(CURL *easy, void *context, void *ctx)
{
	struct tls_trust *trust = ctx;
	char *why = tls_trust_load(trust);

	(void)easy;
	if (why) {
		log_warn("%s", why);
		free(why);
		return CURLE_SSL_CACERT_BADFILE;
	}
	SSL_CTX_set1_cert_store(context, trust->store);
	return CURLE_OK;
}

void tls_trust_apply(struct tls_trust *trust, CURL *easy)
{
	if (trust->config->insecure) {
		curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
		curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
	} else {
		curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, on_context);
		curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, trust);
	}
	curl_easy_setopt(easy, CURLOPT_CAINFO, NULL);
	curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
}

bool tls_is_http2(CURL *easy)
{
	struct curl_tlssessioninfo *info = NULL;
	const unsigned char *name = NULL;
	unsigned len = 0;

	curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &info);
	if (!info || info->backend != CURLSSLBACKEND_OPENSSL ||
	    !info->internals)
		return false;
	SSL_get0_alpn_selected(info->internals, &name, &len);
	return len == 2 && !memcmp(name, "h2", 2);
}
