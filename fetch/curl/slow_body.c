/* Runs the body check of the configuration on the body of one transfer, and
 * charges the check's memory to the budget of bodies. */
#include "fetch/curl/slow_body.h"

#include <stdlib.h>

#include "fetch/body_budget.h"

/* Number of bytes by which an encoding is recognised. */
enum { DETECT_BYTES = 4 };

bool slow_body_needs_no_check(const struct transfer *t)
{
	return !t->shared->config->body_check || t->job->req.prefix ||
	       (t->slow.is_opened && !t->slow.check);
}

bool slow_body_has_new_bytes(const struct transfer *t)
{
	const struct slow_body *s = &t->slow;

	return t->headers_end && !t->paused && !slow_body_needs_no_check(t) &&
	       (s->is_busy || (t->job->res.body.len > s->checked &&
			       t->job->res.body.len >= DETECT_BYTES));
}

/* Charges the memory that the check uses now, in bytes, to the budget of
 * bodies, in place of the bytes that were charged before. */
static void charge_decoder(struct transfer *t, size_t bytes)
{
	struct body_budget *budget = t->shared->config->body_budget;

	if (bytes == t->slow.bytes)
		return;
	body_budget_charge(budget, bytes);
	body_budget_refund(budget, t->slow.bytes);
	t->slow.bytes = bytes;
}

enum body_state slow_body_check(struct transfer *t)
{
	const struct fetch_config *config = t->shared->config;
	const struct body_check *check = config->body_check;
	const struct buf *body = &t->job->res.body;
	struct slow_body *s = &t->slow;
	enum body_state state;
	char *message = NULL;

	if (!s->is_opened) {
		/* While the budget is spent, no new check is opened; checks
		 * that are open go on. */
		if (body_budget_is_spent(config->body_budget))
			return BODY_FINE;
		s->check = check->open(config->body_check_config, t->job);
		s->is_opened = true;
		if (!s->check)
			return BODY_FINE;
	}
	state = check->scan(s->check, (struct slice){body->data, body->len},
			    &message);
	s->checked = body->len;
	s->is_busy = state == BODY_BUSY;
	charge_decoder(t, check->bytes(s->check));
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
	charge_decoder(t, 0);
	*s = (struct slow_body){0};
}
