#include "parse/css/memo.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/memory_budget.h"

/* 40 MB of table. Pages with so many elements that matter are given up. */
enum { MAX_CAP = 1 << 20, FIRST_CAP = 64 };

static size_t hash(uint32_t set, const void *what, const void *about)
{
	uint64_t h = (uintptr_t)about >> 3;

	h = (h ^ ((uintptr_t)what << 7) ^ set) * 0x9e3779b97f4a7c15;
	return (size_t)(h >> 20);
}

/* Where it is, or where it would be. */
static struct css_known *place(const struct css_memo *memo, uint32_t set,
			       const void *what, const void *about)
{
	for (size_t i = hash(set, what, about);; i++) {
		struct css_known *k = &memo->table[i & (memo->cap - 1)];

		if (!k->what || (k->about == about && k->what == what &&
				 k->set == set))
			return k;
	}
}

static void grow(struct css_memo *memo)
{
	struct css_memo old = *memo;

	memo->cap = old.cap ? old.cap * 2 : FIRST_CAP;
	(void)memory_charge(memo->cap * sizeof(*memo->table));
	memo->table = xcalloc(memo->cap, sizeof(*memo->table));
	for (size_t i = 0; i < old.cap; i++) {
		const struct css_known *k = &old.table[i];

		if (k->what)
			*place(memo, k->set, k->what, k->about) = *k;
	}
	css_memo_release(&old);
}

struct css_known *css_memo_find(const struct css_memo *memo, uint32_t set,
				const void *what, const xmlNode *about)
{
	struct css_known *k;

	if (!memo->count)
		return NULL;
	k = place(memo, set, what, about);
	return k->what ? k : NULL;
}

struct css_known *css_memo_add(struct css_memo *memo, uint32_t set,
			       const void *what, const xmlNode *about)
{
	struct css_known *k = css_memo_find(memo, set, what, about);

	if (k)
		return k;
	if (memo->count >= memo->cap / 4 * 3) {
		if (memo->cap == MAX_CAP)
			return NULL;
		grow(memo);
	}
	k = place(memo, set, what, about);
	*k = (struct css_known){.what = what, .about = about, .set = set};
	memo->count++;
	return k;
}

void css_memo_release(struct css_memo *memo)
{
	memory_uncharge(memo->cap * sizeof(*memo->table));
	free(memo->table);
	*memo = (struct css_memo){0};
}
