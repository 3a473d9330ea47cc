/*
 * Long pauses of hosts (Retry-After), kept for a server that restarts and
 * forgets the last seconds. Pauses up to a lease time are not kept: they have
 * ended before a restarted server leases hosts again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fleet/hub_parts.h"

struct pause {
	LIST_ENTRY(pause) link;
	msec until;		/* on CLOCK_BOOTTIME */
	char host[];
};

static void forget(struct pause *p)
{
	LIST_REMOVE(p, link);
	free(p);
}

void pauses_note(struct hub *hub, const char *host, msec ready_in)
{
	const msec now = lease_clock();
	const size_t size = strlen(host) + 1;
	struct pause *p, *next;

	for (p = LIST_FIRST(&hub->pauses); p; p = next) {
		next = LIST_NEXT(p, link);
		if (p->until <= now || !strcmp(p->host, host))
			forget(p);
	}
	if (ready_in <= hub->config.lease_time)
		return;
	p = xmalloc(sizeof(*p) + size);
	p->until = now + ready_in;
	memcpy(p->host, host, size);
	LIST_INSERT_HEAD(&hub->pauses, p, link);
}

static void on_reply(void *ctx, const struct hub_reply *reply)
{
	(void)ctx;
	(void)reply;
}

void pauses_send(struct hub *hub)
{
	const msec now = lease_clock();
	struct pause *p;

	LIST_FOREACH(p, &hub->pauses, link) {
		struct call *call = call_new(hub, NULL, SCRIPT_HOLD, on_reply,
					     NULL);

		call->survives = true;
		command_add_text(call_arguments(call), p->host);
		command_add_time(call_arguments(call), p->until - now);
		call_post(call);
	}
}

void pauses_release(struct hub *hub)
{
	while (!LIST_EMPTY(&hub->pauses))
		forget(LIST_FIRST(&hub->pauses));
}
