/* An open-addressing hash table. Not uthash: the digests serve as hash values,
 * and an entry of uthash would be four times as large. */
#include "base/digest_set.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/mem.h"

enum { FIRST_SIZE = 64 };

struct digest_slot {
	struct digest digest;
	unsigned long number;	/* the text's number + 1; 0: the slot is
				 * empty */
};

/* Returns the slot of the digest, or the empty slot where it belongs. */
static struct digest_slot *find_slot(const struct digest_set *s,
				     struct digest digest)
{
	size_t at = digest.a & (s->size - 1);

	while (s->slots[at].number &&
	       !digest_equal(s->slots[at].digest, digest))
		at = (at + 1) & (s->size - 1);
	return &s->slots[at];
}

static void grow_table(struct digest_set *s)
{
	const struct digest_set old = *s;

	s->size = old.size ? 2 * old.size : FIRST_SIZE;
	s->slots = xcalloc(s->size, sizeof(*s->slots));
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i].number)
			*find_slot(s, old.slots[i].digest) = old.slots[i];
	free(old.slots);
}

bool digest_set_add(struct digest_set *s, struct slice text,
		    unsigned long *number)
{
	const struct digest digest = digest_of(text.p, text.len);
	struct digest_slot *slot;

	if (s->count >= s->size / 4 * 3)
		grow_table(s);
	slot = find_slot(s, digest);
	if (slot->number) {
		*number = slot->number - 1;
		return true;
	}
	*slot = (struct digest_slot){digest, *number + 1};
	s->count++;
	return false;
}

bool digest_set_has(const struct digest_set *s, struct slice text)
{
	return s->size && find_slot(s, digest_of(text.p, text.len))->number;
}

void digest_set_release(struct digest_set *s)
{
	free(s->slots);
	*s = (struct digest_set){0};
}
