/* The calls without a reply: sends them, sends them again over the next
 * connection, and ends them. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/library/hiredis.h"
#include "base/mem.h"
#include "fleet/hub_parts.h"

/* --- Making and ending ---------------------------------------------------- */

struct command *call_add_step(struct call *call, enum script script)
{
	call->steps = xgrow(call->steps, call->n_steps, 1,
			    sizeof(*call->steps));
	call->steps[call->n_steps] = (struct step){.script = script};
	return &call->steps[call->n_steps++].arguments;
}

struct command *call_arguments(struct call *call)
{
	return &call->steps[call->n_steps - 1].arguments;
}

struct call *call_new(struct hub *hub, struct hub_lease *lease,
		      enum script script, hub_fn *on_reply, void *ctx)
{
	struct call *call = xcalloc(1, sizeof(*call));

	call->hub = hub;
	call->lease = lease;
	call->on_reply = on_reply;
	call->ctx = ctx;
	call_add_step(call, script);
	return call;
}

/* Frees a call that is in no list. */
static void call_free(struct call *call)
{
	for (size_t i = 0; i < call->n_steps; i++)
		command_release(&call->steps[i].arguments);
	free(call->steps);
	free(call->scratch);
	free(call);
}

/* Takes the call out of the list of calls without a reply. */
static void take_out(struct call *call)
{
	TAILQ_REMOVE(&call->hub->calls, call, link);
	call->hub->backlog -= call->bytes;
}

static void call_back(struct call *call, struct hub_reply *reply)
{
	if (call->grants && !call->lease->host) {
		lease_free(call->lease);
		call->lease = NULL;
	}
	reply->lease = call->lease;
	if (!call->is_dropped)
		call->on_reply(call->ctx, reply);
	call_free(call);
}

/* Ends the call with this status. The loop runs its callback later. */
static void end_later(struct call *call, enum hub_status status)
{
	struct hub *hub = call->hub;

	call->status = status;
	TAILQ_INSERT_TAIL(&hub->ended, call, link);
	loop_set_timer(hub->config.loop, &hub->end_timer,
		       loop_now(hub->config.loop));
}

/* --- Sending -------------------------------------------------------------- */

static void on_step_reply(void *ctx, const redisReply *reply);

/* Adds the arguments that all scripts have (fleet/scripts/common.lua). */
static void add_common(struct command *head, const struct call *call)
{
	const struct hub *hub = call->hub;
	const struct hub_lease *lease = call->lease;

	command_add_text(head, "1");
	command_add_text(head, hub->prefix);
	command_add_int(head, HUB_VERSION);
	command_add_text(head, connection_run_id(hub->connection));
	command_add_time(head, hub->config.lease_time);
	command_add_text(head, hub->worker);
	command_add_int(head, hub->n_leases);
	command_add_text(head, lease ? lease->token : "");
	command_add_text(head, lease && lease->host ? lease->host : "");
	command_add_int(head, lease ? (int64_t)lease->handed : 0);
}

static void add_script(struct command *head, const struct call *call,
		       enum script script)
{
	struct buf text = {0};

	if (call->in_full) {
		script_add_text(&text, script);
		command_add_text(head, "EVAL");
		command_add(head, slice_of(&text));
	} else {
		command_add_text(head, "EVALSHA");
		command_add_text(head, connection_script(call->hub->connection,
							 script));
	}
	buf_release(&text);
}

static void send_step(struct call *call)
{
	const struct step *step = &call->steps[call->at];
	struct command head = {.count = 0};
	struct buf text = {0};

	if (step->script != SCRIPTS) {
		add_script(&head, call, step->script);
		add_common(&head, call);
	}
	command_write(&text, &head, &step->arguments);
	call->is_sent = true;
	call->sent_at = lease_clock();
	connection_send(call->hub->connection, &text, on_step_reply, call);
	buf_release(&text);
	command_release(&head);
}

