/*
 * A channel of c-ares on the loop: its sockets are watched, its time-outs are
 * a timer. Embedded by its owner, who asks through ares_query(); callbacks of
 * c-ares only take notes, on_progress says when to look at them.
 */
#ifndef FETCH_DNS_CHANNEL_H
#define FETCH_DNS_CHANNEL_H

#include <ares.h>
#include <stdbool.h>

#include "base/buf.h"
#include "pool/loop.h"

struct channel {
	ares_channel ares;
	struct ares_options search;	/* domains and ndots of resolv.conf */
	struct loop *loop;
	/* From the loop, when c-ares has done something. Called last. */
	void (*on_progress)(void *ctx);
	void *ctx;
	struct loop_timer tick;
	bool ticking;
};

/* servers: "IP[:PORT],[IP6]:PORT", or NULL for those of resolv.conf. 0; or -1
 * with *why, a message to be freed. The channel must not move afterwards. */
int channel_open(struct channel *channel, struct loop *loop,
		 const char *servers, char **why);

/* Queries under way end from inside (ARES_EDESTRUCTION). */
void channel_close(struct channel *channel);

/* Appends the n-th name to ask for: the name itself and, unless it ends in a
 * dot, with each domain of the search list; the name comes first when it has
 * enough dots (resolver(3)). false: there are no more. */
bool channel_candidate(const struct channel *channel, const char *name,
		       unsigned n, struct buf *candidate);

/* Call after ares_query(). */
void channel_query_sent(struct channel *channel);

#endif
