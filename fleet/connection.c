#include "fleet/connection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/library/hiredis.h"
#include "base/log.h"
#include "base/mem.h"
#include "fleet/command.h"
#include "fleet/peer.h"
#include "fleet/server_info.h"

#define LONGEST_WAIT ((msec)30000)
/* A connection on which a reply is missing for this time is lost: its peer may
 * be cut off. Redis answers in milliseconds, except while it starts. */
#define PATIENCE ((msec)10000)

enum { SHA1_TEXT = 40 };

struct connection {
	const struct hub_config *config;
	struct connection_owner owner;
	redisAsyncContext *redis;	/* NULL: not connected */
	int watched;			/* descriptor, or -1 */
	int events;
	struct loop_timer timer;	/* time to give up waiting, or to try
					 * again */
	msec wait;			/* time until the next attempt */
	unsigned owed;			/* replies that are still to come */
	bool is_up;
	bool is_final;			/* the server cannot be used */
	bool has_warned;		/* warned of an unencrypted password */
	struct buf why;
	struct server_info info;	/* info of the last server */
	char run_id[SERVER_RUN_ID + 1];
	char scripts[SCRIPTS][SHA1_TEXT + 1];
};

/* A command whose reply is to come. */
struct sent {
	struct connection *connection;
	void (*on_reply)(void *ctx, const redisReply *reply);
	void *ctx;
};

static void connect_now(struct connection *c);

static msec now_of(const struct connection *c)
{
	return loop_now(c->config->loop);
}

/* --- The loop ------------------------------------------------------------- */

static void on_ready(void *ctx, int fd, int events)
{
	struct connection *c = ctx;

	(void)fd;
	if (events & LOOP_WRITE)
		redisAsyncHandleWrite(c->redis);
	/* The first call may have freed the context. */
	if (c->redis && events & (LOOP_READ | LOOP_ERROR))
		redisAsyncHandleRead(c->redis);
}

static void watch(struct connection *c, int events)
{
	if (c->watched < 0 || events == c->events)
		return;
	c->events = events;
	if (loop_watch(c->config->loop, c->watched, events, on_ready, c))
		log_debug("the connection to the hub cannot be watched");
}

static void on_add_read(void *ctx)
{
	struct connection *c = ctx;

	watch(c, c->events | LOOP_READ);
}

static void on_del_read(void *ctx)
{
	struct connection *c = ctx;

	watch(c, c->events & ~LOOP_READ);
}

static void on_add_write(void *ctx)
{
	struct connection *c = ctx;

	watch(c, c->events | LOOP_WRITE);
}

static void on_del_write(void *ctx)
{
	struct connection *c = ctx;

	watch(c, c->events & ~LOOP_WRITE);
}

static void on_cleanup(void *ctx)
{
	struct connection *c = ctx;

	if (c->watched >= 0)
		loop_unwatch(c->config->loop, c->watched);
	c->watched = -1;
	c->events = 0;
}

/* --- The end of a connection ---------------------------------------------- */

/* Sets the time of the next attempt, and tells the owner. */
static void note_end(struct connection *c)
{
	c->redis = NULL;
	c->is_up = false;
	c->owed = 0;
	loop_set_timer(c->config->loop, &c->timer,
		       c->is_final ? MSEC_NEVER : now_of(c) + c->wait);
	c->wait = c->wait * 2 < LONGEST_WAIT ? c->wait * 2 : LONGEST_WAIT;
	c->owner.on_down(c->owner.ctx, buf_cstr(&c->why), c->is_final);
}

static void note_reason(struct connection *c, const char *why)
{
	if (!c->why.len)
		buf_addstr(&c->why, why);
}

/* Called when hiredis is about to free the context. */
static void on_disconnect(const redisAsyncContext *redis, int status)
{
	struct connection *c = redis->data;

	if (!c || c->redis != redis)
		return;
	note_reason(c, status == REDIS_OK ? "the server has closed the connection"
					  : redis->errstr);
	note_end(c);
}

/* Frees the context, if there is one. In a callback, hiredis frees it later,
 * and must not find this connection then. */
