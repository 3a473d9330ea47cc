#include "fetch/curl/transfer_times.h"

static msec sum_of_parts(const struct timing *time)
{
	return time->dns + time->connect + time->tls + time->first_byte;
}

static msec info_msec(CURL *easy, CURLINFO info)
{
	curl_off_t usec = 0;

	curl_easy_getinfo(easy, info, &usec);
	return (msec)usec / 1e3;
}

static void take_times(const struct transfer *t, struct timing *time)
{
	CURL *easy = t->easy;
	const msec dns = info_msec(easy, CURLINFO_NAMELOOKUP_TIME_T);
	const msec connect = info_msec(easy, CURLINFO_CONNECT_TIME_T);
	const msec tls = info_msec(easy, CURLINFO_APPCONNECT_TIME_T);
	const msec sent = info_msec(easy, CURLINFO_PRETRANSFER_TIME_T);
	const msec first = info_msec(easy, CURLINFO_STARTTRANSFER_TIME_T);
	long connects = 0;

	curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connects);
	if (connects && connect > dns)
		time->connect += connect - dns;
	if (connects && tls > connect)
		time->tls += tls - connect;
	if (first > sent)
		time->first_byte += first - sent;
}

void transfer_times_add(const struct transfer *t, CURLcode code,
			struct timing *time)
{
	/* If the transfer has not started, the handle still has the times of
	 * the transfer before it. */
	if (code != CURLE_FAILED_INIT)
		take_times(t, time);
	/* The sum may be larger, because now is the time of the loop's turn but
	 * libcurl reads the clock. */
	if (time->total < sum_of_parts(time))
		time->total = sum_of_parts(time);
}
