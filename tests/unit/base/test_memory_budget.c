#include "base/memory_budget.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"

#define MB ((size_t)1 << 20)

static struct memory_account account(void)
{
	struct memory_account a;

	memory_account_init(&a);
	return a;
}

static void without_a_limit_nothing_is_refused(void **state)
{
	struct memory_account a;

	(void)state;
	memory_budget_set(0, 4);
	a = account();
	memory_account_start(&a);
	assert_true(memory_charge(SIZE_MAX / 4));
	assert_false(memory_limit_reached());
	memory_account_stop();
	memory_account_release(&a);
	assert_false(memory_budget_is_spent());
}

static void a_thread_without_an_account_charges_nobody(void **state)
{
	(void)state;
	memory_budget_set(MB, 1);
	assert_true(memory_charge(1000 * MB));
	assert_false(memory_limit_reached());
	assert_false(memory_budget_is_spent());
}

static void a_page_gets_eleven_sixteenths_and_no_more(void **state)
{
	struct memory_account a;

	(void)state;
	memory_budget_set(64 * MB, 8);
	assert_int_equal(memory_budget_of_page(), 44 * MB);
	a = account();
	memory_account_start(&a);
	assert_true(memory_charge(44 * MB));
	assert_false(memory_limit_reached());
	assert_false(memory_charge(1));
	assert_true(memory_limit_reached());
	/* A page that was too large stays so, even if memory is released. */
	memory_uncharge(44 * MB);
	assert_true(memory_limit_reached());
	memory_account_stop();
	memory_account_release(&a);
	assert_false(memory_budget_is_spent());
}

static void released_memory_is_available_to_others(void **state)
{
	struct memory_account a, b;

	(void)state;
	memory_budget_set(64 * MB, 8);
	a = account();
	b = account();
	assert_true(memory_account_try_grant(&a, 44 * MB));
	assert_true(memory_budget_is_spent());
	assert_false(memory_account_try_grant(&b, 10 * MB));
	memory_account_release(&a);
	assert_false(memory_budget_is_spent());
	assert_true(memory_account_try_grant(&b, 44 * MB));
	memory_account_release(&b);
}

static void all_accounts_together_stay_within_the_budget(void **state)
{
	struct memory_account all[100];
	size_t held;
	bool any = true;

	(void)state;
	memory_budget_set(64 * MB, 100);
	for (size_t i = 0; i < 100; i++)
		all[i] = account();
	/* Each account in turn asks for a bit more, as long as at least one is
	 * allowed to. */
	while (any) {
		any = false;
		for (size_t i = 0; i < 100; i++) {
			const size_t more = all[i].granted + MB / 2;

			if (more <= memory_budget_of_page())
				any |= memory_account_try_grant(&all[i], more);
		}
	}
	held = 0;
	for (size_t i = 0; i < 100; i++)
		held += all[i].granted;
	assert_in_range(held, 40 * MB, 64 * MB);
	for (size_t i = 0; i < 100; i++)
		memory_account_release(&all[i]);
	assert_false(memory_budget_is_spent());
}

static void large_buffers_charge_themselves(void **state)
{
	struct buf b = {0}, moved;
	struct memory_account a;
	char *text;

	(void)state;
	memory_budget_set(64 * MB, 8);
	a = account();
	memory_account_start(&a);
	buf_reserve(&b, 1000);
	assert_int_equal(a.held, 0);
	buf_reserve(&b, 3 * MB);
	assert_int_equal(a.held, b.cap);
	buf_add(&b, "text", 4);
	moved = buf_take(&b);
	assert_int_equal(a.held, moved.cap);
	buf_shrink(&moved);
	assert_int_equal(a.held, 0);
	buf_reserve(&moved, 100000);
	assert_int_equal(a.held, moved.cap);
	text = buf_detach(&moved);
	assert_string_equal(text, "text");
	free(text);
	assert_int_equal(a.held, 0);
	/* Charge a buffer that was filled while no account was charged. */
	memory_account_stop();
	buf_reserve(&b, MB);
	memory_account_start(&a);
	buf_charge(&b);
	assert_int_equal(a.held, b.cap);
	buf_release(&b);
	assert_int_equal(a.held, 0);
	memory_account_stop();
	memory_account_release(&a);
}