/* Returns true if an earlier call for the same lease has no reply yet. */
static bool must_wait(const struct call *call)
{
	const struct call *c;

	if (!call->lease)
		return false;
	TAILQ_FOREACH(c, &call->hub->calls, link) {
		if (c == call)
			return false;
		if (c->lease == call->lease)
			return true;
	}
	return false;
}

static void send_ready(struct hub *hub)
{
	struct call *call;

	if (!connection_is_up(hub->connection))
		return;
	TAILQ_FOREACH(call, &hub->calls, link)
		if (!call->is_sent && !must_wait(call))
			send_step(call);
}

void call_post(struct call *call)
{
	struct hub *hub = call->hub;

	if (hub->error.len) {
		end_later(call, HUB_FAILED);
		return;
	}
	if ((call->lease && call->lease->is_void) ||
	    (call->loads && hub->must_reload)) {
		end_later(call, HUB_RESET);
		return;
	}
	for (size_t i = 0; i < call->n_steps; i++)
		call->bytes += call->steps[i].arguments.arguments.len;
	hub->backlog += call->bytes;
	TAILQ_INSERT_TAIL(&hub->calls, call, link);
	if (connection_is_up(hub->connection) && !must_wait(call))
		send_step(call);
}

/* --- Replies -------------------------------------------------------------- */

/* Returns true for an error that passes by itself: the server starts, its disk
 * is full, or it has become a replica. */
static bool is_transient(const char *error)
{
	static const char *const codes[] = {
		"LOADING", "BUSY", "MISCONF", "OOM", "READONLY", "MASTERDOWN",
		"NOREPLICAS", "CLUSTERDOWN", "TRYAGAIN", NULL,
	};

	for (const char *const *code = codes; *code; code++)
		if (!strncmp(error, *code, strlen(*code)))
			return true;
	return false;
}

static void on_error(struct call *call, const redisReply *reply)
{
	struct hub *hub = call->hub;

	if (!strncmp(reply->str, "NOSCRIPT", 8) && !call->in_full) {
		call->in_full = true;
		send_step(call);
	} else if (is_transient(reply->str)) {
		struct buf why = {0};

		buf_addf(&why, "the server says: %.200s", reply->str);
		connection_restart(hub->connection, buf_cstr(&why));
		buf_release(&why);
	} else {
		hub_fail(hub, "the hub's server says: %.300s", reply->str);
	}
}

/* Reads the reply to a script. Returns false if the hub has failed. */
static bool read_reply(struct call *call, const redisReply *reply,
		       struct hub_reply *to)
{
	struct reply_reader from = {.reply = reply};
	struct buf why = {0};
	bool is_good = reply_read_totals(&from, to, &why);

	if (is_good && to->status == HUB_OK && call->read) {
		call->read(call, &from, to);
		is_good = !from.is_broken;
		if (!is_good)
			buf_addstr(&why, "the server's reply is not understood");
	}
	if (!is_good)
		hub_fail(call->hub, "%s", buf_cstr(&why));
	buf_release(&why);
	return is_good;
}

static bool read_any(struct call *call, const redisReply *reply,
		     struct hub_reply *to)
{
	if (!call->read_raw)
		return read_reply(call, reply, to);
	call->read_raw(call, reply, to);
	return true;
}

/* Sends the next step, after the reply to a step that only adds links. */
static void go_on(struct call *call, const redisReply *reply)
{
	struct reply_reader from = {.reply = reply};
	struct hub_reply to = {.status = HUB_OK};
	struct buf why = {0};

	if (reply_read_totals(&from, &to, &why) && to.status == HUB_OK) {
		call->added += reply_number(&from);
		call->dropped += reply_number(&from);
	}
	buf_release(&why);
	call->at++;
	call->in_full = false;
	send_step(call);
}

static void on_step_reply(void *ctx, const redisReply *reply)
{
	struct call *call = ctx;
	struct hub *hub = call->hub;
	struct hub_reply to = {.status = HUB_OK};

	if (reply->type == REDIS_REPLY_ERROR) {
		on_error(call, reply);
		return;
	}
	connection_note_success(hub->connection);
	if (call->at + 1 < call->n_steps && !call->is_dropped) {
		go_on(call, reply);
		return;
	}
	if (!call->is_dropped && !read_any(call, reply, &to))
		return;
	take_out(call);
	call_back(call, &to);
	send_ready(hub);
}

