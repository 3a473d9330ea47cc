/* Hash table of cached results, with open addressing. Entries are never
 * removed. */
#include "parse/css/memo.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/memory_budget.h"

/* Numbers of slots of the largest table (40 MB) and of the first one. Matching
 * is given up on pages with more elements that need an entry. */
enum { MAX_CAP = 1 << 20, FIRST_CAP = 64 };

static size_t hash_key(uint32_t set, const void *what, const void *about)
{
	uint64_t h = (uintptr_t)about >> 3;

	h = (h ^ ((uintptr_t)what << 7) ^ set) * 0x9e3779b97f4a7c15;
	return (size_t)(h >> 20);
}

/* Returns the entry's slot, or the free slot where it belongs. */
static struct css_memo_entry *find_slot(const struct css_memo *memo,
					uint32_t set, const void *what,
					const void *about)
{
	for (size_t i = hash_key(set, what, about);; i++) {
		struct css_memo_entry *k = &memo->table[i & (memo->cap - 1)];

		if (!k->what || (k->about == about && k->what == what &&
				 k->set == set))
			return k;
	}
}

static void grow_table(struct css_memo *memo)
{
	struct css_memo old = *memo;

	memo->cap = old.cap ? old.cap * 2 : FIRST_CAP;
	(void)memory_charge(memo->cap * sizeof(*memo->table));
	memo->table = xcalloc(memo->cap, sizeof(*memo->table));
	for (size_t i = 0; i < old.cap; i++) {
		const struct css_memo_entry *k = &old.table[i];

		if (k->what)
			*find_slot(memo, k->set, k->what, k->about) = *k;
	}
	css_memo_release(&old);
}

struct css_memo_entry *css_memo_find(const struct css_memo *memo, uint32_t set,
				     const void *what, const xmlNode *about)
{
	struct css_memo_entry *k;

	if (!memo->count)
		return NULL;
	k = find_slot(memo, set, what, about);
	return k->what ? k : NULL;
}

struct css_memo_entry *css_memo_add(struct css_memo *memo, uint32_t set,
				    const void *what, const xmlNode *about)
{
	struct css_memo_entry *k = css_memo_find(memo, set, what, about);

	if (k)
		return k;
	if (memo->count >= memo->cap / 4 * 3) {
		if (memo->cap == MAX_CAP)
			return NULL;
		grow_table(memo);
	}
	k = find_slot(memo, set, what, about);
	*k = (struct css_memo_entry){.what = what, .about = about, .set = set};
	memo->count++;
	return k;
}

void css_memo_release(struct css_memo *memo)
{
	memory_uncharge(memo->cap * sizeof(*memo->table));
	free(memo->table);
	*memo = (struct css_memo){0};
}
