/* Durations of the parts of a transfer, as libcurl has measured them. */
#ifndef FETCH_CURL_TRANSFER_TIMES_H
#define FETCH_CURL_TRANSFER_TIMES_H

#include "fetch/curl/transfer.h"

/* Adds the durations of the parts of a finished transfer, and makes the total
 * at least their sum. code is libcurl's result. */
void transfer_times_add(const struct transfer *t, CURLcode code,
			struct timing *time);

#endif
