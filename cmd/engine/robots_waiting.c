/* Keeps the jobs that wait for robots.txt files, in one list for each
 * origin. */
#include "cmd/engine/robots_file.h"
#include "cmd/engine/robots_origins.h"

const char *robots_origin_name(const struct robots_origin *o)
{
	return o->key + (o->key[0] == '!');
}

void robots_origin_place(struct robots_filter *f, struct robots_origin *o)
{
	const bool is_idle = !o->request && !o->n_waiting;

	if (is_idle == o->is_idle)
		return;
	o->is_idle = is_idle;
	if (is_idle)
		TAILQ_INSERT_TAIL(&f->idle, o, link);
	else
		TAILQ_REMOVE(&f->idle, o, link);
}

void robots_origin_add(struct robots_filter *f, struct robots_origin *o,
		       struct job *job, msec now)
{
	job->robots_wait = o;
	job->queued_at = now;
	TAILQ_INSERT_TAIL(&o->waiting, job, link);
	o->n_waiting++;
	f->waiting++;
	if (o->n_waiting == 1)
		f->queues++;
}

void robots_origin_remove(struct robots_filter *f, struct job *job)
{
	struct robots_origin *o = job->robots_wait;

	TAILQ_REMOVE(&o->waiting, job, link);
	job->robots_wait = NULL;
	o->n_waiting--;
	f->waiting--;
	if (!o->n_waiting)
		f->queues--;
}

void robots_origin_note_wait(struct robots_origin *o, msec now)
{
	struct job *job = TAILQ_FIRST(&o->waiting);

	if (job)
		host_notes_hold(&job->host_notes, HELD_BY_ROBOTS,
				job->queued_at, now);
}

void robots_origin_return(struct robots_filter *f, struct job *job, msec now)
{
	robots_origin_remove(f, job);
	job->time.wait += now - job->queued_at;
	f->owner.on_decided(f->owner.ctx, job);
}

void robots_filter_remove(struct robots_filter *f, struct job *job)
{
	struct robots_origin *o = job->robots_wait;

	robots_origin_remove(f, job);
	robots_origin_place(f, o);
}

void robots_filter_take_all(struct robots_filter *f, struct job_list *to)
{
	struct robots_origin *o, *next;

	HASH_ITER(hh, f->origins, o, next) {
		f->waiting -= o->n_waiting;
		f->queues -= o->n_waiting > 0;
		o->n_waiting = 0;
		TAILQ_CONCAT(to, &o->waiting, link);
		robots_origin_place(f, o);
	}
}

size_t robots_filter_waiting(const struct robots_filter *f)
{
	return f->waiting;
}

size_t robots_filter_requests(const struct robots_filter *f)
{
	return f->requests;
}

static bool has_too_many(const struct robots_filter *f)
{
	return f->waiting - f->queues >= ROBOTS_BEHIND_MAX;
}

static bool is_crowded(const struct robots_origin *o)
{
	return o->retry_after > 0 && o->n_waiting > ROBOTS_BEHIND_ORIGIN;
}

void robots_origin_check(struct robots_filter *f, const struct robots_origin *o)
{
	f->has_crowd |= is_crowded(o);
}

bool robots_filter_is_crowded(const struct robots_filter *f)
{
	return f->has_crowd || has_too_many(f);
}

void robots_filter_each_behind(struct robots_filter *f,
			       void (*each)(void *ctx, struct job *job),
			       void *ctx)
{
	const bool all = has_too_many(f);
	struct robots_origin *o, *next;
	struct job *job, *next_job;

	f->has_crowd = false;
	HASH_ITER(hh, f->origins, o, next) {
		if (o->n_waiting < 2 || !(all || is_crowded(o)))
			continue;
		for (job = TAILQ_NEXT(TAILQ_FIRST(&o->waiting), link); job;
		     job = next_job) {
			next_job = TAILQ_NEXT(job, link);
			each(ctx, job);
		}
	}
}

/* Fails the jobs that wait for the origin, and ends the request for its
 * file. */
static void give_up_origin(struct robots_filter *f, struct robots_origin *o,
			   msec now)
{
	struct job *job;

	robots_origin_note_wait(o, now);
	o->is_given_up = true;
	while ((job = TAILQ_FIRST(&o->waiting))) {
		robots_file_is_unreachable(job, robots_origin_name(o), o->why);
		robots_origin_return(f, job, now);
	}
	if (o->request)
		f->owner.on_needless(f->owner.ctx, o->request);
	robots_origin_place(f, o);
}

void robots_filter_give_up(struct robots_filter *f, msec now)
{
	struct robots_origin *o, *next;

	HASH_ITER(hh, f->origins, o, next)
		if (o->n_waiting && !o->retry_after)
			return;
	HASH_ITER(hh, f->origins, o, next)
		if (o->n_waiting)
			give_up_origin(f, o, now);
}
