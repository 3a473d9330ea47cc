#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/heap.h"

struct item {
	int key;
	struct heap_node node;
};

static bool smaller(const struct heap_node *a, const struct heap_node *b)
{
	return heap_entry(a, struct item, node)->key <
	       heap_entry(b, struct item, node)->key;
}

/* A generator with a fixed seed, so that a failure can be repeated. */
static uint32_t random_below(uint64_t *seed, uint32_t n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % n;
}

static int pop_key(struct heap *h)
{
	return heap_entry(heap_pop(h), struct item, node)->key;
}

static void empty_heap_has_no_first_element(void **state)
{
	struct heap h = {.before = smaller};

	(void)state;
	assert_null(heap_first(&h));
	assert_null(heap_pop(&h));
	heap_release(&h);
}

static void elements_come_out_in_order(void **state)
{
	struct heap h = {.before = smaller};
	static struct item items[1000];
	uint64_t seed = 1;
	int last = -1;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		items[i].key = (int)random_below(&seed, 500);
		heap_push(&h, &items[i].node);
		assert_true(heap_has(&items[i].node));
	}
	for (int i = 0; i < 1000; i++) {
		const int key = pop_key(&h);

		assert_true(key >= last);
		last = key;
	}
	for (int i = 0; i < 1000; i++)
		assert_false(heap_has(&items[i].node));
	heap_release(&h);
}

static void removed_twice_is_removed_once(void **state)
{
	struct heap h = {.before = smaller};
	struct item a = {.key = 1}, b = {.key = 2};

	(void)state;
	heap_push(&h, &a.node);
	heap_push(&h, &b.node);
	heap_remove(&h, &a.node);
	heap_remove(&h, &a.node);
	assert_int_equal(pop_key(&h), 2);
	assert_null(heap_first(&h));
	heap_release(&h);
}

static int smallest(const struct item *items, int n)
{
	int best = INT32_MAX;

	for (int i = 0; i < n; i++)
		if (heap_has(&items[i].node) && items[i].key < best)
			best = items[i].key;
	return best;
}

static void first_element_is_always_the_smallest(void **state)
{
	struct heap h = {.before = smaller};
	struct item items[60] = {0};
	uint64_t seed = 7;

	(void)state;
	for (int step = 0; step < 100000; step++) {
		struct item *it = &items[random_below(&seed, 60)];

		if (!heap_has(&it->node)) {
			it->key = (int)random_below(&seed, 1000);
			heap_push(&h, &it->node);
		} else if (random_below(&seed, 2)) {
			it->key = (int)random_below(&seed, 1000);
			heap_moved(&h, &it->node);
		} else {
			heap_remove(&h, &it->node);
		}
		if (heap_first(&h))
			assert_int_equal(heap_entry(heap_first(&h),
						    struct item, node)->key,
					 smallest(items, 60));
		else
			assert_int_equal(smallest(items, 60), INT32_MAX);
	}
	heap_release(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_heap_has_no_first_element),
		cmocka_unit_test(elements_come_out_in_order),
		cmocka_unit_test(removed_twice_is_removed_once),
		cmocka_unit_test(first_element_is_always_the_smallest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
