/* A hash table with linear probing. The records of the names are in separate
 * chunks. */
#include "parse/html/common/more_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/html/common/names.h"
#include "parse/html/common/region.h"

enum { FIRST_SLOTS = 4096, CHUNK = 512 };

static struct html_name *name_of(const struct html_more_names *more,
				 uint32_t number)
{
	return &more->chunks[(number - 1) / CHUNK][(number - 1) % CHUNK];
}

static void free_slots(struct html_more_slot *slots, size_t mask)
{
	if (!slots)
		return;
	free(slots);
	memory_uncharge((mask + 1) * sizeof(*slots));
}

void html_more_names_clear(struct html_more_names *more)
{
	free_slots(more->slots, more->mask);
	memory_resize(more->chunks, more->chunks_cap * sizeof(*more->chunks),
		      0);
	*more = (struct html_more_names){0};
}

struct html_name *html_more_names_find(const struct html_more_names *more,
				       const struct html_name_text *text)
{
	const struct html_more_slot *slot;

	for (size_t i = text->hash & more->mask; (slot = &more->slots[i])->number;
	     i = (i + 1) & more->mask) {
		struct html_name *name;

		if (slot->hash != text->hash)
			continue;
		name = name_of(more, slot->number);
		if (html_name_is(name, text))
			return name;
	}
	return NULL;
}

static void put_slot(struct html_more_names *more, struct html_more_slot new)
{
	size_t i = new.hash & more->mask;

	while (more->slots[i].number)
		i = (i + 1) & more->mask;
	more->slots[i] = new;
}

/* Doubles the table. The records are not read, because they are scattered in
 * memory; both tables are read and written from front to back. */
static void grow_table(struct html_more_names *more)
{
	struct html_more_slot *old = more->slots;
	const size_t mask = more->mask;
	const size_t slots = old ? (mask + 1) * 2 : FIRST_SLOTS;

	(void)memory_charge(slots * sizeof(*old));
	more->slots = xcalloc(slots, sizeof(*old));
	more->mask = slots - 1;
	for (size_t i = 0; old && i <= mask; i++)
		if (old[i].number)
			put_slot(more, old[i]);
	free_slots(old, mask);
}

static void add_chunk(struct html_more_names *more, struct html_region *region)
{
	const size_t chunk = more->count / CHUNK;
	const size_t cap = more->chunks_cap ? more->chunks_cap * 2 : 16;

	if (chunk == more->chunks_cap) {
		more->chunks = memory_resize(
			more->chunks, more->chunks_cap * sizeof(*more->chunks),
			cap * sizeof(*more->chunks));
		more->chunks_cap = cap;
	}
	more->chunks[chunk] = html_region_get(
		region, CHUNK * sizeof(struct html_name));
}

struct html_name *html_more_names_add(struct html_more_names *more,
				      struct html_region *region,
				      uint32_t hash)
{
	if (more->count % CHUNK == 0)
		add_chunk(more, region);
	if (!more->slots || more->count > more->mask / 4 * 3)
		grow_table(more);
	more->count++;
	put_slot(more, (struct html_more_slot){hash, more->count});
	return name_of(more, more->count);
}