/* --- Loss and return of the connection ------------------------------------ */

void calls_on_down(struct hub *hub)
{
	struct call *call, *next;

	for (call = TAILQ_FIRST(&hub->calls); call; call = next) {
		next = TAILQ_NEXT(call, link);
		call->is_sent = false;
		call->in_full = false;
		if (call->is_dropped) {
			take_out(call);
			call_free(call);
		}
	}
}

/* Called when the server has restarted: ends the calls for leases, and those
 * that load URLs, with HUB_RESET. */
static void end_void_calls(struct hub *hub)
{
	struct call *call, *next;
	struct hub_lease *lease;

	TAILQ_FOREACH(lease, &hub->leases, link)
		lease->is_void = lease->host != NULL;
	for (call = TAILQ_FIRST(&hub->calls); call; call = next) {
		next = TAILQ_NEXT(call, link);
		if (call->survives) {
			if (call->lease)
				lease_set_token(call->lease);
			continue;
		}
		take_out(call);
		TAILQ_INSERT_TAIL(&hub->voided, call, link);
	}
	while ((call = TAILQ_FIRST(&hub->voided))) {
		struct hub_reply reply = {.status = HUB_RESET};

		TAILQ_REMOVE(&hub->voided, call, link);
		call_back(call, &reply);
	}
}

void calls_on_up(struct hub *hub, bool is_other)
{
	if (is_other) {
		hub->must_reload = true;
		pauses_send(hub);
		end_void_calls(hub);
		if (hub->config.on_reset)
			hub->config.on_reset(hub->config.ctx);
	}
	send_ready(hub);
}

void hub_fail(struct hub *hub, const char *fmt, ...)
{
	struct call *call;
	va_list args;

	if (!hub->error.len) {
		char text[600];

		va_start(args, fmt);
		vsnprintf(text, sizeof(text), fmt, args);
		va_end(args);
		buf_addstr(&hub->error, text);
		buf_cstr(&hub->error);	/* terminate it for hub_error() */
		connection_stop(hub->connection);
	}
	while ((call = TAILQ_FIRST(&hub->calls))) {
		take_out(call);
		end_later(call, HUB_FAILED);
	}
}

/* --- The end -------------------------------------------------------------- */

static void drop_one(struct call *call)
{
	/* A call that was sent stays until its reply comes. */
	call->is_dropped = true;
	call->lease = NULL;
	if (call->is_sent)
		return;
	take_out(call);
	call_free(call);
}

/* Frees the calls for the lease in a list of calls whose callback is due. */
static void free_due(struct calls *list, const struct hub_lease *lease)
{
	struct call *call, *next;

	for (call = TAILQ_FIRST(list); call; call = next) {
		next = TAILQ_NEXT(call, link);
		if (call->lease == lease) {
			TAILQ_REMOVE(list, call, link);
			call_free(call);
		}
	}
}

void calls_drop(struct hub *hub, const struct hub_lease *lease)
{
	struct call *call, *next;

	for (call = TAILQ_FIRST(&hub->calls); call; call = next) {
		next = TAILQ_NEXT(call, link);
		if (call->lease == lease)
			drop_one(call);
	}
	free_due(&hub->ended, lease);
	free_due(&hub->voided, lease);
}

void calls_end_due(struct hub *hub)
{
	struct call *call;

	while ((call = TAILQ_FIRST(&hub->ended))) {
		struct hub_reply reply = {.status = call->status};

		TAILQ_REMOVE(&hub->ended, call, link);
		call_back(call, &reply);
	}
}

void calls_release(struct hub *hub)
{
	struct call *call;

	while ((call = TAILQ_FIRST(&hub->calls))) {
		take_out(call);
		call_free(call);
	}
	while ((call = TAILQ_FIRST(&hub->ended))) {
		TAILQ_REMOVE(&hub->ended, call, link);
		call_free(call);
	}
}
