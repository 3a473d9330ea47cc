/* Linear probing; the key 0 is an empty slot. */
#include "crawl/traps/number_map.h"

#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "crawl/mapped_table.h"

enum { FIRST_SLOTS = 2048 };

struct slot {
	uint64_t key, value;
};

struct number_map {
	char *folder;
	struct slot *slots;
	size_t n_slots;		/* a power of two */
	size_t count;
};

struct number_map *number_map_open(const char *folder)
{
	struct number_map *m = xcalloc(1, sizeof(*m));

	m->folder = xstrdup(folder);
	m->n_slots = FIRST_SLOTS;
	m->slots = mapped_table_new(folder, number_map_bytes(m));
	if (m->slots)
		return m;
	number_map_close(m);
	return NULL;
}

void number_map_close(struct number_map *m)
{
	const int error = errno;

	if (!m)
		return;
	mapped_table_free(m->slots, number_map_bytes(m));
	free(m->folder);
	free(m);
	errno = error;
}

/* Returns the slot that holds the key, or the empty slot where the key
 * belongs. */
static struct slot *slot_of(struct slot *slots, size_t n_slots, uint64_t key)
{
	size_t i = (size_t)key & (n_slots - 1);

	while (slots[i].key && slots[i].key != key)
		i = (i + 1) & (n_slots - 1);
	return &slots[i];
}

static int grow(struct number_map *m)
{
	const size_t n_slots = m->n_slots * 2;
	struct slot *slots = mapped_table_new(m->folder,
					      n_slots * sizeof(*slots));

	if (!slots)
		return -1;
	for (size_t i = 0; i < m->n_slots; i++)
		if (m->slots[i].key)
			*slot_of(slots, n_slots, m->slots[i].key) =
				m->slots[i];
	mapped_table_free(m->slots, number_map_bytes(m));
	m->slots = slots;
	m->n_slots = n_slots;
	return 0;
}

uint64_t *number_map_get(struct number_map *m, uint64_t key)
{
	struct slot *slot = slot_of(m->slots, m->n_slots, key);

	if (slot->key)
		return &slot->value;
	if (m->count + 1 > m->n_slots / 4 * 3) {
		if (grow(m))
			return NULL;
		slot = slot_of(m->slots, m->n_slots, key);
	}
	slot->key = key;
	m->count++;
	return &slot->value;
}

const uint64_t *number_map_find(const struct number_map *m, uint64_t key)
{
	const struct slot *slot = slot_of(m->slots, m->n_slots, key);

	return slot->key ? &slot->value : NULL;
}

size_t number_map_count(const struct number_map *m)
{
	return m->count;
}

size_t number_map_bytes(const struct number_map *m)
{
	return m->n_slots * sizeof(*m->slots);
}
