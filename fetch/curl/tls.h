/*
 * The trusted certificates, read once, and TLS details of libcurl's handles.
 *
 * libcurl as Debian builds it reads the system's bundle again for every new
 * connection (15.8 ms of CPU and 0.85 MB each, measured with 7.88.1). Giving
 * every connection the same store costs that only once per run.
 */
#ifndef FETCH_CURL_TLS_H
#define FETCH_CURL_TLS_H

#include <curl/curl.h>
#include <stdbool.h>

#include "fetch/config.h"

struct tls_trust;
struct transfer;

/* Does not read the certificates yet. config is borrowed. */
struct tls_trust *tls_trust_new(const struct fetch_config *config);
void tls_trust_free(struct tls_trust *trust);

/* Reads the certificates, unless they have been read. Returns NULL, or a
 * message (freed by the caller) that says why it failed. Any thread. */
char *tls_trust_load(struct tls_trust *trust);

/* Makes the transfer's handle use the store. It is read at the first handshake,
 * which fails if it cannot be read. Any thread. */
void tls_trust_apply(struct tls_trust *trust, struct transfer *t);

/* Checks client certificate and key (--cert, --key). Returns NULL if they can
 * be used or there are none, or else a message to be freed. */
char *tls_check_client(const struct fetch_config *config);

/* Returns true if HTTP/2 was negotiated (ALPN, RFC 7301) on the TLS connection
 * of the running transfer. */
bool tls_is_http2(CURL *easy);

#endif