static void tables_keep_what_they_have_and_are_charged(void **state)
{
	static const size_t sizes[] = {8, 4000, 2 * MB, 5 * MB, 3 * MB, 900};
	struct memory_account a;
	size_t bytes = 0;
	char *p = NULL;

	(void)state;
	memory_budget_set(64 * MB, 8);
	a = account();
	memory_account_start(&a);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		p = memory_resize(p, bytes, sizes[i]);
		bytes = sizes[i];
		if (!i)
			memcpy(p, "01234567", 8);
		assert_memory_equal(p, "01234567", 8);
		if (bytes > 8)
			p[bytes - 1] = '!';
		assert_int_equal(a.held, bytes);
	}
	assert_null(memory_resize(p, bytes, 0));
	assert_int_equal(a.held, 0);
	memory_account_stop();
	memory_account_release(&a);
}

/* --- Threads -------------------------------------------------------------- */

static atomic_size_t in_use, peak;

static void *read_pages(void *arg)
{
	const size_t bytes = *(const size_t *)arg;

	for (int page = 0; page < 20; page++) {
		struct memory_account a = account();
		size_t mine = 0;

		memory_account_start(&a);
		while (mine < bytes && memory_charge(MB / 4)) {
			size_t now, before;

			mine += MB / 4;
			now = atomic_fetch_add(&in_use, MB / 4) + MB / 4;
			before = atomic_load(&peak);
			while (now > before && !atomic_compare_exchange_weak(
						       &peak, &before, now))
				;
		}
		assert_int_equal(mine, bytes);
		atomic_fetch_sub(&in_use, mine);
		memory_account_stop();
		memory_account_release(&a);
	}
	return NULL;
}

static void workers_that_wait_all_finish_within_the_budget(void **state)
{
	const size_t bytes[8] = {40 * MB, 40 * MB, 40 * MB, 40 * MB,
				 2 * MB, 2 * MB, 10 * MB, 40 * MB};
	pthread_t threads[8];

	(void)state;
	memory_budget_set(64 * MB, 8);
	atomic_store(&peak, 0);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_pages,
						(void *)&bytes[i]), 0);
	for (size_t i = 0; i < 8; i++)
		pthread_join(threads[i], NULL);
	assert_in_range(atomic_load(&peak), 40 * MB, 64 * MB);
	assert_false(memory_budget_is_spent());
}

static atomic_bool is_over;

static void *charge_one(void *arg)
{
	struct memory_account *a = arg;

	memory_account_start(a);
	(void)memory_charge(20 * MB);
	atomic_store(&is_over, memory_limit_reached());
	memory_account_stop();
	return NULL;
}

static void abandoned_account_stops_waiting(void **state)
{
	struct memory_account holder, a;
	pthread_t thread;

	(void)state;
	memory_budget_set(64 * MB, 8);
	holder = account();
	a = account();
	assert_true(memory_account_try_grant(&holder, 44 * MB));
	assert_int_equal(pthread_create(&thread, NULL, charge_one, &a), 0);
	while (!(memory_account_waited(&a, clock_now()) > 0))
		usleep(100);
	memory_account_abandon(&a);
	pthread_join(thread, NULL);
	assert_true(atomic_load(&is_over));
	memory_account_release(&a);
	memory_account_release(&holder);
}

static void reserve_of_an_abandoned_account_is_passed_on(void **state)
{
	struct memory_account runaway, a;

	(void)state;
	memory_budget_set(64 * MB, 8);
	runaway = account();
	a = account();
	assert_true(memory_account_try_grant(&runaway, 44 * MB));
	assert_false(memory_account_try_grant(&a, 20 * MB));
	memory_account_abandon(&runaway);
	assert_true(memory_account_try_grant(&a, 20 * MB));
	memory_account_release(&a);
	memory_account_release(&runaway);
	assert_false(memory_budget_is_spent());
}

/* --- The line ------------------------------------------------------------- */

static void account_that_waited_longest_is_next(void **state)
{
	struct memory_account holder, line[4];

	(void)state;
	memory_budget_set(64 * MB, 8);
	holder = account();
	assert_true(memory_account_try_grant(&holder, 44 * MB));
	for (size_t i = 0; i < 4; i++) {
		line[i] = account();
		assert_false(memory_account_try_grant(&line[i], 40 * MB));
	}
	memory_account_release(&holder);
	for (size_t i = 0; i < 4; i++) {
		/* The waiting accounts ask again, in another order. */
		for (size_t j = 3; j > i; j--)
			assert_false(memory_account_try_grant(&line[j], 40 * MB));
		assert_true(memory_account_try_grant(&line[i], 40 * MB));
		memory_account_release(&line[i]);
	}
	assert_false(memory_budget_is_spent());
}

/* Released memory is for the account that waits longest, although another one
 * asks for it at once. */
