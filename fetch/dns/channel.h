/*
 * A c-ares channel on the event loop, which watches its sockets and drives its
 * time-outs with a timer.
 *
 * Embedded by its owner, who sends queries with ares_query(). Callbacks of
 * c-ares should only record results; on_progress tells the owner when to
 * process them.
 */
#ifndef FETCH_DNS_CHANNEL_H
#define FETCH_DNS_CHANNEL_H

#include <ares.h>
#include <stdbool.h>

#include "base/buf.h"
#include "pool/loop.h"

struct channel {
	ares_channel ares;
	struct ares_options search;	/* search domains and ndots of
					 * resolv.conf */
	struct loop *loop;
	/* Called from the loop after c-ares has processed events, as the last
	 * step. */
	void (*on_progress)(void *ctx);
	void *ctx;
	struct loop_timer tick;
	bool ticking;
};

/* servers: "IP[:PORT],[IP6]:PORT", or NULL for those of resolv.conf. Returns 0,
 * or -1 with a message in *why (freed by the caller). The channel must not be
 * moved afterwards. */
int channel_open(struct channel *channel, struct loop *loop,
		 const char *servers, char **why);

/* Pending queries get their callback with ARES_EDESTRUCTION during the call. */
void channel_close(struct channel *channel);

/* Appends the n-th name to query: the name itself and, unless it ends in a dot,
 * the name with each domain of the search list. The name itself comes first if
 * it has at least ndots dots (resolver(3)). Returns false if there are no more
 * candidates. */
bool channel_candidate(const struct channel *channel, const char *name,
		       unsigned n, struct buf *candidate);

/* Starts the timer for time-outs. Call after ares_query(). */
void channel_query_sent(struct channel *channel);

#endif
