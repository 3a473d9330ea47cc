/* A hash table with a limited search: a key that finds no slot shares the last
 * one, so that no choice of class names makes the search long. */
#include "parse/article/groups.h"

#include <stdint.h>
#include <string.h>

#include "base/memory_budget.h"

enum { MAX_PROBES = 32 };

struct slot {
	uint64_t key;		/* 0: empty */
	uint32_t value;
};

struct table {
	struct slot *slots;
	size_t mask;
};

static void table_init(struct table *t, size_t keys)
{
	size_t size = 64;

	while (size < 2 * keys)
		size *= 2;
	t->slots = memory_resize(NULL, 0, size * sizeof(*t->slots));
	memset(t->slots, 0, size * sizeof(*t->slots));
	t->mask = size - 1;
}

static void table_release(struct table *t)
{
	memory_resize(t->slots, (t->mask + 1) * sizeof(*t->slots), 0);
}

/* Take the upper half of the product, which depends on all bits of the key. */
static struct slot *find_slot(const struct table *t, uint64_t key)
{
	size_t at = (size_t)((key * 0x9e3779b97f4a7c15u) >> 32);
	struct slot *slot;
	int probes = 0;

	key |= 1;
	do
		slot = &t->slots[at++ & t->mask];
	while (slot->key && slot->key != key && ++probes < MAX_PROBES);
	slot->key = key;
	return slot;
}

/* Returns a key for the siblings that are like the element. */
static uint64_t sibling_key(const struct block *e)
{
	return e->signature ^ (uint64_t)e->parent << 32;
}

static size_t find_groups(struct blocks *b)
{
	struct table t;
	uint32_t groups = 0;

	table_init(&t, b->count);
	for (size_t i = 0; i < b->count; i++) {
		struct slot *slot = find_slot(&t, (uint64_t)b->blocks[i].path << 1);

		if (!slot->value)
			slot->value = ++groups;
		b->blocks[i].group = slot->value;
	}
	table_release(&t);
	return groups;
}

size_t groups_find(struct blocks *b)
{
	struct table t;

	table_init(&t, b->count);
	/* Until all siblings are counted, `twins` holds the number of the
	 * slot. */
	for (size_t i = 1; i < b->count; i++) {
		struct slot *slot = find_slot(&t, sibling_key(&b->blocks[i]));

		slot->value++;
		b->blocks[i].twins = (uint32_t)(slot - t.slots);
	}
	for (size_t i = 1; i < b->count; i++)
		b->blocks[i].twins = t.slots[b->blocks[i].twins].value;
	table_release(&t);
	return find_groups(b);
}
