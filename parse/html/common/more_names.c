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

void html_more_names_clear(struct html_more_names *more)
{
	if (more->slots)
		memory_resize(more->slots,
			      (more->mask + 1) * sizeof(*more->slots), 0);
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

/* Moves the slots with the indexes `from` to `to` - 1 to their places after the
 * mask has changed. */
static void place_slots(struct html_more_names *more, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct html_more_slot slot = more->slots[i];

		if (!slot.number)
			continue;
		more->slots[i] = (struct html_more_slot){0};
		put_slot(more, slot);
	}
}

static void add_slots(struct html_more_names *more, size_t before, size_t slots)
{
	more->slots = memory_resize(more->slots,
				    before * sizeof(*more->slots),
				    slots * sizeof(*more->slots));
	memset(more->slots + before, 0,
	       (slots - before) * sizeof(*more->slots));
	more->mask = slots - 1;
}

/* Doubles the table in place: it takes longer to get another table from the
 * system than to fill it. The hash values are in the slots, so the records,
 * which are scattered in memory, are not read. The slots before the first empty
 * one are saved first and put back last, so a slot is never moved past one that
 * still has to be moved. */
static void grow_table(struct html_more_names *more)
{
	const size_t before = more->mask + 1;
	struct html_more_slot *aside;
	size_t first = 0;

	while (more->slots[first].number)
		first++;
	aside = (void *)xmemdup(more->slots, first * sizeof(*aside));
	memset(more->slots, 0, first * sizeof(*aside));
	add_slots(more, before, before * 2);
	place_slots(more, first + 1, before);
	for (size_t i = 0; i < first; i++)
		put_slot(more, aside[i]);
	free(aside);
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
	if (!more->slots)
		add_slots(more, 0, FIRST_SLOTS);
	else if (more->count > more->mask / 4 * 3)
		grow_table(more);
	more->count++;
	put_slot(more, (struct html_more_slot){hash, more->count});
	return name_of(more, more->count);
}
