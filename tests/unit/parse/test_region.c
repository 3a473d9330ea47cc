#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "parse/library.h"
#include "parse/tree/region.h"
#include "tests/unit/html_text.h"

static bool is_there(char *p)
{
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	unsigned char there;

	p -= (uintptr_t)p % page;
	assert_int_equal(mincore(p, 1, &there), 0);
	return there & 1;
}

static void last_released_region_is_used_next(void **state)
{
	char *first = region_acquire(), *second = region_acquire();

	(void)state;
	assert_ptr_not_equal(first, second);
	first[0] = 1;
	region_release(second, 0);
	region_release(first, 1);
	assert_ptr_equal(region_acquire(), first);
	assert_true(is_there(first));
	assert_ptr_equal(region_acquire(), second);
	region_release(first, 1);
	region_release(second, 0);
}

static void memory_of_a_large_page_is_not_kept(void **state)
{
	const size_t used = 5 << 20;
	char *region = region_acquire();

	(void)state;
	region[0] = region[used - 1] = 1;
	assert_true(is_there(region + used - 1));
	region_release(region, used);
	assert_ptr_equal(region_acquire(), region);
	assert_true(is_there(region));
	assert_false(is_there(region + used - 1));
	region_release(region, 0);
}

static void memory_of_many_regions_is_not_kept(void **state)
{
	enum { MANY = 100 };
	char *regions[MANY];
	int kept = 0;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		regions[i] = region_acquire();
		regions[i][0] = 1;
	}
	for (int i = 0; i < MANY; i++)
		region_release(regions[i], 1);
	for (int i = 0; i < MANY; i++) {
		regions[i] = region_acquire();
		kept += is_there(regions[i]);
	}
	for (int i = 0; i < MANY; i++)
		region_release(regions[i], 1);
	assert_in_range(kept, 1, 16);
}

struct idler {
	pthread_barrier_t parsed, leave;
};

static void *parse_and_idle(void *arg)
{
	struct idler *idler = arg;

	html_open();
	html_text_free(html_text_parse("<p>x", 4));
	pthread_barrier_wait(&idler->parsed);
	pthread_barrier_wait(&idler->leave);
	html_close();
	return NULL;
}

static void idle_threads_have_no_region(void **state)
{
	enum { THREADS = 20 };
	char *before = region_acquire(), *after;
	struct idler idler;
	pthread_t threads[THREADS];

	(void)state;
	region_release(before, 0);
	pthread_barrier_init(&idler.parsed, NULL, 2);
	pthread_barrier_init(&idler.leave, NULL, THREADS + 1);
	for (int i = 0; i < THREADS; i++) {
		pthread_create(&threads[i], NULL, parse_and_idle, &idler);
		pthread_barrier_wait(&idler.parsed);
	}
	after = region_acquire();
	assert_ptr_equal(after, before);
	region_release(after, 0);
	pthread_barrier_wait(&idler.leave);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&idler.parsed);
	pthread_barrier_destroy(&idler.leave);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(last_released_region_is_used_next),
		cmocka_unit_test(memory_of_a_large_page_is_not_kept),
		cmocka_unit_test(memory_of_many_regions_is_not_kept),
		cmocka_unit_test(idle_threads_have_no_region),
	};

	parse_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