static void let_go(struct connection *c)
{
	redisAsyncContext *redis = c->redis;

	if (!redis)
		return;
	on_cleanup(c);
	c->redis = NULL;
	redis->data = NULL;
	memset(&redis->ev, 0, sizeof(redis->ev));
	redisAsyncFree(redis);
}

static void drop(struct connection *c, const char *why)
{
	if (!c->redis)
		return;
	note_reason(c, why);
	let_go(c);
	note_end(c);
}

static void on_timer(void *ctx, msec now)
{
	struct connection *c = ctx;

	(void)now;
	if (c->redis)
		drop(c, "the server does not answer");
	else
		connect_now(c);
}

/* --- Commands and replies ------------------------------------------------- */

static void set_patience(struct connection *c)
{
	loop_set_timer(c->config->loop, &c->timer,
		       c->owed ? now_of(c) + PATIENCE : MSEC_NEVER);
}

static void on_any_reply(redisAsyncContext *redis, void *reply, void *ctx)
{
	struct sent *sent = ctx;
	struct connection *c = sent->connection;
	const struct sent copy = *sent;

	free(sent);
	/* No reply: the connection is lost. */
	if (!reply || c->redis != redis)
		return;
	c->owed--;
	set_patience(c);
	copy.on_reply(copy.ctx, reply);
}

void connection_send(struct connection *c, const struct buf *command,
		     void (*on_reply)(void *ctx, const redisReply *reply),
		     void *ctx)
{
	struct sent *sent = xmalloc(sizeof(*sent));

	*sent = (struct sent){c, on_reply, ctx};
	if (redisAsyncFormattedCommand(c->redis, on_any_reply, sent,
				       command->data, command->len)) {
		free(sent);
		return;
	}
	if (!c->owed++)
		set_patience(c);
}

/* --- Checks of a new connection ------------------------------------------- */

static void send_words(struct connection *c, const char *const *words,
		       void (*on_reply)(void *ctx, const redisReply *reply))
{
	struct command command = {.count = 0}, none = {.count = 0};
	struct buf text = {0};

	for (; *words; words++)
		command_add_text(&command, *words);
	command_write(&text, &command, &none);
	connection_send(c, &text, on_reply, c);
	/* Wipe the command, which may have the password. */
	explicit_bzero(text.data, text.len);
	explicit_bzero(command.arguments.data, command.arguments.len);
	buf_release(&text);
	command_release(&command);
}

/* Returns true if the reply is an error, and ends the connection then. A server
 * that is starting is tried again later. */
static bool has_failed(struct connection *c, const redisReply *reply)
{
	if (c->why.len)
		return true;
	if (reply->type != REDIS_REPLY_ERROR)
		return false;
	c->is_final = strncmp(reply->str, "LOADING", 7) &&
		      strncmp(reply->str, "MASTERDOWN", 10) &&
		      strncmp(reply->str, "BUSY", 4);
	buf_addf(&c->why, "the server says: %.200s", reply->str);
	drop(c, "");
	return true;
}

static void on_simple_reply(void *ctx, const redisReply *reply)
{
	has_failed(ctx, reply);
}

static void on_info(void *ctx, const redisReply *reply)
{
	struct connection *c = ctx;

	if (has_failed(c, reply))
		return;
	server_info_read(&c->info, (struct slice){reply->str ? reply->str : "",
						  reply->len});
	/* While it is starting, a server also reports that it has no log. */
	if (c->info.is_loading) {
		drop(c, "LOADING: the server is starting");
		return;
	}
	if (!server_info_check(&c->info, c->config->is_volatile, &c->why))
		return;
	c->is_final = true;
	drop(c, "");
}

static void finish_opening(struct connection *c)
{
	const bool is_other = *c->run_id && strcmp(c->run_id, c->info.run_id);

	memcpy(c->run_id, c->info.run_id, sizeof(c->run_id));
	c->is_up = true;
	c->owner.on_up(c->owner.ctx, is_other);
}

/* Replies to SCRIPT LOAD come in the order of the scripts. */
static void on_script(void *ctx, const redisReply *reply)
{
	struct connection *c = ctx;
	unsigned i = 0;

	if (has_failed(c, reply))
		return;
	while (i < SCRIPTS && c->scripts[i][0])
		i++;
	if (i == SCRIPTS || reply->len != SHA1_TEXT) {
		c->is_final = true;
		drop(c, "the server cannot load scripts");
		return;
	}
	memcpy(c->scripts[i], reply->str, SHA1_TEXT);
	if (i + 1 == SCRIPTS)
		finish_opening(c);
}

