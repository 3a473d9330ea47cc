#include "fetch/memory_budget.h"

void budget_take(struct budget *b, size_t bytes)
{
	if (b)
		atomic_fetch_add(&b->used, bytes);
}

void budget_give(struct budget *b, size_t bytes)
{
	if (b)
		atomic_fetch_sub(&b->used, bytes);
}

bool budget_is_spent(const struct budget *b)
{
	return b && atomic_load(&b->used) >= b->bytes;
}

bool budget_may_take(struct budget *b, const void *who)
{
	const void *holder = NULL;

	if (!budget_is_spent(b))
		return true;
	return atomic_compare_exchange_strong(&b->pass, &holder, who) ||
	       holder == who;
}

void budget_return_pass(struct budget *b, const void *who)
{
	if (b)
		atomic_compare_exchange_strong(&b->pass, &who, NULL);
}
