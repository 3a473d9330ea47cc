/* Checks the slow bodies of a loop in turn (round robin), in small steps of
 * work. */
#include "fetch/curl/slow_bodies.h"

/* STEP_MSEC: milliseconds of work per step. The pause after a step is a
 * multiple of the time that the step took, and at least PAUSE_MIN. If no body
 * has new bytes, bodies are checked again after IDLE_INTERVAL. */
#define STEP_MSEC 2.0
#define PAUSE_FACTOR 4.0
#define PAUSE_MIN 10.0
#define IDLE_INTERVAL 250.0

/* Maximum number of transfers looked at in a step; most of them have no new
 * bytes. */
enum { BATCH = 256 };

static void set_timer(struct slow_bodies *s, msec at)
{
	s->is_set = at < MSEC_NEVER;
	loop_set_timer(s->loop, &s->timer, at);
}

static void put_in_list(struct transfer_list *list, struct transfer *t)
{
	t->slow.list = list;
	TAILQ_INSERT_TAIL(list, t, slow.link);
}

void slow_bodies_remove(struct transfer *t)
{
	if (t->slow.list)
		TAILQ_REMOVE(t->slow.list, t, slow.link);
	t->slow.list = NULL;
}

static void move_to_slow(struct slow_bodies *s, msec now)
{
	struct transfer *t;

	while ((t = TAILQ_FIRST(&s->young)) &&
	       t->slow.began + SLOW_BODY_AFTER <= now) {
		slow_bodies_remove(t);
		put_in_list(&s->slow, t);
	}
}

static void check_body(struct slow_bodies *s, struct transfer *t)
{
	if (slow_body_check(t) == BODY_TOO_LARGE)
		s->on_too_large(s->ctx, t);	/* on_too_large() ends the
						 * transfer, so t is removed
						 * from the list */
	else if (slow_body_needs_no_check(t))
		slow_bodies_remove(t);
}

/* Checks bodies in turn, up to the time `until`. Returns true if there is more
 * to check. */
static bool check_bodies(struct slow_bodies *s, msec until)
{
	struct transfer *const last = TAILQ_LAST(&s->slow, transfer_list);
	struct transfer *t;
	bool is_busy = false;

	for (int i = 0; i < BATCH && (t = TAILQ_FIRST(&s->slow)); i++) {
		slow_bodies_remove(t);
		put_in_list(&s->slow, t);
		if (slow_body_has_new_bytes(t)) {
			check_body(s, t);
			is_busy |= t->slow.is_busy;
			if (clock_now() >= until)
				return true;
		}
		if (t == last)
			return is_busy;
	}
	return !TAILQ_EMPTY(&s->slow);
}

static msec next_check_time(const struct slow_bodies *s, msec now)
{
	const struct transfer *t = TAILQ_FIRST(&s->young);

	if (!TAILQ_EMPTY(&s->slow))
		return now + IDLE_INTERVAL;
	return t ? t->slow.began + SLOW_BODY_AFTER : MSEC_NEVER;
}

static void on_due(void *ctx, msec now)
{
	struct slow_bodies *s = ctx;
	const msec start = clock_now();
	msec pause;

	move_to_slow(s, now);
	if (!check_bodies(s, start + STEP_MSEC)) {
		set_timer(s, next_check_time(s, now));
		return;
	}
	pause = (clock_now() - start) * PAUSE_FACTOR;
	set_timer(s, start + (pause > PAUSE_MIN ? pause : PAUSE_MIN));
}

void slow_bodies_open(struct slow_bodies *s)
{
	TAILQ_INIT(&s->young);
	TAILQ_INIT(&s->slow);
	s->timer = (struct loop_timer){.on_due = on_due, .ctx = s};
}

void slow_bodies_close(struct slow_bodies *s)
{
	set_timer(s, MSEC_NEVER);
}

void slow_bodies_add(struct slow_bodies *s, struct transfer *t)
{
	t->slow.began = loop_now(s->loop);
	put_in_list(&s->young, t);
	/* The timer stays set after the last transfer has ended, because the
	 * next one will soon start. */
	if (!s->is_set)
		set_timer(s, t->slow.began + SLOW_BODY_AFTER);
}
