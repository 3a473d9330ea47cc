/* Names in a certificate are written as in RFC 4514
 * ("CN=example.org,O=Example"), but with UTF-8 unchanged. Names are text from a
 * server, so they may contain any characters; OpenSSL only refuses a
 * certificate whose names are not valid in the encoding that they declare. */
#include "fetch/curl/tls_info.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/timestamp.h"

enum { SECONDS_PER_DAY = 86400 };

static SSL *connection_of(CURL *easy)
{
	struct curl_tlssessioninfo *info = NULL;

	curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &info);
	return info && info->backend == CURLSSLBACKEND_OPENSSL
		? info->internals : NULL;
}

static void add_name(struct buf *out, const X509_NAME *name)
{
	const unsigned long flags = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
	BIO *text = BIO_new(BIO_s_mem());
	char *bytes = NULL;
	long len;

	if (text && X509_NAME_print_ex(text, name, 0, flags) >= 0) {
		len = BIO_get_mem_data(text, &bytes);
		json_add_string(out, bytes, len > 0 ? (size_t)len : 0);
	} else {
		buf_addstr(out, "null");
	}
	BIO_free(text);
}

/* Converts a time to seconds since 1970. Returns false if the time is not
 * valid. */
static bool read_time(const ASN1_TIME *time, int64_t *seconds)
{
	ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
	int days = 0, rest = 0;
	const bool valid = epoch && time &&
			   ASN1_TIME_diff(&days, &rest, epoch, time);

	*seconds = (int64_t)days * SECONDS_PER_DAY + rest;
	ASN1_TIME_free(epoch);
	return valid;
}

/* Returns the number of whole days in the given seconds, rounded down: -1 for a
 * certificate that expired a minute ago. */
static int64_t whole_days(int64_t seconds)
{
	return seconds / SECONDS_PER_DAY - (seconds % SECONDS_PER_DAY < 0);
}

static void add_end(struct buf *out, const X509 *certificate, int64_t unix_now)
{
	int64_t end;

	if (!read_time(X509_get0_notAfter(certificate), &end)) {
		buf_addstr(out, ",\"not_after\":null,\"days_left\":null");
		return;
	}
	buf_addstr(out, ",\"not_after\":\"");
	timestamp_add_seconds(out, end);
	buf_addstr(out, "\",\"days_left\":");
	json_add_int(out, whole_days(end - unix_now));
}

static void add_certificate(struct buf *out, const X509 *certificate,
			    int64_t unix_now)
{
	if (!certificate) {
		buf_addstr(out, ",\"issuer\":null,\"subject\":null,"
				"\"not_after\":null,\"days_left\":null");
		return;
	}
	buf_addstr(out, ",\"issuer\":");
	add_name(out, X509_get_issuer_name(certificate));
	buf_addstr(out, ",\"subject\":");
	add_name(out, X509_get_subject_name(certificate));
	add_end(out, certificate, unix_now);
}

char *tls_info_read(CURL *easy, int64_t unix_now)
{
	const SSL *tls = connection_of(easy);
	const char *version;
	struct buf out = {0};

	if (!tls)
		return NULL;
	version = SSL_get_version(tls);
	buf_addstr(&out, "{\"version\":");
	json_add_string(&out, version, strlen(version));
	add_certificate(&out, SSL_get0_peer_certificate(tls), unix_now);
	buf_addch(&out, '}');
	/* Removes OpenSSL's errors, because libcurl would take them for errors
	 * of the connection. */
	ERR_clear_error();
	return buf_detach(&out);
}
