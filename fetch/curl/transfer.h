/*
 * One hop with one libcurl easy handle: sets options from the job, stores the
 * response in the job, and maps libcurl's result code to our errors. The handle
 * is reused for other hops. Its driver (the multi interface, or a blocking
 * thread) is not known here.
 */
#ifndef FETCH_CURL_TRANSFER_H
#define FETCH_CURL_TRANSFER_H

#include <curl/curl.h>
#include <stdbool.h>
#include <sys/queue.h>

#include "base/clock.h"
#include "base/heap.h"
#include "base/job/job.h"
#include "fetch/config.h"

struct transfer;

/* Shared by the transfers of one driver, which opens and closes it. */
struct transfer_shared {
	const struct fetch_config *config;	/* borrowed */
	struct tls_trust *trust;
	struct cookies *cookies;
	struct curl_slist *headers;		/* -H */
	struct curl_slist *headers_cross_origin;	/* -H, no secrets */
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
	struct transfer_list *list;	/* NULL: in no list */
	msec began;
	bool is_opened;
	void *check;			/* NULL: no check needed */
	bool is_busy;			/* the last check was not complete */
	size_t checked;			/* bytes of the body */
	size_t bytes;			/* charged for the check */
};

struct transfer {
	TAILQ_ENTRY(transfer) link;
	CURL *easy;
	struct job *job;		/* the job whose hop this is */
	const struct transfer_shared *shared;
	struct curl_slist *own_headers;
	struct curl_slist *resolve;
	void *owner;			/* set by the driver; NULL: not
					 * running */
	struct heap_node node;		/* in the heap of timeouts */
	msec check_at;
	bool connected;			/* connected, and about to send */
	bool certificate_wanted;	/* asked for, and none sent */
	bool in_headers, headers_end;	/* of the final response */
	bool may_have_ratelimit;	/* a header may be a quota */
	int64_t began;			/* the response; msec since 1970 */
	size_t trailer;			/* bytes of trailers */
	bool stopped;			/* cancelled */
	bool has_prefix;		/* all that the job wants of the body */
	bool paused;			/* until there is room for the body */
	msec paused_at;
	unsigned hops;			/* hops made with this handle */
	CURLcode refused;		/* first error of curl_easy_setopt() for
					 * this hop */
	CURLcode code;
	char message[CURL_ERROR_SIZE];
	struct slow_body slow;
};

/* Returns NULL if libcurl is out of memory. */
struct transfer *transfer_new(const struct transfer_shared *shared);
void transfer_free(struct transfer *t);

/* Sets the handle up for the job's hop. Time limits are up to the driver.
 * Returns -1 if the request must not be sent; the driver then still has to call
 * transfer_finish(), with CURLE_FAILED_INIT. */
int transfer_start(struct transfer *t, struct job *job);

/* Fails the job with a timeout. Call before transfer_finish(). */
void transfer_time_out(struct transfer *t, msec now);

/* Ends the transfer with libcurl's code: fills in response, timing and error,
 * and releases the job. */
void transfer_finish(struct transfer *t, CURLcode code, msec now);

#endif
