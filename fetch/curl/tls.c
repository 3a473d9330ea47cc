/* TLS set-up with OpenSSL: the shared certificate store, the callback that
 * notices requests for a client certificate, and the check of --cert. */
#include "fetch/curl/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "fetch/curl/easy_options.h"

struct tls_trust {
	const struct fetch_config *config;	/* borrowed */
	pthread_mutex_t lock;			/* protects store */
	X509_STORE *store;			/* NULL: the certificates were
						 * not read yet */
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

/* Finds the files of trusted certificates: --cacert, or else the environment
 * variables that the curl tool reads, or else libcurl's build-time default. */
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

/* Returns the text of OpenSSL's first error, and clears its error queue. */
static const char *reason_of_failure(void)
{
	const unsigned long code = ERR_peek_error();
	const char *reason;

	ERR_clear_error();
	if (ERR_GET_LIB(code) == ERR_LIB_SYS)
		return strerror(ERR_GET_REASON(code));
	reason = ERR_reason_error_string(code);
	return reason ? reason : "it has no certificates";
}

static char *load_store(struct tls_trust *trust)
{
	const char *file, *dir;
	X509_STORE *store;

	if (trust->store)
		return NULL;
	find_bundle(trust->config, &file, &dir);
	store = X509_STORE_new();
	if (!store)
		return xstrdup("out of memory");
	ERR_clear_error();
	if ((file && !X509_STORE_load_file(store, file)) ||
	    (dir && !X509_STORE_load_path(store, dir)) || (!file && !dir)) {
		X509_STORE_free(store);
		return xasprintf("%scertificates to trust cannot be read from "
				 "%s: %s",
				 trust->config->cacert ? "--cacert: " : "",
				 file ? file : dir ? dir : "anywhere",
				 reason_of_failure());
	}
	/* The flags of libcurl's own store: a chain may end at a trusted
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
	why = load_store(trust);
	pthread_mutex_unlock(&trust->lock);
	return why;
}

/* Called by OpenSSL when the server asks for a client certificate and none is
 * set. */
static int on_certificate_wanted(SSL *tls, X509 **certificate, EVP_PKEY **key)
{
	struct transfer *t = SSL_CTX_get_app_data(SSL_get_SSL_CTX(tls));

	(void)certificate;
	(void)key;
	if (t)
		t->certificate_wanted = true;
	return 0;
}

/*
 * Called by OpenSSL during a handshake. When the handshake is over, removes the
 * callback for certificate requests: on a connection that is used again, a
 * server may still ask for a certificate, by renegotiating (TLS 1.2) or by
 * asking for authentication (TLS 1.3, RFC 8446, 4.6.2), and by then the
 * transfer that made the connection may have been freed.
 */
static void on_tls_info(const SSL *tls, int where, int value)
{
	(void)value;
	if (where & SSL_CB_HANDSHAKE_DONE)
		SSL_CTX_set_app_data(SSL_get_SSL_CTX(tls), NULL);
}

/* Called by libcurl with a new SSL context for each connection. The transfer
 * that opens the connection exists until the handshake is over, so callbacks
 * may use it until then. */
static CURLcode on_context(CURL *easy, void *context, void *ctx)
{
	struct transfer *t = ctx;
	struct tls_trust *trust = t->shared->trust;
	char *why;

	(void)easy;
	SSL_CTX_set_app_data(context, t);
	SSL_CTX_set_client_cert_cb(context, on_certificate_wanted);
	SSL_CTX_set_info_callback(context, on_tls_info);
	if (trust->config->insecure)
		return CURLE_OK;
	why = tls_trust_load(trust);
	if (why) {
		log_warn("%s", why);
		free(why);
		return CURLE_SSL_CACERT_BADFILE;
	}
	SSL_CTX_set1_cert_store(context, trust->store);
	return CURLE_OK;
}

void tls_trust_apply(struct tls_trust *trust, struct transfer *t)
{
	if (trust->config->insecure) {
		EASY_SET(t, CURLOPT_SSL_VERIFYPEER, 0L);
		EASY_SET(t, CURLOPT_SSL_VERIFYHOST, 0L);
	}
	if (trust->config->tls_min)
		EASY_SET(t, CURLOPT_SSLVERSION,
			 trust->config->tls_min == TLS_1_3
				 ? CURL_SSLVERSION_TLSv1_3
				 : CURL_SSLVERSION_TLSv1_2);
	EASY_SET(t, CURLOPT_SSL_CTX_FUNCTION, on_context);
	EASY_SET(t, CURLOPT_SSL_CTX_DATA, t);
	EASY_SET(t, CURLOPT_CAINFO, NULL);
	EASY_SET(t, CURLOPT_CAPATH, NULL);
}

/* Called by OpenSSL if the key has a pass phrase: records that, for an error
 * message. The user is not asked for it, because the question would come for
 * each connection. */
static int on_pass_phrase(char *to, int size, int writing, void *ctx)
{
	bool *wanted = ctx;

	(void)to;
	(void)size;
	(void)writing;
	*wanted = true;
	return -1;
}

static char *check_key(SSL_CTX *context, const struct fetch_config *config)
{
	const char *path = config->key ? config->key : config->cert;
	bool is_encrypted = false, is_mismatched = false;
	unsigned long code;

	SSL_CTX_set_default_passwd_cb(context, on_pass_phrase);
	SSL_CTX_set_default_passwd_cb_userdata(context, &is_encrypted);
	if (SSL_CTX_use_PrivateKey_file(context, path, SSL_FILETYPE_PEM)) {
		/* If the key is of another type than the certificate's, OpenSSL
		 * accepts it but this check fails. */
		is_mismatched = !SSL_CTX_check_private_key(context);
		if (!is_mismatched)
			return NULL;
	}
	code = ERR_peek_error();
	if (is_encrypted)
		return xasprintf("the key in %s has a pass phrase; give one "
				 "without", path);
	if (is_mismatched || ERR_GET_REASON(code) == X509_R_KEY_VALUES_MISMATCH)
		return xasprintf("the key in %s does not match the "
				 "certificate in %s", path, config->cert);
	if (ERR_GET_LIB(code) == ERR_LIB_SYS)
		return xasprintf("--key: %s cannot be read: %s", path,
				 reason_of_failure());
	return xasprintf("%s: there is no private key (PEM) in %s",
			 config->key ? "--key" : "--cert without --key", path);
}

char *tls_check_client(const struct fetch_config *config)
{
	SSL_CTX *context;
	char *why;

	if (!config->cert)
		return NULL;
	ERR_clear_error();
	context = SSL_CTX_new(TLS_client_method());
	if (!context)
		return xstrdup("out of memory");
	if (!SSL_CTX_use_certificate_chain_file(context, config->cert))
		why = xasprintf("--cert: no certificate (PEM) can be read from "
				"%s: %s", config->cert, reason_of_failure());
	else
		why = check_key(context, config);
	ERR_clear_error();
	SSL_CTX_free(context);
	return why;
}

/* Returns OpenSSL's object of the running transfer's connection, or NULL. */
static const SSL *ssl_of(CURL *easy)
{
	struct curl_tlssessioninfo *info = NULL;

	curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &info);
	return info && info->backend == CURLSSLBACKEND_OPENSSL
		       ? info->internals : NULL;
}

bool tls_is_http2(CURL *easy)
{
	const SSL *ssl = ssl_of(easy);
	const unsigned char *name = NULL;
	unsigned len = 0;

	if (!ssl)
		return false;
	SSL_get0_alpn_selected(ssl, &name, &len);
	return len == 2 && !memcmp(name, "h2", 2);
}

const char *tls_version_name(CURL *easy)
{
	const SSL *ssl = ssl_of(easy);

	switch (ssl ? SSL_version(ssl) : 0) {
	case TLS1_VERSION:
		return "tls/1.0";
	case TLS1_1_VERSION:
		return "tls/1.1";
	case TLS1_2_VERSION:
		return "tls/1.2";
	case TLS1_3_VERSION:
		return "tls/1.3";
	default:
		return NULL;
	}
}