static void a_large_page_is_not_passed_over_for_small_ones(void **state)
{
	struct memory_account holder, large, small;
	unsigned pages = 0;

	(void)state;
	memory_budget_set(64 * MB, 8);
	holder = account();
	large = account();
	small = account();
	assert_true(memory_account_try_grant(&holder, 30 * MB));
	assert_false(memory_account_try_grant(&large, 40 * MB));
	assert_false(memory_account_try_grant(&small, 18 * MB));
	for (; !memory_account_try_grant(&large, 40 * MB); pages++) {
		memory_account_release(pages ? &small : &holder);
		/* Neither account fits into the common part, so each of them
		 * needs the reserve. */
		(void)memory_account_try_grant(&small, 18 * MB);
		assert_in_range(pages, 0, 1);
	}
	assert_int_equal(pages, 1);
	memory_account_release(&large);
	memory_account_release(&small);
	assert_false(memory_budget_is_spent());
}

static void released_account_leaves_the_queue(void **state)
{
	struct memory_account holder, gone, a;

	(void)state;
	memory_budget_set(64 * MB, 8);
	holder = account();
	gone = account();
	a = account();
	assert_true(memory_account_try_grant(&holder, 44 * MB));
	assert_false(memory_account_try_grant(&gone, 44 * MB));
	assert_false(memory_account_try_grant(&a, 44 * MB));
	memory_account_release(&gone);
	memory_account_release(&holder);
	assert_true(memory_account_try_grant(&a, 44 * MB));
	memory_account_release(&a);
	assert_false(memory_budget_is_spent());
}

/* The memory of the loop's account is counted, although the account never
 * waits. */
static void account_of_the_loop_never_waits(void **state)
{
	struct memory_account holder, loop, a;

	(void)state;
	memory_budget_set(64 * MB, 8);
	holder = account();
	loop = account();
	loop.never_waits = true;
	a = account();
	assert_true(memory_account_try_grant(&holder, 20 * MB));
	memory_account_start(&loop);
	assert_true(memory_charge(44 * MB));
	assert_false(memory_charge(1));
	memory_account_stop();
	/* Other accounts wait for its memory. */
	memory_account_release(&holder);
	assert_false(memory_account_try_grant(&a, 10 * MB));
	memory_account_release(&loop);
	assert_true(memory_account_try_grant(&a, 10 * MB));
	memory_account_release(&a);
	assert_false(memory_budget_is_spent());
}

struct in_line {
	struct memory_account account;
	atomic_size_t *done;
	size_t order;
};

static void *read_one(void *arg)
{
	struct in_line *l = arg;

	memory_account_start(&l->account);
	(void)memory_charge(40 * MB);
	l->order = atomic_fetch_add(l->done, 1);
	memory_account_stop();
	memory_account_release(&l->account);
	return NULL;
}

static void threads_are_served_in_the_order_in_which_they_wait(void **state)
{
	enum { THREADS = 12 };
	struct in_line line[THREADS];
	struct memory_account holder;
	pthread_t threads[THREADS];
	atomic_size_t done = 0;

	(void)state;
	memory_budget_set(64 * MB, THREADS);
	holder = account();
	assert_true(memory_account_try_grant(&holder, 44 * MB));
	for (size_t i = 0; i < THREADS; i++) {
		line[i] = (struct in_line){.done = &done};
		line[i].account = account();
		assert_int_equal(pthread_create(&threads[i], NULL, read_one,
						&line[i]), 0);
		while (!(memory_account_waited(&line[i].account,
					       clock_now()) > 0))
			usleep(100);
	}
	memory_account_release(&holder);
	for (size_t i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(line[i].order, i);
	}
	assert_false(memory_budget_is_spent());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_limit_nothing_is_refused),
		cmocka_unit_test(a_thread_without_an_account_charges_nobody),
		cmocka_unit_test(a_page_gets_eleven_sixteenths_and_no_more),
		cmocka_unit_test(released_memory_is_available_to_others),
		cmocka_unit_test(all_accounts_together_stay_within_the_budget),
		cmocka_unit_test(large_buffers_charge_themselves),
		cmocka_unit_test(tables_keep_what_they_have_and_are_charged),
		cmocka_unit_test(
			workers_that_wait_all_finish_within_the_budget),
		cmocka_unit_test(abandoned_account_stops_waiting),
		cmocka_unit_test(
			reserve_of_an_abandoned_account_is_passed_on),
		cmocka_unit_test(account_that_waited_longest_is_next),
		cmocka_unit_test(
			a_large_page_is_not_passed_over_for_small_ones),
		cmocka_unit_test(released_account_leaves_the_queue),
		cmocka_unit_test(account_of_the_loop_never_waits),
		cmocka_unit_test(
			threads_are_served_in_the_order_in_which_they_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
