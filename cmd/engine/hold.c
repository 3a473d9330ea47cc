/* Describes why requests wait in the schedule or for robots.txt. */
#include <math.h>

#include "cmd/engine/engine_parts.h"

/* Appends the rate of requests that start at this interval (msec): "20/s" or
 * "0.5/s". */
static void add_pace(struct buf *out, msec interval)
{
	const double rate = 1e3 / interval;

	buf_addf(out, rate >= 9.95 ? "%.0f/s" : "%.2g/s", rate);
}

static void add_seconds(struct buf *out, msec time)
{
	buf_addf(out, "%.3g s", time < 1e3 ? time / 1e3 : ceil(time / 1e3));
}

static void add_host(struct buf *out, const struct schedule_hold *hold)
{
	buf_add(out, hold->host.p, hold->host.len);
	if (hold->wait > 0) {
		buf_addstr(out, ": 429, pausing for ");
		add_seconds(out, hold->wait);
	} else if (hold->reason == HELD_BY_ROBOTS) {
		buf_addf(out, ": Crawl-delay %.3g s", hold->interval / 1e3);
	} else {
		buf_addstr(out, ": ");
		add_pace(out, hold->interval);
		buf_addstr(out, hold->reason == HELD_BY_429 ? " after its 429s"
							    : " (--host-rate)");
	}
}

void engine_add_hold(const struct engine *e, struct buf *out)
{
	struct schedule_hold hold;

	if (schedule_is_held(e->schedule, clock_now(), &hold))
		add_host(out, &hold);
	else if (e->robots && robots_filter_waiting(e->robots) &&
		 e->jobs == robots_filter_waiting(e->robots) +
				    robots_filter_requests(e->robots))
		buf_addstr(out, "waiting for robots.txt");
}
