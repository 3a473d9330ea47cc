/* Sets the options of a libcurl handle that determine the URL of the
 * request. */
#ifndef FETCH_CURL_EASY_URL_H
#define FETCH_CURL_EASY_URL_H

#include <stdbool.h>

#include "base/url/url.h"
#include "fetch/curl/transfer.h"

/* Sets the URL, without its user and password. is_direct: no proxy is used. */
void easy_set_url(struct transfer *t, const struct url *url, bool is_direct);

/* Frees the origin that easy_set_url() has stored in t. The handle must not be
 * used afterwards. */
void easy_url_release(struct transfer *t);

#endif
