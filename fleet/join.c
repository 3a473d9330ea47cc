/* Creates, joins, leaves, pauses and deletes jobs. */
#include <stdlib.h>
#include <string.h>

#include "base/library/hiredis.h"
#include "base/mem.h"
#include "fleet/hub_parts.h"

/* Waits for all calls, also while the server is away. Returns 0; or -1 with the
 * reason appended to why. */
static int wait_for_all(struct hub *hub, struct buf *why)
{
	hub_wait(hub, MSEC_NEVER);
	if (!hub->error.len)
		return 0;
	buf_addstr(why, hub_error(hub));
	return -1;
}

/* Stores the status of a call for wait_for_all(). */
static void on_status(void *ctx, const struct hub_reply *reply)
{
	*(enum hub_status *)ctx = reply->status;
}

static int no_job(const struct hub *hub, struct buf *why)
{
	buf_addf(why, "there is no job %s on this server: check the name after "
		 "#, or begin the job by giving its URLs",
		 hub->config.address->job);
	return -1;
}

int call_run(struct call *call, const enum hub_status *status, struct buf *why)
{
	struct hub *hub = call->hub;

	call->survives = true;
	call_post(call);
	if (wait_for_all(hub, why))
		return -1;
	return *status == HUB_GONE ? no_job(hub, why) : 0;
}

/* --- Joining -------------------------------------------------------------- */

struct join {
	enum hub_status status;		/* must be first: on_status() uses ctx
					 * as a pointer to it */
	struct hub_joined *joined;
	struct buf source;
};

static void read_joined(struct call *call, struct reply_reader *from,
			struct hub_reply *to)
{
	struct join *join = call->ctx;
	struct slice text;

	join->joined->is_new = reply_number(from) == 1;
	join->joined->is_loaded = to->is_loaded;
	free(join->joined->kind);
	join->joined->kind = reply_copy(from);
	text = reply_text(from);
	buf_clear(&join->joined->options);
	buf_add(&join->joined->options, text.p, text.len);
	text = reply_text(from);
	buf_clear(&join->source);
	buf_add(&join->source, text.p, text.len);
}

/* Compares the kind and the options of the job with those that the worker has
 * given. Returns 0; or -1, with the reason appended to why. */
static int check_joined(const struct hub *hub, const struct hub_job *job,
			const struct hub_joined *joined, struct buf *why)
{
	const char *name = hub->config.address->job;

	if (job->kind.len && !slice_is(job->kind, joined->kind)) {
		buf_addf(why, "the job %s is a %s, and not a %.*s", name,
			 joined->kind, (int)job->kind.len, job->kind.p);
		return -1;
	}
	if (job->options.len &&
	    !slice_equal(job->options, slice_of(&joined->options))) {
		buf_addf(why, "the job %s was begun with other options: give "
			 "the same ones, none, or another name", name);
		return -1;
	}
	return 0;
}

int hub_join(struct hub *hub, const struct hub_job *job,
	     struct hub_joined *joined, struct buf *why)
{
	const struct hub_job none = {.kind = {"", 0}};
	struct join join = {.joined = joined};
	struct call *call = call_new(hub, NULL, SCRIPT_JOIN, on_status, &join);
	int err;

	if (!job)
		job = &none;
	*joined = (struct hub_joined){.is_new = false};
	call->read = read_joined;
	command_add(call_arguments(call), job->kind);
	command_add(call_arguments(call), job->options);
	command_add(call_arguments(call), job->source);
	err = call_run(call, &join.status, why);
	if (!err)
		err = check_joined(hub, job, joined, why);
	joined->is_same_source = job->source.len &&
		slice_equal(job->source, slice_of(&join.source));
	buf_release(&join.source);
	if (err)
		hub_joined_release(joined);
	return err;
}

void hub_joined_release(struct hub_joined *joined)
{
	free(joined->kind);
	buf_release(&joined->options);
	*joined = (struct hub_joined){.is_new = false};
}

/* --- Leaving -------------------------------------------------------------- */

/* Time in msec for which a worker that ends waits for the server. */
#define LEAVE_TIME 1000.0

static void ignore_reply(void *ctx, const struct hub_reply *reply)
{
	(void)ctx;
	(void)reply;
}

static void drop_callbacks(struct calls *calls)
{
	struct call *call;

	TAILQ_FOREACH(call, calls, link)
		call->is_dropped = true;
}

