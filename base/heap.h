/*
 * An intrusive binary heap (priority queue). Each element stores its position,
 * so it can be moved or removed at any time (timers, hosts, waiting jobs).
 * Nothing is allocated per element.
 *
 *	struct timer { msec at; struct heap_node node; };
 *	struct heap h = {.before = sooner};
 *	heap_push(&h, &t->node);
 */
#ifndef BASE_HEAP_H
#define BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>

/* A node that is all zero is in no heap. */
struct heap_node {
	size_t place;	/* index in the heap, plus 1; 0: in no heap */
};

struct heap {
	bool (*before)(const struct heap_node *, const struct heap_node *);
	struct heap_node **nodes;	/* owned array of borrowed elements */
	size_t len;
	size_t cap;
};

/* Returns the element that contains the node. */
#define heap_entry(node, type, member) \
	((type *)(void *)((char *)(node) - offsetof(type, member)))

static inline bool heap_has(const struct heap_node *n)
{
	return n->place != 0;
}

/* Returns the first element, or NULL if the heap is empty. */
static inline struct heap_node *heap_first(const struct heap *h)
{
	return h->len ? h->nodes[0] : NULL;
}

void heap_push(struct heap *h, struct heap_node *n);

/* Removes n; does nothing if n is in no heap. */
void heap_remove(struct heap *h, struct heap_node *n);

/* Restores the order after the key of n has changed. n must be in the heap. */
void heap_moved(struct heap *h, struct heap_node *n);

/* Removes and returns the first element, or NULL if the heap is empty. */
struct heap_node *heap_pop(struct heap *h);

/* Frees the array, not the elements. */
void heap_release(struct heap *h);

#endif
