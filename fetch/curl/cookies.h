/*
 * Cookies of the run: libcurl's engine, shared by all transfers, in whatever
 * thread they are. On only with -b or --cookie-jar.
 */
#ifndef FETCH_CURL_COOKIES_H
#define FETCH_CURL_COOKIES_H

#include <curl/curl.h>

#include "fetch/config.h"

struct cookies;
struct transfer;

/* Reads the cookie files. NULL when cookies are off. */
struct cookies *cookies_open(const struct fetch_config *config);

/* Writes the jar. Every handle must be gone before. NULL is fine. */
void cookies_close(struct cookies *cookies);

/* Makes the transfer's handle use them. NULL is fine. */
void cookies_apply(struct cookies *cookies, struct transfer *t);

/* What -b "a=1" gave, joined as a header has it; NULL: none. Borrowed. */
const char *cookies_from_options(const struct cookies *cookies);

#endif
