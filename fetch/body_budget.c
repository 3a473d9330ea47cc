/* The memory budget of bodies: one atomic counter and one exemption. */
#include "fetch/body_budget.h"

void body_budget_charge(struct body_budget *b, size_t bytes)
{
	if (b)
		atomic_fetch_add(&b->used, bytes);
}

void body_budget_refund(struct body_budget *b, size_t bytes)
{
	if (b)
		atomic_fetch_sub(&b->used, bytes);
}

bool body_budget_is_spent(const struct body_budget *b)
{
	return b && atomic_load(&b->used) >= b->bytes;
}

bool body_budget_may_grow(struct body_budget *b, const void *owner)
{
	const void *holder = NULL;

	if (!body_budget_is_spent(b))
		return true;
	return atomic_compare_exchange_strong(&b->exempt, &holder, owner) ||
	       holder == owner;
}

void body_budget_end_exemption(struct body_budget *b, const void *owner)
{
	if (b)
		atomic_compare_exchange_strong(&b->exempt, &owner, NULL);
}
