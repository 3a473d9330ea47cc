/* Keeps the robots.txt file of each host in the host's state, and leases the
 * hosts to which requests for robots.txt are redirected. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/send_permit.h"
#include "base/mem.h"
#include "cmd/fleet_worker/item.h"
#include "cmd/fleet_worker/worker_parts.h"

/* Times in msec. VISIT: how long a host that was leased for a redirect is held
 * for the request, from the time at which the request can be made. ROBOTS_WAIT,
 * ROBOTS_WAIT_MAX: the first and the longest wait of a request for robots.txt
 * for this lease. */
#define VISIT 15e3
#define ROBOTS_WAIT 500.0
#define ROBOTS_WAIT_MAX 30e3

/* Returns the leased host with this name, or NULL. */
static struct held_host *find_host(struct worker *w, struct slice name)
{
	struct held_host *h;

	TAILQ_FOREACH(h, &w->hosts, link)
		if (h->lease && slice_is(name, h->name))
			return h;
	return NULL;
}

static struct held_host *host_of_origin(struct worker *w, const char *origin)
{
	const char *start = strstr(origin, "://");
	const char *end = strrchr(origin, ':');
	size_t len;

	if (!start || end <= start)
		return NULL;
	start += 3;
	len = (size_t)(end - start);
	if (len > 1 && *start == '[') {
		start++;
		len -= 2;
	}
	if (len > 1 && start[len - 1] == '.')
		len--;
	return find_host(w, (struct slice){start, len});
}

static void keep_robots(void *ctx, const char *origin,
			const struct robots_kept *kept)
{
	struct worker *w = ctx;
	struct held_host *h = host_of_origin(w, origin);

	if (!h)
		return;
	worker_end_visits(h);
	h->robots_wait = 0;
	host_state_keep(&h->state, origin, kept, loop_now(w->config.loop));
	h->has_new_robots = true;
	held_host_slow_down(h, kept->crawl_delay);
}

static bool recall_robots(void *ctx, const char *origin,
			  struct robots_kept *kept)
{
	struct worker *w = ctx;
	const struct held_host *h = host_of_origin(w, origin);

	if (!h || !host_state_recall(&h->state, origin, kept,
				     loop_now(w->config.loop)))
		return false;
	/* held_host_slow_down() has applied the Crawl-delay already. */
	kept->is_paced = h->state.memory.crawl_delay > 0;
	return true;
}

/* --- Redirects of robots.txt to other hosts ------------------------------- */

bool worker_is_visit(const struct held_host *h, msec now)
{
	const struct held_host *other;

	if (now < h->visited_until)
		return true;
	TAILQ_FOREACH(other, &h->worker->hosts, link)
		if (other->visitor == h && now < other->visited_until)
			return true;
	return false;
}

void worker_end_visits(const struct held_host *h)
{
	struct worker *w = h->worker;
	struct held_host *other;

	if (w->visitor == h) {
		w->visitor = NULL;
		free(w->wanted);
		w->wanted = NULL;
	}
	TAILQ_FOREACH(other, &w->hosts, link)
		if (other->visitor == h) {
			other->visitor = NULL;
			other->visited_until = 0;
		}
}

static void begin_visit(struct held_host *h, const struct held_host *visitor,
			msec length)
{
	h->visitor = visitor;
	h->visited_until = loop_now(h->worker->config.loop) + length;
}

static void on_wanted(void *ctx, const struct hub_reply *reply)
{
	struct worker *w = ctx;
	struct held_host *h;

	worker_on_leased(w, reply);
	h = reply->lease ? hub_lease_owner(reply->lease) : NULL;
	if (h && w->visitor)
		begin_visit(h, w->visitor, w->visit);
	w->visitor = NULL;
}

void worker_lease_wanted(struct worker *w)
{
	w->is_leasing = true;
	hub_lease(w->config.hub, w->wanted, on_wanted, w);
	free(w->wanted);
	w->wanted = NULL;
}

/* Returns the time for which the request for a host's robots.txt waits before
 * it begins again. The time doubles, and includes the host's interval. */
static msec next_wait(struct held_host *h)
{
	h->robots_wait = h->robots_wait > 0 ? 2 * h->robots_wait : ROBOTS_WAIT;
	if (h->robots_wait > ROBOTS_WAIT_MAX)
		h->robots_wait = ROBOTS_WAIT_MAX;
	return fmax(h->robots_wait, held_host_describe(h, NULL).ready_in);
}

msec worker_robots_wait(struct worker *w, struct job *job)
{
	const struct slice next = item_host(job);
	struct held_host *h = find_host(w, next);
	struct held_host *visitor = host_of_origin(w, job->req.url);
	msec wait;

	if (h && h->permit == job->permit)
		return 0;
	if (h && !h->is_given_back) {
		send_permit_release(job->permit);
		job->permit = send_permit_ref(h->permit);
		begin_visit(h, visitor,
			    held_host_describe(h, NULL).ready_in + VISIT);
		return 0;
	}
	if (!visitor)
		return ROBOTS_WAIT;
	wait = next_wait(visitor);
	if (!h && !w->visitor) {
		w->wanted = xmemdup(next.p, next.len);
		w->visitor = visitor;
		w->visit = wait + VISIT;
	}
	worker_check_soon(w);
	return wait;
}

void worker_init_robots(struct worker *w)
{
	w->robots = (struct robots_memory){keep_robots, recall_robots, w};
}

const struct robots_memory *worker_robots(struct worker *w)
{
	return &w->robots;
}
