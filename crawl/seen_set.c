/* Linear probing; a slot that is 0 is empty. The table can have any number of
 * slots, so it grows by a fifth: a table that doubles needs twice the memory
 * half of the time. */
#include "crawl/seen_set.h"

#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "crawl/mapped_table.h"

enum {
	FIRST_SLOTS = 4096,
	/* Slots that grow() frees at once: a mebibyte, whole pages. */
	FREED_SLOTS = 1 << 17,
};

struct seen_set {
	char *folder;
	uint64_t *slots;
	size_t n_slots;
	size_t count;
};

/* Returns the number of the slot where the search for a fingerprint begins: a
 * fraction of the table. The order of these slots is the same in a table of
 * another size, so grow() goes through both tables from the first page to the
 * last. */
static size_t first_slot(size_t n_slots, uint64_t fingerprint)
{
	const uint64_t hash = fingerprint * 0x9e3779b97f4a7c15;

	return (size_t)((unsigned __int128)hash * n_slots >> 64);
}

/* Returns the slot that holds the fingerprint, or the empty slot where the
 * fingerprint belongs. */
static uint64_t *find_slot(uint64_t *slots, size_t n_slots,
			   uint64_t fingerprint)
{
	size_t i = first_slot(n_slots, fingerprint);

	while (slots[i] && slots[i] != fingerprint)
		i = i + 1 < n_slots ? i + 1 : 0;
	return &slots[i];
}

static int grow(struct seen_set *s)
{
	const size_t n_slots = s->n_slots + s->n_slots / 5;
	uint64_t *slots = mapped_table_new(s->folder,
					   n_slots * sizeof(*slots));

	if (!slots)
		return -1;
	for (size_t i = 0; i < s->n_slots; i++) {
		if (s->slots[i])
			*find_slot(slots, n_slots, s->slots[i]) = s->slots[i];
		if ((i + 1) % FREED_SLOTS == 0)
			mapped_table_forget(&s->slots[i + 1 - FREED_SLOTS],
					    FREED_SLOTS * sizeof(*slots));
	}
	mapped_table_free(s->slots, seen_set_bytes(s));
	s->slots = slots;
	s->n_slots = n_slots;
	return 0;
}

struct seen_set *seen_set_open(const char *folder)
{
	struct seen_set *s = xcalloc(1, sizeof(*s));

	s->folder = xstrdup(folder);
	s->n_slots = FIRST_SLOTS;
	s->slots = mapped_table_new(folder, seen_set_bytes(s));
	if (s->slots)
		return s;
	seen_set_close(s);
	return NULL;
}

void seen_set_close(struct seen_set *s)
{
	const int error = errno;

	if (!s)
		return;
	mapped_table_free(s->slots, seen_set_bytes(s));
	free(s->folder);
	free(s);
	errno = error;
}

int seen_set_add(struct seen_set *s, uint64_t fingerprint)
{
	uint64_t *slot = find_slot(s->slots, s->n_slots, fingerprint);

	if (*slot)
		return 0;
	if (s->count + 1 > s->n_slots / 5 * 4) {
		if (grow(s))
			return -1;
		slot = find_slot(s->slots, s->n_slots, fingerprint);
	}
	*slot = fingerprint;
	s->count++;
	return 1;
}

bool seen_set_has(const struct seen_set *s, uint64_t fingerprint)
{
	return *find_slot(s->slots, s->n_slots, fingerprint) != 0;
}

void seen_set_prefetch(const struct seen_set *s, uint64_t fingerprint)
{
	__builtin_prefetch(&s->slots[first_slot(s->n_slots, fingerprint)]);
}

size_t seen_set_count(const struct seen_set *s)
{
	return s->count;
}

size_t seen_set_bytes(const struct seen_set *s)
{
	return s->n_slots * sizeof(*s->slots);
}
