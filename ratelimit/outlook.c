/* Finds the reason why the waiting jobs of a schedule wait, and for how
 * long. */
#include "ratelimit/schedule_parts.h"

static void fill_hold(struct schedule_hold *hold, const struct host *h,
		      msec now)
{
	hold->host = (struct slice){h->name, h->len};
	hold->wait = host_limit_pause_left(&h->limit, now);
	hold->interval = h->limit.limiter.interval;
	hold->reason = host_limit_reason(&h->limit);
	hold->after_429 = h->limit.pace.slow_down;
}

bool schedule_is_held(const struct schedule *s, msec now,
		      struct schedule_hold *hold)
{
	const struct job *job = TAILQ_FIRST(&s->jobs);
	const struct host *h = job ? job->host : NULL;

	if (!h || HASH_COUNT(s->hosts) - s->idle.len > 1)
		return false;
	fill_hold(hold, h, now);
	return hold->wait > 0 || host_limit_has_interval(&h->limit);
}

/* Returns the time until the host may start its next job. A busy host may as
 * soon as a job returns, unless it is paused. */
static msec time_to_start(const struct host *h, msec now)
{
	const msec at = host_limit_ready_at(&h->limit);

	if (at >= MSEC_NEVER)
		return host_limit_pause_left(&h->limit, now);
	return at > now ? at - now : 0;
}

static void look_at_host(const struct host *h, msec now,
			 struct schedule_outlook *out)
{
	const msec start = time_to_start(h, now);
	msec last;

	if (!h->jobs.len)
		return;
	last = start + (double)(h->jobs.len - 1) * h->limit.limiter.interval;
	if (start < out->pause)
		out->pause = start;
	if (last <= out->least)
		return;
	out->least = last;
	fill_hold(&out->hold, h, now);
}

/* Names the host of a job that waits for its own time. If the host is paused,
 * that is the reason. */
static void name_host(const struct schedule *s, const struct job *job, msec now,
		      struct schedule_outlook *out)
{
	const struct slice name = url_host(&job->hop.url);
	const struct host *h;

	HASH_FIND(hh, s->hosts, name.p, name.len, h);
	out->is_retry = !h || host_limit_pause_left(&h->limit, now) <= 0;
	if (out->is_retry)
		out->hold = (struct schedule_hold){.host = name,
						   .wait = out->least};
	else
		fill_hold(&out->hold, h, now);
}

/* Looks at the jobs that wait for their own time, as retries do. */
static void look_at_retries(const struct schedule *s, msec now,
			    struct schedule_outlook *out)
{
	const struct job *last = NULL;

	for (size_t i = 0; i < s->waiting.len; i++) {
		const struct job *job = heap_entry(s->waiting.nodes[i],
						   struct job, node);
		const msec wait = job->not_before > now ? job->not_before - now
							: 0;

		if (wait < out->pause)
			out->pause = wait;
		if (wait <= out->least)
			continue;
		out->least = wait;
		last = job;
	}
	if (last)
		name_host(s, last, now, out);
}

void schedule_look(const struct schedule *s, msec now,
		   struct schedule_outlook *out)
{
	*out = (struct schedule_outlook){.pause = MSEC_NEVER};
	for (const struct host *h = s->hosts; h; h = h->hh.next)
		look_at_host(h, now, out);
	look_at_retries(s, now, out);
	if (s->run.taken || out->pause >= MSEC_NEVER)
		out->pause = 0;
}
