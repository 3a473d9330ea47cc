/*
 * Corrects how libcurl reads the dates on which cookies end. Of years in two
 * digits RFC 6265 (5.1.1) takes 70 to 99 for 19xx, libcurl takes 70 for 2070;
 * and what ended before 1970 it keeps as long as the run. Both are how servers
 * remove a cookie: "Expires=Thu, 01-Jan-70 00:00:01 GMT".
 */
#ifndef FETCH_COOKIE_DATE_H
#define FETCH_COOKIE_DATE_H

#include <curl/curl.h>

#include "base/slice.h"

/* A header line of a response from that host, as it came and after libcurl has
 * taken it: removes the cookie that it sets, if it has ended and libcurl does
 * not know. Inside libcurl's header callback; cheap when there is nothing to
 * do. */
void cookie_date_correct(CURL *easy, const char *line, size_t len,
			 struct slice host);

#endif