void hub_leave(struct hub *hub)
{
	drop_callbacks(&hub->calls);
	drop_callbacks(&hub->ended);
	call_post(call_new(hub, NULL, SCRIPT_LEAVE, ignore_reply, NULL));
	hub_wait(hub, clock_now() + LEAVE_TIME);
}

/* --- Control -------------------------------------------------------------- */

int hub_set_state(struct hub *hub, enum hub_job_state state, struct buf *why)
{
	static const char *const names[] = {
		[HUB_RUNNING] = "running", [HUB_PAUSED] = "paused",
		[HUB_STOPPED] = "stopped",
	};
	enum hub_status status = HUB_OK;
	struct call *call = call_new(hub, NULL, SCRIPT_CONTROL, on_status,
				     &status);

	command_add_text(call_arguments(call), "state");
	command_add_text(call_arguments(call), names[state]);
	return call_run(call, &status, why);
}

/* --- Deleting ------------------------------------------------------------- */

struct deletion {
	enum hub_status status;		/* must be first: on_status() uses ctx
					 * as a pointer to it */
	char *cursor;			/* cursor of SCAN; "0": the end */
};

/* Makes a call for a command of the server. */
static struct call *new_command(struct hub *hub, struct deletion *d,
				const char *name)
{
	struct call *call = call_new(hub, NULL, SCRIPTS, on_status, d);

	call->survives = true;
	command_add_text(call_arguments(call), name);
	return call;
}

static void read_nothing(struct call *call, const redisReply *reply,
			 struct hub_reply *to)
{
	(void)call;
	(void)reply;
	(void)to;
}

/* Deletes keys that SCAN has found, except the one that marks the job as being
 * deleted. */
static void delete_keys(struct hub *hub, struct deletion *d,
			const redisReply *keys)
{
	struct call *call = new_command(hub, d, "UNLINK");
	char *meta = xasprintf("%smeta", hub->prefix);

	call->read_raw = read_nothing;
	/* Add a key that no job has, because UNLINK needs at least one key. */
	command_add_text(call_arguments(call), hub->prefix);
	for (size_t i = 0; i < keys->elements; i++)
		if (strcmp(keys->element[i]->str, meta) != 0)
			command_add(call_arguments(call), (struct slice){
				keys->element[i]->str, keys->element[i]->len});
	free(meta);
	call_post(call);
}

static void read_scan(struct call *call, const redisReply *reply,
		      struct hub_reply *to)
{
	struct deletion *d = call->ctx;

	(void)to;
	free(d->cursor);
	d->cursor = NULL;
	if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 2)
		return;
	d->cursor = xmemdup(reply->element[0]->str, reply->element[0]->len);
	delete_keys(call->hub, d, reply->element[1]);
}

/* Deletes all keys except the one that marks the job as being deleted. */
static int delete_all(struct hub *hub, struct deletion *d, struct buf *why)
{
	char *pattern = xasprintf("%s*", hub->prefix);
	int err = 0;

	d->cursor = xstrdup("0");
	do {
		struct call *call = new_command(hub, d, "SCAN");

		command_add_text(call_arguments(call), d->cursor);
		command_add_text(call_arguments(call), "MATCH");
		command_add_text(call_arguments(call), pattern);
		command_add_text(call_arguments(call), "COUNT");
		command_add_text(call_arguments(call), "1000");
		call->read_raw = read_scan;
		call_post(call);
		err = wait_for_all(hub, why);
	} while (!err && d->cursor && strcmp(d->cursor, "0") != 0);
	free(pattern);
	free(d->cursor);
	return err;
}

static int delete_mark(struct hub *hub, struct deletion *d, struct buf *why)
{
	struct call *call = new_command(hub, d, "DEL");
	char *meta = xasprintf("%smeta", hub->prefix);

	call->read_raw = read_nothing;
	command_add_text(call_arguments(call), meta);
	free(meta);
	call_post(call);
	return wait_for_all(hub, why);
}

int hub_delete(struct hub *hub, struct buf *why)
{
	struct deletion d = {.status = HUB_OK};
	struct call *call = call_new(hub, NULL, SCRIPT_DELETE, on_status, &d);

	if (call_run(call, &d.status, why))
		return -1;
	if (d.status == HUB_REFUSED) {
		buf_addstr(why, "workers may still be at work: stop the job "
			   "first (scrape fleet stop), and wait until they "
			   "have ended (half a minute for those that were "
			   "killed)");
		return -1;
	}
	if (delete_all(hub, &d, why))
		return -1;
	return delete_mark(hub, &d, why);
}
