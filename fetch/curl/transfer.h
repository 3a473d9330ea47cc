/*
 * Makes one hop with one libcurl easy handle: sets options from the job, stores
 * the response in the job, and maps libcurl's result code to an error of this
 * program. The handle is reused for other hops. This file does not depend on
 * the driver of the handle (the multi interface, or a blocking thread).
 */
#ifndef FETCH_CURL_TRANSFER_H
#define FETCH_CURL_TRANSFER_H

#include <curl/curl.h>
#include <stdbool.h>
#include <sys/queue.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/heap.h"
#include "base/job/job.h"
#include "fetch/config.h"

struct transfer;

/* The data that all transfers of one driver share. The driver opens and closes
 * it. */
struct transfer_shared {
	const struct fetch_config *config;	/* borrowed */
	struct tls_trust *trust;
	struct cookies *cookies;
	struct curl_slist *headers;		/* the lines of -H */
	struct curl_slist *headers_cross_origin;	/* the lines of -H
							 * without secrets, for
							 * other origins */
	/* Called when the budget of bodies is spent. Returns true if there is
	 * room again, or false to pause the transfer (t->paused is set). */
	bool (*on_budget_spent)(struct transfer *t);
	/* Called by libcurl, with ctx, to close a socket. NULL: libcurl closes
	 * it itself. */
	curl_closesocket_callback on_close;
	void *ctx;
};

void transfer_shared_open(struct transfer_shared *shared,
			  const struct fetch_config *config);
void transfer_shared_close(struct transfer_shared *shared);

TAILQ_HEAD(transfer_list, transfer);

/* Check of a body while it arrives (fetch/curl/slow_body.h,
 * fetch/curl/slow_bodies.h). */
struct slow_body {
	TAILQ_ENTRY(transfer) link;
	struct transfer_list *list;	/* the list that contains the transfer,
					 * or NULL */
	msec began;
	bool is_opened;
	void *check;			/* state of the check; NULL: no check is
					 * needed */
	bool is_busy;			/* the last check was not complete */
	size_t checked;			/* number of bytes of the body that were
					 * checked */
	size_t bytes;			/* number of bytes charged for the
					 * check */
};

struct transfer {
	TAILQ_ENTRY(transfer) link;
	CURL *easy;
	struct job *job;		/* the job whose hop the transfer
					 * makes */
	const struct transfer_shared *shared;
	CURLU *origin;			/* the origin of the handle, parsed
					 * (fetch/curl/easy_url.h) */
	struct buf origin_text;		/* URL of `origin`; empty: the handle
					 * has no origin */
	struct curl_slist *own_headers;
	struct curl_slist *resolve;
	void *owner;			/* set by the driver; NULL: the transfer
					 * is not running */
	struct heap_node node;		/* in the heap of
					 * fetch/curl/timeouts.h */
	msec check_at;
	bool connected;			/* connected: the request was sent or is
					 * about to be */
	bool certificate_wanted;	/* the server asked for a certificate
					 * and got none */
	bool in_headers, headers_end;	/* whether the headers of the final
					 * response have begun, and have
					 * ended */
	bool may_have_ratelimit;	/* a header field may report a quota */
	char peer[INET6_ADDRSTRLEN];	/* address of the last response's
					 * peer */
	bool peer_is_public;
	int64_t began;			/* start of the response, in msec since
					 * 1970; 0: none */
	size_t trailer;			/* number of bytes of trailers */
	bool stopped;			/* the job was cancelled */
	bool has_prefix;		/* the part of the body that the job
					 * wants is complete */
	bool paused;			/* the transfer waits for room for its
					 * body */
	msec paused_at;
	unsigned hops;			/* number of hops made with this
					 * handle */
	CURLcode refused;		/* first error of curl_easy_setopt() for
					 * this hop */
	CURLcode code;
	char message[CURL_ERROR_SIZE];
	struct slow_body slow;
};

/* Creates a transfer. Returns NULL if libcurl is out of memory. */
struct transfer *transfer_new(const struct transfer_shared *shared);
void transfer_free(struct transfer *t);

/* Sets the handle up for the job's hop. The driver must set time limits.
 * Returns -1 if the request must not be sent; the driver then still has to call
 * transfer_finish(), with CURLE_FAILED_INIT. */
int transfer_start(struct transfer *t, struct job *job);

/* Fails the job with a timeout. Called before transfer_finish(). */
void transfer_time_out(struct transfer *t, msec now);

/* Ends the transfer with libcurl's result code: fills in the job's response,
 * timing and error. The transfer has no job afterwards. */
void transfer_finish(struct transfer *t, CURLcode code, msec now);

#endif
