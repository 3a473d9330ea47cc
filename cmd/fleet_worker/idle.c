#include "base/log.h"
#include "cmd/fleet_worker/worker_parts.h"

/* If a worker waits longer than this (msec) for the first URLs, a message is
 * logged. */
#define LOADING 10e3

/* Messages that explain why there is nothing to do. */
static const char *const idle_texts[] = {
	[HUB_IDLE_LOADING] =
		"no URLs come: the machine that loads the list is slow, or has "
		"ended; its command, on any machine, loads the rest",
	[HUB_IDLE_RESTARTED] =
		"the hub has restarted: no host is requested until all "
		"earlier leases have ended",
	[HUB_IDLE_ROWS] = "too many rows wait in the hub: waiting until "
			  "`scrape fleet collect` has taken them",
	[HUB_IDLE_PAUSED] =
		"the job is paused (`scrape fleet resume` continues it)",
	[HUB_IDLE_FINISHED] = NULL,
};

void worker_report_idle(struct worker *w, msec now)
{
	if (w->idle != w->last_idle)
		w->idle_since = now;
	w->last_idle = w->idle;
	if (w->idle == w->reported || (w->idle == HUB_IDLE_LOADING &&
				       now - w->idle_since < LOADING))
		return;
	w->reported = w->idle;
	if (idle_texts[w->idle])
		log_warn("%s", idle_texts[w->idle]);
}