static void load_scripts(struct connection *c)
{
	memset(c->scripts, 0, sizeof(c->scripts));
	for (unsigned i = 0; i < SCRIPTS; i++) {
		struct buf text = {0};

		script_add_text(&text, i);
		send_words(c, (const char *const[]){"SCRIPT", "LOAD",
						    buf_cstr(&text), NULL},
			   on_script);
		buf_release(&text);
	}
}

static void warn_of_network(struct connection *c)
{
	if (c->has_warned || !peer_is_remote(c->redis->c.fd))
		return;
	c->has_warned = true;
	log_warn("the password of the hub and all rows cross the network in "
		 "plain text: use a tunnel (stunnel, ssh -L, WireGuard) if "
		 "others can read it");
}

static void on_connect(const redisAsyncContext *redis, int status)
{
	struct connection *c = redis->data;
	const struct hub_address *a = c->config->address;
	char database[16];

	/* After a failure hiredis frees the context, and does not call
	 * on_disconnect(). */
	if (status != REDIS_OK) {
		note_reason(c, redis->errstr);
		note_end(c);
		return;
	}
	if (c->config->password) {
		warn_of_network(c);
		send_words(c, a->user
			   ? (const char *const[]){"AUTH", a->user,
						   c->config->password, NULL}
			   : (const char *const[]){"AUTH", c->config->password,
						   NULL},
			   on_simple_reply);
	}
	snprintf(database, sizeof(database), "%u", a->database);
	send_words(c, (const char *const[]){"SELECT", database, NULL},
		   on_simple_reply);
	send_words(c, (const char *const[]){"INFO", NULL}, on_info);
	load_scripts(c);
}

static redisAsyncContext *new_context(const struct hub_address *a)
{
	return mem_must(a->path ? redisAsyncConnectUnix(a->path)
				: redisAsyncConnect(a->host, (int)a->port));
}

static void connect_now(struct connection *c)
{
	redisAsyncContext *redis = new_context(c->config->address);

	buf_clear(&c->why);
	c->redis = redis;
	if (redis->err) {
		drop(c, redis->errstr);
		return;
	}
	redis->data = c;
	redis->ev.data = c;
	redis->ev.addRead = on_add_read;
	redis->ev.delRead = on_del_read;
	redis->ev.addWrite = on_add_write;
	redis->ev.delWrite = on_del_write;
	redis->ev.cleanup = on_cleanup;
	c->watched = redis->c.fd;
	redisAsyncSetDisconnectCallback(redis, on_disconnect);
	/* Begins to wait until the socket can be written. */
	redisAsyncSetConnectCallback(redis, on_connect);
	loop_set_timer(c->config->loop, &c->timer, now_of(c) + PATIENCE);
}

/* --- Interface of a connection -------------------------------------------- */

struct connection *connection_open(const struct hub_config *config,
				   const struct connection_owner *owner)
{
	struct connection *c = xcalloc(1, sizeof(*c));

	c->config = config;
	c->owner = *owner;
	c->watched = -1;
	c->wait = c->config->reconnect_wait;
	c->timer.on_due = on_timer;
	c->timer.ctx = c;
	/* The first attempt is made by the loop, so that no callback runs
	 * here. */
	loop_set_timer(config->loop, &c->timer, now_of(c));
	return c;
}

void connection_stop(struct connection *c)
{
	let_go(c);
	c->is_up = false;
	loop_set_timer(c->config->loop, &c->timer, MSEC_NEVER);
}

void connection_close(struct connection *c)
{
	if (!c)
		return;
	connection_stop(c);
	buf_release(&c->why);
	free(c);
}

bool connection_is_up(const struct connection *c)
{
	return c->is_up;
}

const char *connection_run_id(const struct connection *c)
{
	return c->run_id;
}

const char *connection_script(const struct connection *c, enum script script)
{
	return c->scripts[script];
}

void connection_restart(struct connection *c, const char *why)
{
	drop(c, why);
}

void connection_note_success(struct connection *c)
{
	c->wait = c->config->reconnect_wait;
}
