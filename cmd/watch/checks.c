#include "cmd/watch/checks.h"

#include <stdlib.h>
#include <strings.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "cmd/watch/state.h"
#include "cmd/watch/verdict.h"

/* Lines of the list that are read in one turn of the loop. */
enum { LINES_AT_ONCE = 256 };

/* The longest time after which the clock is read again, because it may be set,
 * or go on while the machine sleeps. */
#define LOOK_INTERVAL 60e3

/* A request that is being made. */
struct check {
	struct entry *entry;
	struct known known;
};

/* --- The list ------------------------------------------------------------- */

/* Returns the slot at which a request was made last. A new request with a time
 * of day counts as made now, so that it is first made at that time. */
static int64_t first_slot(struct watch *w, const struct watch_request *request,
			  const struct timetable *t, int64_t now)
{
	if (request->last != WATCH_NEVER || !t->has_at)
		return request->last;
	if (watch_store_made(w->store, request->number, now, 0))
		watch_state_fail(w);
	return now;
}

static void add_line(struct watch *w, struct job *job)
{
	const int64_t now = timestamp_now();
	struct timetable *t = &job->req.timetable;
	struct watch_request request;
	struct entry *e;

	if (!t->every && !t->has_at)
		*t = w->options->watch.every;
	if (watch_store_add(w->store, job, &request))
		watch_state_fail(w);
	if (request.is_double || w->failed) {
		w->doubles += request.is_double;
		job_free(job);
		return;
	}
	w->requests++;
	watch_state_note(w, false);
	e = xcalloc(1, sizeof(*e));
	e->number = request.number;
	e->timetable = *t;
	e->last = first_slot(w, &request, t, now);
	agenda_add(&w->agenda, e, now);
	job_free(job);
}

static void end_list(struct watch *w)
{
	w->has_list = true;
	if (w->doubles)
		log_warn("%llu line%s of the list repeat%s another one (the "
			 "same URL, method, body and id), and %s watched once",
			 (unsigned long long)w->doubles,
			 w->doubles == 1 ? "" : "s",
			 w->doubles == 1 ? "s" : "",
			 w->doubles == 1 ? "is" : "are");
}

static void read_list(struct watch *w)
{
	struct job *job = NULL;

	for (int i = 0; i < LINES_AT_ONCE && !w->has_list; i++) {
		job = input_next(w->input);
		if (!job)
			break;
		add_line(w, job);
	}
	if (job)
		engine_wake(w->engine);
	else if (!w->has_list && input_ended(w->input))
		end_list(w);
}

/* --- Requests ------------------------------------------------------------- */

/* Returns true if the request may be conditional. With other methods than GET
 * the conditions would have another meaning. */
static bool is_plain_get(const struct watch *w, const struct job *job)
{
	const struct fetch_config *f = &w->options->engine.fetch;
	const char *method = job->req.method ? job->req.method : f->method;

	return !job->req.has_body && !f->body &&
	       (!method || !strcasecmp(method, "GET"));
}

/* Adds conditions (If-None-Match, If-Modified-Since), unless a response with
 * status 304 would leave the state of the page unknown. */
static void add_conditions(const struct watch *w, struct job *job,
			   const struct known *known)
{
	const struct visit visit = {.etag = known->validators.etag,
				    .modified = known->validators.modified};

	if (known->condition == CONDITION_GOOD &&
	    known->meaning == w->meaning && is_plain_get(w, job))
		visit_add_conditions(&visit, &job->req.conditions);
}

static struct job *begin_check(struct watch *w, struct entry *e)
{
	struct check *c = xcalloc(1, sizeof(*c));
	struct job *job = watch_store_take(w->store, e->number, &c->known);

	c->entry = e;
	if (!job) {
		known_release(&c->known);
		free(c);
		free(e);
		watch_state_fail(w);
		return NULL;
	}
	add_conditions(w, job, &c->known);
	job->owner_data = c;
	return job;
}

static void on_due(void *ctx, msec now)
{
	const struct watch *w = ctx;

	(void)now;
	engine_wake(w->engine);
}

static void set_timer(struct watch *w, int64_t now)
{
	const int64_t due = agenda_due(&w->agenda);
	msec wait = due > now ? (msec)(due - now) : 0;

	if (wait > LOOK_INTERVAL)
		wait = LOOK_INTERVAL;
	w->due.on_due = on_due;
	w->due.ctx = w;
	loop_set_timer(w->session.loop, &w->due,
		       due == INT64_MAX ? MSEC_NEVER : clock_now() + wait);
}

static struct job *next_job(void *ctx)
{
	struct watch *w = ctx;
	const int64_t now = timestamp_now();
	struct entry *e;

	if (w->session.stopping)
		return NULL;
	read_list(w);
	e = w->failed ? NULL : agenda_take(&w->agenda, now);
	if (e)
		return begin_check(w, e);
	set_timer(w, now);
	return NULL;
}

static bool is_exhausted(void *ctx)
{
	const struct watch *w = ctx;

	return w->session.stopping ||
	       (w->has_list && agenda_due(&w->agenda) > timestamp_now());
}

/* --- Responses ------------------------------------------------------------ */

static void end_check(struct watch *w, struct check *c)
{
	if (w->agenda.once)
		free(c->entry);
	else
		agenda_add(&w->agenda, c->entry, timestamp_now());
	known_release(&c->known);
	free(c);
}

static void put_record(struct watch *w, struct job *job,
		       const struct buf *members)
{
	/* Overwrite the end of the line, "}\n", with the members. */
	job->record.len -= 2;
	buf_add(&job->record, members->data, members->len);
	buf_addstr(&job->record, "}\n");
	output_put(w->session.output, w->records++, &job->record);
}

static void on_record(void *ctx, struct job *job)
{
	struct watch *w = ctx;
	struct check *c = job->owner_data;
	struct verdict v;

	stats_add(w->session.stats, job);
	if (job->err == ERR_CANCELLED) {
		end_check(w, c);
		return;
	}
	v = verdict_of(job, &c->known, w->meaning);
	if (v.is_news) {
		c->known.since = timestamp_now();
		put_record(w, job, &v.members);
	}
	c->entry->last = c->entry->slot;
	if (watch_store_made(w->store, c->entry->number, c->entry->slot,
			     timestamp_now()) ||
	    (v.must_keep && watch_store_keep(w->store, c->entry->number,
					     &c->known)))
		watch_state_fail(w);
	watch_state_note(w, v.is_news);
	buf_release(&v.members);
	end_check(w, c);
}

/* Leaves the request due for the next run. */
static void on_dropped(void *ctx, struct job *job)
{
	end_check(ctx, job->owner_data);
}

/* Starts no request while the state is committed, because reading the state
 * would wait for the commit. */
static bool is_full(void *ctx)
{
	const struct watch *w = ctx;

	return output_full(w->session.output) ||
	       watch_store_is_committing(w->store);
}

struct engine_owner checks_owner(struct watch *w)
{
	return (struct engine_owner){
		.next = next_job,
		.is_exhausted = is_exhausted,
		.is_full = is_full,
		.on_record = on_record,
		.on_dropped = on_dropped,
		.ctx = w,
	};
}

bool checks_are_done(const struct watch *w)
{
	if (engine_jobs(w->engine) > 0)
		return false;
	/* In a single round, only requests that are due are in the agenda. */
	return w->session.stopping ||
	       (w->has_list && agenda_due(&w->agenda) == INT64_MAX);
}
