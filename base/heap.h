/*
 * A binary heap of things that carry their place in it: whatever has to be
 * taken out in order, and may change its mind before (timers, hosts, waiting
 * jobs). Intrusive: nothing is allocated per element.
 *
 *	struct timer { msec at; struct heap_node node; };
 *	struct heap h = {.before = sooner};
 *	heap_push(&h, &t->node);
 */
#ifndef BASE_HEAP_H
#define BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>

/* Zero is a node that is in no heap. */
struct heap_node {
	size_t place;	/* 1 + position; 0: in no heap */
};

struct heap {
	bool (*before)(const struct heap_node *, const struct heap_node *);
	struct heap_node **nodes;	/* borrowed elements, own array */
	size_t len;
	size_t cap;
};

/* The element a node is embedded in. */
#define heap_entry(node, type, member) \
	((type *)(void *)((char *)(node) - offsetof(type, member)))

static inline bool heap_has(const struct heap_node *n)
{
	return n->place != 0;
}

/* The first one, NULL when empty. */
static inline struct heap_node *heap_first(const struct heap *h)
{
	return h->len ? h->nodes[0] : NULL;
}

void heap_push(struct heap *h, struct heap_node *n);

/* Takes n out; nothing happens if it is in no heap. */
void heap_remove(struct heap *h, struct heap_node *n);

/* Call after the order of n has changed. n must be in the heap. */
void heap_moved(struct heap *h, struct heap_node *n);

/* Takes out the first one; NULL when empty. */
struct heap_node *heap_pop(struct heap *h);

/* Frees the array, not the elements. */
void heap_release(struct heap *h);

#endif
