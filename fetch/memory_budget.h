/*
 * How much memory the bodies of all requests in flight may take together.
 *
 * Over it nothing new is started, and bodies that grow have to wait; but one,
 * who holds the pass, goes on, so that there is always one that comes to its
 * end and gives back what it had. Any thread.
 */
#ifndef FETCH_MEMORY_BUDGET_H
#define FETCH_MEMORY_BUDGET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#define BUDGET_BYTES ((size_t)512 << 20)

/* Set bytes, the rest is zero. A NULL budget is never spent. */
struct budget {
	size_t bytes;
	atomic_size_t used;
	_Atomic(const void *) pass;	/* who has it; NULL: free */
};

/* Bytes more are in memory; and are not any more. */
void budget_take(struct budget *b, size_t bytes);
void budget_give(struct budget *b, size_t bytes);

bool budget_is_spent(const struct budget *b);

/* Whether who may take more: there is room, or who has the pass, or it was
 * free and is now who's. */
bool budget_may_take(struct budget *b, const void *who);

/* who has come to its end. */
void budget_return_pass(struct budget *b, const void *who);

#endif
