/* Describes why requests wait in the schedule or for robots.txt. */
#include <math.h>

#include "cmd/engine/engine_parts.h"
#include "ratelimit/host_memory.h"

/* Appends the rate of requests that start at this interval (msec): "20/s" or
 * "0.5/s". */
static void add_pace(struct buf *out, msec interval)
{
	const double rate = 1e3 / interval;

	buf_addf(out, rate >= 9.95 ? "%.0f/s" : "%.2g/s", rate);
}

/* Appends a time that is still to come: "0.4 s", "1.4 s" or "12 s". */
static void add_seconds(struct buf *out, msec time)
{
	buf_addf(out, "%.*f s", time < 9900 ? 1 : 0,
		 time < 9900 ? ceil(time / 100) / 10 : ceil(time / 1e3));
}

/* Appends the reason for which the host is paused. */
static void add_pause(struct buf *out, const struct schedule_hold *hold)
{
	buf_addstr(out, ": held back ");
	add_seconds(out, hold->wait);
	buf_addstr(out, hold->after_429 ? " after 429" : " at its request");
}

static void add_host(struct buf *out, const struct schedule_hold *hold)
{
	buf_add(out, hold->host.p, hold->host.len);
	if (hold->wait > 0) {
		add_pause(out, hold);
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

static bool is_worth_naming(const struct schedule_outlook *look)
{
	/* Shorter times (msec) pass before they can be read. */
	enum { SOON = 500, PACED = 5000 };

	if (!look->hold.host.len)
		return false;
	return look->hold.wait > 0 ? look->hold.wait >= SOON
				   : look->least >= PACED;
}

struct engine_outlook engine_look(const struct engine *e, struct buf *hold)
{
	struct schedule_outlook look;

	schedule_look(e->schedule, clock_now(), &look);
	if (!is_worth_naming(&look)) {
		engine_add_hold(e, hold);
	} else if (look.is_retry) {
		buf_add(hold, look.hold.host.p, look.hold.host.len);
		buf_addstr(hold, ": tried again in ");
		add_seconds(hold, look.hold.wait);
	} else {
		add_host(hold, &look.hold);
	}
	return (struct engine_outlook){look.pause, look.least};
}

void engine_describe_host(const struct engine *e, struct slice host,
			  struct host_memory *memory)
{
	schedule_describe_host(e->schedule, host, loop_now(e->loop), memory);
}

void engine_recall_host(struct engine *e, struct slice host,
			const struct host_memory *memory)
{
	schedule_recall_host(e->schedule, host, loop_now(e->loop), memory);
}
