/*
 * Keeps the bytes of a hop for an archive: the request as libcurl sends it, and
 * the response's header lines as they arrive (base/job/exchange.h). Without an
 * archive these functions do nothing.
 *
 * libcurl shows the request only to its debug callback, so the handle is
 * verbose when an archive is written.
 */
#ifndef FETCH_CURL_CAPTURE_H
#define FETCH_CURL_CAPTURE_H

#include "base/job/exchange.h"
#include "fetch/curl/transfer.h"

/* Sets the options of a new handle. */
void capture_set_up(struct transfer *t);

/* Gives the job of the transfer an empty exchange. */
void capture_begin(struct transfer *t);

void capture_add_line(struct transfer *t, const char *data, size_t len);

/* Adds a line of the response: the status line, a header line or the empty
 * line. Called before the line is examined. */
static inline void capture_line(struct transfer *t, const char *data,
				size_t len)
{
	if (t->job->exchange)
		capture_add_line(t, data, len);
}

/* Completes the exchange; removes it if there is no complete head of a
 * response. code is libcurl's result. */
void capture_end(struct transfer *t, CURLcode code);

#endif
