/*
 * The trusted certificates, read once, and TLS details of libcurl's handles.
 *
 * libcurl as Debian builds it reads the system's bundle again for every new
 * connection (15.8 ms of CPU and 0.85 MB each, measured with 7.88.1). If every
 * connection gets the same store, the bundle is read only once per run.
 */
#ifndef FETCH_CURL_TLS_H
#define FETCH_CURL_TLS_H

#include <curl/curl.h>
#include <stdbool.h>

#include "fetch/config.h"

struct tls_trust;
struct transfer;

/* Creates the store without reading the certificates. config is borrowed. */
struct tls_trust *tls_trust_new(const struct fetch_config *config);
void tls_trust_free(struct tls_trust *trust);

/* Reads the certificates, unless they were read before. Returns NULL, or an
 * error message, which the caller frees. May be called in any thread. */
char *tls_trust_load(struct tls_trust *trust);

/* Makes the transfer's handle use the store. The certificates are read at the
 * first handshake; if they cannot be read, the handshake fails. May be called
 * in any thread. */
void tls_trust_apply(struct tls_trust *trust, struct transfer *t);

/* Checks the client certificate and its key (--cert, --key). Returns NULL if
 * they can be used or are not given, or else an error message, which the caller
 * frees. */
char *tls_check_client(const struct fetch_config *config);

/* Returns true if HTTP/2 was negotiated (ALPN, RFC 7301) on the TLS connection
 * of the running transfer. */
bool tls_is_http2(CURL *easy);

/* Returns the version of TLS of the running transfer's connection as the field
 * WARC-Protocol names versions, such as "tls/1.3"; a literal. NULL if there is
 * no TLS. */
const char *tls_version_name(CURL *easy);

#endif
