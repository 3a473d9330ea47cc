/*
 * Limits the memory that the bodies of all requests in flight take together.
 *
 * Once the budget is spent, no request is started and growing bodies are
 * paused. The one body whose owner holds the exemption goes on, so that one
 * body always gets finished and refunds its bytes. All functions may be called
 * in any thread.
 */
#ifndef FETCH_BODY_BUDGET_H
#define FETCH_BODY_BUDGET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#define BODY_BUDGET_BYTES ((size_t)512 << 20)

/* A budget. Set bytes and leave the rest zero. A NULL pointer stands for a
 * budget that is never spent. */
struct body_budget {
	size_t bytes;
	atomic_size_t used;
	_Atomic(const void *) exempt;	/* holder of the exemption, or NULL */
};

/* body_budget_charge() charges bytes that are now in memory;
 * body_budget_refund() refunds bytes that were freed. */
void body_budget_charge(struct body_budget *b, size_t bytes);
void body_budget_refund(struct body_budget *b, size_t bytes);

bool body_budget_is_spent(const struct body_budget *b);

/* Returns true if the budget has room, or if owner holds (or now gets) the
 * exemption. */
bool body_budget_may_grow(struct body_budget *b, const void *owner);

/* Gives up the exemption if owner holds it. Called when owner's body is
 * finished. */
void body_budget_end_exemption(struct body_budget *b, const void *owner);

#endif
