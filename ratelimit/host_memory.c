/* Converts the limits of a host to durations, and durations to limits. */
#include "ratelimit/host_memory.h"

#include "ratelimit/schedule_parts.h"

static msec later(msec a, msec b)
{
	return a > b ? a : b;
}

/* Returns the time from now until `at`; 0 if `at` is over. If `at` is unknown,
 * because it depends on a request in flight, returns `otherwise`. */
static msec time_until(msec at, msec now, msec otherwise)
{
	if (at >= MSEC_NEVER)
		at = otherwise;
	return at > now && at < MSEC_NEVER ? at - now : 0;
}

static const struct host *find_host(const struct schedule *s, struct slice name)
{
	const struct host *h;

	if (name.len > 1 && name.p[name.len - 1] == '.')
		name.len--;
	HASH_FIND(hh, s->hosts, name.p, name.len, h);
	return h;
}

static void describe_pace(const struct pace *p, msec now,
			  struct host_memory *m)
{
	m->learnt = p->learnt;
	m->served_for = p->since > 0 ? now - p->since : 0;
	m->served = p->served;
	m->backoffs = p->backoffs;
	m->slow_down = p->slow_down;
	m->careful = p->careful;
}

static void describe_quota(const struct quota *q, unsigned in_flight, msec now,
			   struct host_memory *m)
{
	const struct ratelimit_info *info = &q->ratelimit;
	const unsigned left = quota_remaining(q);

	if (!quota_is_known(q) || info->resets_at <= now)
		return;
	m->remaining = left > in_flight ? left - in_flight : 0;
	m->resets = info->resets_at - now;
	m->probe = time_until(info->probe_at, now, info->resets_at);
	if (!m->remaining)
		m->ready = later(m->ready, m->probe);
}

void schedule_describe_host(const struct schedule *s, struct slice host,
			    msec now, struct host_memory *m)
{
	const struct host *h = find_host(s, host);
	const struct host_limit *l = h ? &h->limit : NULL;

	*m = (struct host_memory){0};
	if (!l)
		return;
	m->interval = l->limiter.interval;
	m->in_flight = l->limiter.taken;
	m->paused = time_until(l->paused_until, now, 0);
	m->ready = m->paused;
	if (m->interval > 0)
		m->ready = later(m->ready,
				 time_until(l->limiter.next, now, 0));
	m->crawl_delay = l->crawl_delay;
	m->response = l->response;
	m->is_probed = l->probe != PROBE_NONE;
	describe_pace(&l->pace, now, m);
	describe_quota(&l->quota, l->limiter.taken, now, m);
}

static void recall_pace(struct pace *p, msec now, const struct host_memory *m)
{
	if (m->learnt < p->learnt)
		return;
	p->learnt = m->learnt;
	p->since = m->served_for > 0 ? now - m->served_for : 0;
	p->served = m->served;
	p->backoffs = m->backoffs;
	p->slow_down = m->slow_down;
	p->careful = m->careful;
}

void schedule_recall_host(struct schedule *s, struct slice host, msec now,
			  const struct host_memory *m)
{
	struct host *h = schedule_get_host(s, host, now);
	struct host_limit *l = &h->limit;

	recall_pace(&l->pace, now, m);
	if (m->crawl_delay > 0)
		host_limit_slow_down(l, m->crawl_delay);
	if (l->response_share > 0 && m->response > l->response)
		l->response = m->response;
	l->limiter.interval = later(pace_interval(&l->pace),
				    l->response_share * l->response);
	l->limiter.next = later(l->limiter.next, now + m->ready);
	if (m->paused > 0)
		host_limit_pause(l, s->turn, now + m->paused);
	if (m->is_probed && l->probe == PROBE_NONE)
		l->probe = PROBE_NEXT;
	if (m->resets > 0 && !quota_is_known(&l->quota))
		l->quota = (struct quota){
			.ratelimit = {m->remaining, now + m->resets,
				      now + m->probe},
			.known_at = s->turn,
		};
	schedule_place_host(s, h, now);
}
