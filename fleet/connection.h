/*
 * A connection to a Redis server on the program's loop, with hiredis. It checks
 * the server and loads the scripts before it is up, and reconnects by itself
 * when it is lost: after 1 s, then after twice the time, up to 30 s.
 *
 * Replies come in the order of the commands. Replies that are missing when the
 * connection is lost never come.
 */
#ifndef FLEET_CONNECTION_H
#define FLEET_CONNECTION_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/clock.h"
#include "fleet/hub.h"
#include "fleet/scripts.h"

struct connection;
struct redisReply;

struct connection_owner {
	/* Called when the connection can be used. is_other: the server has
	 * restarted since the connection was last up, or is another one. */
	void (*on_up)(void *ctx, bool is_other);
	/* Called when the connection cannot be used any more, or cannot be
	 * made. why: reason, as the end of a sentence. is_final: trying again
	 * is useless. */
	void (*on_down)(void *ctx, const char *why, bool is_final);
	void *ctx;
};

/* Begins to connect. config is borrowed until connection_close(); its callbacks
 * are not used. */
struct connection *connection_open(const struct hub_config *config,
				   const struct connection_owner *owner);
void connection_close(struct connection *c);	/* NULL is fine */

bool connection_is_up(const struct connection *c);

/* Returns the run_id of the server; "" before the connection is up for the
 * first time. */
const char *connection_run_id(const struct connection *c);

/* Returns the SHA-1 under which the server has the script. */
const char *connection_script(const struct connection *c, enum script script);

/* Sends a command (command_write()). on_reply() is called with the reply, which
 * is borrowed, unless the connection is lost before. */
void connection_send(struct connection *c, const struct buf *command,
		     void (*on_reply)(void *ctx, const struct redisReply *r),
		     void *ctx);

/* Ends the connection, and connects again later. Used for a server that cannot
 * work at the moment. */
void connection_restart(struct connection *c, const char *why);

/* Ends the connection for good, without a callback. */
void connection_stop(struct connection *c);

/* Notes that the server works: after the next loss, the first attempt is made
 * after 1 s. */
void connection_note_success(struct connection *c);

#endif
