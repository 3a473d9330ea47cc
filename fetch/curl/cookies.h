/*
 * The cookies of a run, in libcurl's cookie engine, shared by all transfers of
 * all threads. Active only with -b or --cookie-jar.
 */
#ifndef FETCH_CURL_COOKIES_H
#define FETCH_CURL_COOKIES_H

#include <curl/curl.h>

#include "fetch/config.h"

struct cookies;
struct transfer;

/* Reads the cookie files. Returns NULL if the options do not ask for
 * cookies. */
struct cookies *cookies_open(const struct fetch_config *config);

/* Writes the cookie jar and frees cookies. All libcurl handles must have been
 * freed before. cookies may be NULL. */
void cookies_close(struct cookies *cookies);

/* Makes the transfer's handle use these cookies. cookies may be NULL. */
void cookies_apply(struct cookies *cookies, struct transfer *t);

/* Returns the cookies of -b "a=1", joined as in a Cookie header, borrowed; NULL
 * if there are none. */
const char *cookies_from_options(const struct cookies *cookies);

#endif
