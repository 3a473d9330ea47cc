/* Each ring has a power of two of slots; index i has the slot i modulo that
 * number. The rings grow when an index is put that is too far from the oldest
 * one. */
#include "cmd/output/reorder.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

enum { FIRST_CAP = 1024, BITS = 64 };

static size_t ring_place(const struct reorder *s, uint64_t index)
{
	return (size_t)index & (s->cap - 1);
}

static bool is_put(const struct reorder *s, uint64_t index)
{
	const size_t i = ring_place(s, index);

	return index < s->end && (s->put[i / BITS] >> i % BITS & 1);
}

static void flip_bit(struct reorder *s, uint64_t index)
{
	const size_t i = ring_place(s, index);

	s->put[i / BITS] ^= (uint64_t)1 << i % BITS;
}

/* Grows the rings until they have room for indices up to oldest + distance. */
static void grow_rings(struct reorder *s, uint64_t distance)
{
	struct reorder bigger = *s;

	bigger.cap = s->cap ? s->cap : FIRST_CAP;
	while (bigger.cap <= distance)
		bigger.cap *= 2;
	bigger.put = xcalloc(bigger.cap / BITS, sizeof(*bigger.put));
	if (s->ordered)
		bigger.held = xcalloc(bigger.cap, sizeof(*bigger.held));
	for (uint64_t i = s->oldest; i < s->end; i++) {
		if (!is_put(s, i))
			continue;
		flip_bit(&bigger, i);
		if (s->ordered)
			bigger.held[ring_place(&bigger, i)] =
				s->held[ring_place(s, i)];
	}
	free(s->put);
	free(s->held);
	*s = bigger;
}

/* Moves on to the next index. The bit and the buffer of the passed index are
 * then free for a later one. */
static void pass_oldest(struct reorder *s)
{
	flip_bit(s, s->oldest);
	s->oldest++;
}

void reorder_put(struct reorder *s, uint64_t index, struct buf *record)
{
	assert(index >= s->oldest && !is_put(s, index));
	if (index - s->oldest >= s->cap)
		grow_rings(s, index - s->oldest);
	flip_bit(s, index);
	if (s->end <= index)
		s->end = index + 1;
	if (s->ordered) {
		s->held[ring_place(s, index)] = buf_take(record);
		return;
	}
	while (is_put(s, s->oldest))
		pass_oldest(s);
}

bool reorder_take(struct reorder *s, struct buf *record)
{
	if (!is_put(s, s->oldest))
		return false;
	*record = buf_take(&s->held[ring_place(s, s->oldest)]);
	pass_oldest(s);
	return true;
}

bool reorder_take_any(struct reorder *s, struct buf *record)
{
	while (s->oldest < s->end && !is_put(s, s->oldest))
		s->oldest++;
	return reorder_take(s, record);
}

void reorder_release(struct reorder *s)
{
	struct buf record;

	while (s->ordered && reorder_take_any(s, &record))
		buf_release(&record);
	free(s->put);
	free(s->held);
	*s = (struct reorder){0};
}
