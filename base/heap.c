/* A textbook binary heap, which updates the stored position of each element
 * that it moves. */
#include "base/heap.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

static void put_node(struct heap *h, size_t i, struct heap_node *n)
{
	h->nodes[i] = n;
	n->place = i + 1;
}

static void sift_up(struct heap *h, size_t i)
{
	struct heap_node *n = h->nodes[i];

	while (i > 0) {
		const size_t up = (i - 1) / 2;

		if (!h->before(n, h->nodes[up]))
			break;
		put_node(h, i, h->nodes[up]);
		i = up;
	}
	put_node(h, i, n);
}

static void sift_down(struct heap *h, size_t i)
{
	struct heap_node *n = h->nodes[i];

	for (;;) {
		size_t down = 2 * i + 1;

		if (down >= h->len)
			break;
		if (down + 1 < h->len &&
		    h->before(h->nodes[down + 1], h->nodes[down]))
			down++;
		if (!h->before(h->nodes[down], n))
			break;
		put_node(h, i, h->nodes[down]);
		i = down;
	}
	put_node(h, i, n);
}

void heap_push(struct heap *h, struct heap_node *n)
{
	assert(!heap_has(n));
	if (h->len == h->cap) {
		h->cap = h->cap ? h->cap * 2 : 16;
		h->nodes = xrealloc(h->nodes, h->cap * sizeof(*h->nodes));
	}
	h->nodes[h->len] = n;
	sift_up(h, h->len++);
}

void heap_moved(struct heap *h, struct heap_node *n)
{
	assert(heap_has(n));
	sift_up(h, n->place - 1);
	sift_down(h, n->place - 1);
}

void heap_remove(struct heap *h, struct heap_node *n)
{
	const size_t i = n->place - 1;
	struct heap_node *last;

	if (!heap_has(n))
		return;
	assert(h->nodes[i] == n);
	last = h->nodes[--h->len];
	n->place = 0;
	if (last == n)
		return;
	put_node(h, i, last);
	heap_moved(h, last);
}

struct heap_node *heap_pop(struct heap *h)
{
	struct heap_node *first = heap_first(h);

	if (first)
		heap_remove(h, first);
	return first;
}

void heap_release(struct heap *h)
{
	free(h->nodes);
	h->nodes = NULL;
	h->len = h->cap = 0;
}
