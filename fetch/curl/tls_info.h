/* What a server's certificate says, for --tls-info. */
#ifndef FETCH_CURL_TLS_INFO_H
#define FETCH_CURL_TLS_INFO_H

#include <curl/curl.h>
#include <stdint.h>

/*
 * Returns the member `tls` of a record: JSON text, freed by the caller; or NULL
 * if the connection of the running transfer has no TLS. Works on reused
 * connections and resumed sessions, too. Call it from a callback of the
 * transfer: afterwards libcurl has separated the two. unix_now, in seconds, is
 * the time from which the days left are counted.
 */
char *tls_info_read(CURL *easy, int64_t unix_now);

#endif
