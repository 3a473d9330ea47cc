/*
 * One hop by one libcurl easy handle: options from the job, bytes into the
 * job, libcurl's exit code to an error of ours. The handle is used again and
 * again; who drives it (the multi interface, or a thread that blocks) is not
 * known here.
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

/* What the transfers of one driver share. Opened and closed by that. */
struct transfer_shared {
	const struct fetch_config *config;	/* borrowed */
	struct tls_trust *trust;
	struct cookies *cookies;
	struct curl_slist *headers;		/* -H */
	struct curl_slist *headers_cross_origin;	/* without credentials */
	/* The budget of bodies is spent. True when there is room again; false
	 * to pause the transfer (t->paused is set). */
	bool (*on_budget_spent)(struct transfer *t);
	/* Called by libcurl to close a connection's socket; ctx. NULL: it
	 * closes it itself. */
	curl_closesocket_callback on_close;
	void *ctx;
};

void transfer_shared_open(struct transfer_shared *shared,
			  const struct fetch_config *config);
void transfer_shared_close(struct transfer_shared *shared);

TAILQ_HEAD(transfer_list, transfer);

/* Looking at a body while it arrives (fetch/curl/slow_body.h, fetch/curl/slow_bodies.h). */
struct slow_body {
	TAILQ_ENTRY(transfer) link;
	struct transfer_list *list;	/* NULL: in none */
	msec began;
	bool is_opened;
	void *check;			/* NULL: there is nothing to look for */
	bool is_busy;			/* the last look was not complete */
	size_t checked;			/* of the body */
	size_t bytes;			/* charged for it */
};

struct transfer {
	TAILQ_ENTRY(transfer) link;
	CURL *easy;
	struct job *job;		/* whose hop it makes */
	const struct transfer_shared *shared;
	struct curl_slist *own_headers;
	struct curl_slist *resolve;
	void *owner;			/* the driver's; NULL: not running */
	struct heap_node node;		/* of its timeouts */
	msec check_at;
	bool connected;			/* and about to send */
	bool certificate_wanted;	/* by the server, and none given */
	bool in_headers, headers_end;	/* of the final response */
	bool may_have_ratelimit;		/* its headers */
	size_t trailer;			/* bytes after the body */
	bool stopped;			/* cancelled */
	bool paused;			/* until there is room for its body */
	msec paused_at;
	unsigned hops;			/* made by this handle */
	CURLcode refused;		/* by curl_easy_setopt(), for this hop */
	CURLcode code;
	char message[CURL_ERROR_SIZE];
	struct slow_body slow;
};

/* NULL when libcurl has no memory. */
struct transfer *transfer_new(const struct transfer_shared *shared);
void transfer_free(struct transfer *t);

/* Sets the handle up for the job's hop. How long that may take is for the
 * driver to watch. -1: it cannot be and must not be sent; transfer_finish() is
 * due all the same, with CURLE_FAILED_INIT. */
int transfer_start(struct transfer *t, struct job *job);

/* Fails the job: it took too long. Before transfer_finish(). */
void transfer_time_out(struct transfer *t, msec now);

/* The transfer ended with that code: fills in response, timing and error, and
 * lets go of the job. */
void transfer_finish(struct transfer *t, CURLcode code, msec now);

#endif
