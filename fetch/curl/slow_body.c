#include "fetch/curl/slow_body.h"

#include <stdlib.h>

#include "fetch/memory_budget.h"

/* So many bytes tell what a body may be. */
enum { ENOUGH = 4 };

bool slow_body_is_plain(const struct transfer *t)
{
	return !t->shared->config->body_check ||
	       (t->slow.is_opened && !t->slow.check);
}

bool slow_body_has_news(const struct transfer *t)
{
	const struct slow_body *s = &t->slow;

	return t->headers_end && !t->paused && !slow_body_is_plain(t) &&
	       (s->is_busy || (t->job->res.body.len > s->seen &&
			       t->job->res.body.len >= ENOUGH));
}

/* Charges the memory of the decoders to the budget that bodies share. */
static void charge(struct transfer *t, size_t bytes)
{
	struct budget *budget = t->shared->config->budget;

	if (bytes == t->slow.bytes)
		return;
	budget_take(budget, bytes);
	budget_give(budget, t->slow.bytes);
	t->slow.bytes = bytes;
}

enum body_state slow_body_look(struct transfer *t)
{
	const struct fetch_config *config = t->shared->config;
	const struct body_check *check = config->body_check;
	const struct buf *body = &t->job->res.body;
	struct slow_body *s = &t->slow;
	enum body_state state;
	char *message = NULL;

	if (!s->is_opened) {
		/* Those that are open go on, and come to an end. */
		if (budget_is_spent(config->budget))
			return BODY_FINE;
		s->check = check->open(config->body_check_config, t->job);
		s->is_opened = true;
		if (!s->check)
			return BODY_FINE;
	}
	state = check->look(s->check, (struct slice){body->data, body->len},
			    &message);
	s->seen = body->len;
	s->is_busy = state == BODY_BUSY;
	charge(t, check->bytes(s->check));
	if (state == BODY_TOO_LARGE)
		job_fail(t->job, ERR_TOO_LARGE, "%s", message);
	free(message);
	return state;
}

void slow_body_end(struct transfer *t)
{
	struct slow_body *s = &t->slow;

	if (s->check)
		t->shared->config->body_check->close(s->check);
	charge(t, 0);
	*s = (struct slow_body){0};
}
