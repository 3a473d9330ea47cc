#include "fetch/curl/slow_bodies.h"

/* Milliseconds of work in one step, and the pause that follows as a multiple of
 * what the step took. */
#define STEP 2.0
#define REST 4.0
#define SOON 10.0
#define LEISURE 250.0

/* Transfers in a step that have nothing new, most likely. */
enum { BATCH = 256 };

static void set_timer(struct slow_bodies *s, msec at)
{
	s->is_set = at < MSEC_NEVER;
	loop_set_timer(s->loop, &s->timer, at);
}

static void put(struct transfer_list *list, struct transfer *t)
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

static void move_slow(struct slow_bodies *s, msec now)
{
	struct transfer *t;

	while ((t = TAILQ_FIRST(&s->young)) &&
	       t->slow.began + SLOW_BODY_AFTER <= now) {
		slow_bodies_remove(t);
		put(&s->slow, t);
	}
}

static void look(struct slow_bodies *s, struct transfer *t)
{
	if (slow_body_look(t) == BODY_TOO_LARGE)
		s->on_too_large(s->ctx, t);	/* takes it out */
	else if (slow_body_is_plain(t))
		slow_bodies_remove(t);
}

/* Whether there is more to do. */
static bool take_turns(struct slow_bodies *s, msec until)
{
	struct transfer *const last = TAILQ_LAST(&s->slow, transfer_list);
	struct transfer *t;
	bool is_busy = false;

	for (int i = 0; i < BATCH && (t = TAILQ_FIRST(&s->slow)); i++) {
		slow_bodies_remove(t);
		put(&s->slow, t);
		if (slow_body_has_news(t)) {
			look(s, t);
			is_busy |= t->slow.is_busy;
			if (clock_now() >= until)
				return true;
		}
		if (t == last)
			return is_busy;
	}
	return !TAILQ_EMPTY(&s->slow);
}

static msec later(const struct slow_bodies *s, msec now)
{
	const struct transfer *t = TAILQ_FIRST(&s->young);

	if (!TAILQ_EMPTY(&s->slow))
		return now + LEISURE;
	return t ? t->slow.began + SLOW_BODY_AFTER : MSEC_NEVER;
}

static void on_due(void *ctx, msec now)
{
	struct slow_bodies *s = ctx;
	const msec start = clock_now();
	msec spent;

	move_slow(s, now);
	if (!take_turns(s, start + STEP)) {
		set_timer(s, later(s, now));
		return;
	}
	spent = clock_now() - start;
	set_timer(s, start + (spent * REST > SOON ? spent * REST : SOON));
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
	put(&s->young, t);
	/* It stays set when the last one has ended: the next one is not far. */
	if (!s->is_set)
		set_timer(s, t->slow.began + SLOW_BODY_AFTER);
}
