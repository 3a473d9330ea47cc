#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/library/hiredis.h"
#include "base/mem.h"
#include "fleet/hub_parts.h"

/* Longest time until a worker that got no lease asks again. */
#define LONGEST_IDLE ((msec)500)

msec lease_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_BOOTTIME, &t);
	return (msec)t.tv_sec * 1e3 + (msec)t.tv_nsec / 1e6;
}

void lease_set_token(struct hub_lease *lease)
{
	unsigned char bits[TOKEN_TEXT / 2];

	/* Without random numbers two workers could get the same token. */
	if (getrandom(bits, sizeof(bits), 0) != sizeof(bits))
		abort();
	for (size_t i = 0; i < sizeof(bits); i++)
		snprintf(lease->token + 2 * i, 3, "%02x", bits[i]);
}

struct hub_lease *lease_new(struct hub *hub)
{
	struct hub_lease *lease = xcalloc(1, sizeof(*lease));

	lease->hub = hub;
	lease_set_token(lease);
	TAILQ_INSERT_TAIL(&hub->leases, lease, link);
	return lease;
}

void lease_free(struct hub_lease *lease)
{
	TAILQ_REMOVE(&lease->hub->leases, lease, link);
	if (lease->host)
		lease->hub->n_leases--;
	free(lease->host);
	free(lease);
}

void hub_drop(struct hub_lease *lease)
{
	if (!lease)
		return;
	calls_drop(lease->hub, lease);
	lease_free(lease);
}

const char *hub_lease_host(const struct hub_lease *lease)
{
	return lease->host;
}

void hub_lease_set_owner(struct hub_lease *lease, void *owner)
{
	lease->owner = owner;
}

void *hub_lease_owner(const struct hub_lease *lease)
{
	return lease->owner;
}

msec hub_lease_left(const struct hub_lease *lease)
{
	const msec time = lease->hub->config.lease_time;
	const msec margin = time < HUB_LEASE_TIME
		? time * HUB_MARGIN / HUB_LEASE_TIME : HUB_MARGIN;

	if (lease->is_void)
		return 0;
	return lease->until - margin - lease_clock();
}

bool hub_lease_may_send(const struct hub_lease *lease)
{
	return hub_lease_left(lease) > 0;
}

/* --- Replies -------------------------------------------------------------- */

/* Reads the number of URLs handed out so far, and the new ones. */
static void read_urls(struct call *call, struct reply_reader *from,
		      struct hub_reply *to)
{
	struct hub_url *urls;

	call->lease->handed = reply_number(from);
	to->n_urls = reply_left(from) / 2;
	urls = xcalloc(to->n_urls + 1, sizeof(*urls));
	for (size_t i = 0; i < to->n_urls; i++) {
		const struct slice id = reply_text(from);

		/* hiredis puts a NUL after each string. */
		urls[i].id = strtoull(id.p, NULL, 16);
		urls[i].text = reply_text(from);
	}
	call->scratch = urls;
	to->urls = urls;
}

static const struct {
	const char *name;
	enum hub_idle idle;
} reasons[] = {
	{"leased", HUB_IDLE_NOT}, {"waiting", HUB_IDLE_WAITING},
	{"loading", HUB_IDLE_LOADING}, {"restarted", HUB_IDLE_RESTARTED},
	{"rows", HUB_IDLE_ROWS}, {"paused", HUB_IDLE_PAUSED},
	{"stopped", HUB_IDLE_STOPPED}, {"finished", HUB_IDLE_FINISHED},
};

static enum hub_idle read_idle(struct reply_reader *from)
{
	const struct slice name = reply_text(from);

	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (slice_is(name, reasons[i].name))
			return reasons[i].idle;
	from->is_broken = true;
	return HUB_IDLE_WAITING;
}

static void read_lease(struct call *call, struct reply_reader *from,
		       struct hub_reply *to)
{
	struct hub_lease *lease = call->lease;
	msec time;

	to->idle = read_idle(from);
	time = (msec)reply_number(from);
	if (to->idle != HUB_IDLE_NOT) {
		to->wait = time;
		return;
	}
	lease->until = call->sent_at + time;
	lease->host = reply_copy(from);
	lease->hub->n_leases++;
	to->state = reply_text(from);
	to->state_age = (msec)reply_number(from);
	read_urls(call, from, to);
}

static void read_renewal(struct call *call, struct reply_reader *from,
			 struct hub_reply *to)
{
	struct hub_lease *lease = call->lease;

	lease->until = call->sent_at + lease->hub->config.lease_time;
	read_urls(call, from, to);
}

/* --- Calls ---------------------------------------------------------------- */

void hub_lease(struct hub *hub, const char *wanted, hub_fn *on_reply, void *ctx)
{
	struct call *call = call_new(hub, lease_new(hub), SCRIPT_LEASE,
				     on_reply, ctx);
	struct command *c = call_arguments(call);

	call->grants = true;
	call->read = read_lease;
	call->survives = true;
	command_add_int(c, hub->config.max_urls);
	command_add_int(c, HUB_MAX_ROWS);
	command_add_int(c, (int64_t)HUB_MAX_ROW_BYTES);
	command_add_time(c, LONGEST_IDLE);
	command_add_text(c, wanted ? wanted : "");
	call_post(call);
}

void call_add_host(struct call *call, const struct hub_host *host)
{
	struct command *c = call_arguments(call);

	pauses_note(call->hub, call->lease->host, host->ready_in);
	command_add(c, host->text);
	command_add_time(c, host->ready_in);
	command_add_time(c, host->interval);
}

void hub_renew(struct hub_lease *lease, const struct hub_host *host,
	       unsigned most, hub_fn *on_reply, void *ctx)
{
	struct call *call = call_new(lease->hub, lease, SCRIPT_RENEW, on_reply,
				     ctx);

	call->read = read_renewal;
	call_add_host(call, host);
	command_add_int(call_arguments(call), most);
	call_post(call);
}

void hub_give_back(struct hub_lease *lease, const struct hub_host *host,
		   hub_fn *on_reply, void *ctx)
{
	struct call *call = call_new(lease->hub, lease, SCRIPT_GIVE_BACK,
				     on_reply, ctx);

	call_add_host(call, host);
	call_post(call);
}
