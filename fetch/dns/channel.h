/*
 * A c-ares channel on the event loop. The loop watches the channel's sockets
 * and drives its time-outs with a timer.
 *
 * A channel is embedded in its owner, who sends queries with ares_query().
 * Callbacks of c-ares should only record results; on_progress tells the owner
 * when to process these results.
 */
#ifndef FETCH_DNS_CHANNEL_H
#define FETCH_DNS_CHANNEL_H

#include <ares.h>
#include <stdbool.h>

#include "base/buf.h"
#include "pool/loop.h"

struct channel {
	ares_channel ares;
	struct ares_options search;	/* search domains and ndots from
					 * resolv.conf */
	struct loop *loop;
	/* Called from the loop after c-ares has processed events, as the last
	 * action of the event. */
	void (*on_progress)(void *ctx);
	void *ctx;
	struct loop_timer tick;
	bool ticking;
};

/* Opens a channel. servers: "IP[:PORT],[IP6]:PORT", or NULL for the servers in
 * resolv.conf. Returns 0, or -1 with a message in *why (freed by the caller).
 * The channel must not be moved afterwards. */
int channel_open(struct channel *channel, struct loop *loop,
		 const char *servers, char **why);

/* Closes the channel. During the call, the callbacks of pending queries are
 * called with ARES_EDESTRUCTION. */
void channel_close(struct channel *channel);

/* Appends the n-th name to query for name, a candidate: the name itself and,
 * unless it ends in a dot, the name with each domain of the search list. The
 * name itself comes first if it has at least ndots dots (resolver(3)). Returns
 * false if there are no more candidates. */
bool channel_candidate(const struct channel *channel, const char *name,
		       unsigned n, struct buf *candidate);

/* Starts the timer for time-outs. Must be called after ares_query(). */
void channel_query_sent(struct channel *channel);

#endif
