/*
 * Corrects expiry dates of cookies that libcurl gets wrong.
 *
 * RFC 6265 (5.1.1) reads two-digit years from 70 to 99 as 19xx, but libcurl
 * reads 70 as 2070; and libcurl keeps a cookie that expired before 1970 for the
 * whole run. Servers use both kinds of date to remove a cookie: "Expires=Thu,
 * 01-Jan-70 00:00:01 GMT".
 */
#ifndef FETCH_COOKIE_DATE_H
#define FETCH_COOKIE_DATE_H

#include <curl/curl.h>

#include "base/slice.h"

/* Removes the cookie that a header line sets, if it has expired but libcurl has
 * kept it. The line comes from that host and has already been processed by
 * libcurl. For use inside libcurl's header callback; cheap when there is
 * nothing to correct. */
void cookie_date_correct(CURL *easy, const char *line, size_t len,
			 struct slice host);

#endif
