/* Describes a server's certificate in JSON, for --tls-info. */
#ifndef FETCH_CURL_TLS_INFO_H
#define FETCH_CURL_TLS_INFO_H

#include <curl/curl.h>
#include <stdint.h>

/*
 * Returns the member `tls` of a record: JSON text, freed by the caller; or NULL
 * if the connection of the running transfer has no TLS. Works on reused
 * connections and resumed sessions, too. Must be called from a callback of the
 * transfer, because the handle loses its connection afterwards. unix_now
 * (seconds since 1970) is the time from which the certificate's days left are
 * counted.
 */
char *tls_info_read(CURL *easy, int64_t unix_now);

#endif
