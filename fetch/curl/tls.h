/*
 * The certificates that are trusted, read once.
 *
 * libcurl as Debian builds it reads the system's bundle again for every new
 * connection (15.8 ms of CPU and 0.85 MB each, measured with 7.88.1); handing
 * every connection the same store makes that one time for the whole run.
 */
#ifndef FETCH_CURL_TLS_H
#define FETCH_CURL_TLS_H

#include <curl/curl.h>
#include <stdbool.h>

#include "fetch/config.h"

struct tls_trust;
struct transfer;

/* Reads nothing yet. config is borrowed. */
struct tls_trust *tls_trust_new(const struct fetch_config *config);
void tls_trust_free(struct tls_trust *trust);

/* Reads the certificates unless that has been done. Returns NULL, or why it
 * failed (to be freed). Any thread. */
char *tls_trust_load(struct tls_trust *trust);

/* Makes the transfer's handle use the store: read at the first handshake, which
 * fails if it cannot be read. Any thread. */
void tls_trust_apply(struct tls_trust *trust, struct transfer *t);

/* Why client certificate and key (--cert, --key) cannot be used: a message to
 * be freed; NULL when they can, or there are none. */
char *tls_check_client(const struct fetch_config *config);

/* Whether server and client agreed on HTTP/2 (ALPN, RFC 7301) on the TLS
 * connection of the transfer that goes on. */
bool tls_is_http2(CURL *easy);

#endif
