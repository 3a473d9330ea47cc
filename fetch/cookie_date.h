/*
 * Corrects expiry dates of cookies that libcurl misreads.
 *
 * By RFC 6265 (5.1.1), a two-digit year from 70 to 99 means 19xx, but libcurl
 * reads 70 as 2070. And libcurl keeps a cookie that expired before 1970 for the
 * whole run. Servers use both kinds of date to remove a cookie: "Expires=Thu,
 * 01-Jan-70 00:00:01 GMT".
 */
#ifndef FETCH_COOKIE_DATE_H
#define FETCH_COOKIE_DATE_H

#include <curl/curl.h>

#include "base/slice.h"

/* Removes the cookie that a header line sets, if it has expired but libcurl has
 * kept it. host has sent the line, and libcurl has already processed it. For
 * use inside libcurl's header callback; cheap if there is nothing to
 * correct. */
void cookie_date_correct(CURL *easy, const char *line, size_t len,
			 struct slice host);

#endif
