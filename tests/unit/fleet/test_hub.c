/*
 * Tests the hub with a Redis server. Tests do not wait for leases to expire,
 * but set the times in the server back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "redis.h"

struct fixture {
	struct redis redis;
	struct loop *loop;
	struct hub_address address;
	struct hub *hub, *other;	/* two workers */
	struct result a, b;
	unsigned resets;
};

static void on_reset(void *ctx)
{
	((struct fixture *)ctx)->resets++;
}

static struct hub *open_hub(struct fixture *f)
{
	struct buf why = {0};
	struct hub *hub = hub_open(&(struct hub_config){
		.loop = f->loop,
		.address = &f->address,
		.reconnect_wait = 10,
		.on_reset = on_reset,
		.ctx = f,
	}, &why);

	assert_string_equal(buf_cstr(&why), "");
	assert_non_null(hub);
	buf_release(&why);
	return hub;
}

static void join(struct hub *hub)
{
	struct hub_joined joined;
	struct buf why = {0};

	assert_int_equal(hub_join(hub, &(struct hub_job){
		.kind = text_of("list"),
		.options = text_of("{}"),
		.source = text_of("digest"),
	}, &joined, &why), 0);
	assert_string_equal(joined.kind, "list");
	assert_true(joined.is_same_source);
	hub_joined_release(&joined);
}

static int open_fixture(void **state)
{
	static struct fixture f;
	struct buf why = {0};

	f = (struct fixture){.resets = 0};
	*state = &f;
	redis_open(&f.redis);
	f.loop = loop_open(LOOP_EPOLL);
	assert_int_equal(hub_address_parse(&f.address, f.redis.url, &why), 0);
	f.hub = open_hub(&f);
	f.other = open_hub(&f);
	join(f.hub);
	join(f.other);
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *f = *state;

	hub_close(f->hub);
	hub_close(f->other);
	hub_address_release(&f->address);
	loop_close(f->loop);
	result_release(&f->a);
	result_release(&f->b);
	redis_close(&f->redis);
	return 0;
}

static void load(struct fixture *f, const struct hub_link *links, size_t n)
{
	hub_begin_loading(f->hub);
	hub_load(f->hub, links, n, on_result, &f->a);
	answer(f->hub, &f->a);
	assert_int_equal(f->a.reply.status, HUB_OK);
}

static struct hub_lease *lease(struct hub *hub, struct result *r)
{
	hub_lease(hub, NULL, on_result, r);
	answer(hub, r);
	assert_int_equal(r->reply.status, HUB_OK);
	return r->reply.lease;
}

/* Hands in the first URL of the last reply as finished. */
static enum hub_status submit(struct hub_lease *held, struct result *r,
			      uint64_t id, const char *row)
{
	const struct slice text = text_of(row);

	hub_submit(held, &(struct hub_submission){
		.done = &id, .n_done = 1, .rows = &text, .n_rows = 1,
		.host = {.text = text_of("pace"), .interval = 5},
	}, on_result, r);
	return answer(held->hub, r)->reply.status;
}

/* Lets the lease of a host end now. */
static void expire(struct fixture *f, const char *host)
{
	char *words = xasprintf("ZADD scrape:{test}:leased 1 %s", host);

	command(f->hub, &f->a, words);
	free(words);
}

/* Makes a host due now. */
static void make_due(struct fixture *f, const char *host)
{
	char *words = xasprintf("ZADD scrape:{test}:due 1 %s", host);

	command(f->hub, &f->a, words);
	free(words);
}

static void urls_are_leased_handed_in_and_collected(void **state)
{
	struct fixture *f = *state;
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1),
				    link_to("a.example", "/2", 2)}, 2);
	assert_int_equal(f->a.reply.added, 2);
	held = lease(f->hub, &f->a);
	assert_non_null(held);
	assert_string_equal(hub_lease_host(held), "a.example");
	assert_string_equal(f->a.urls, "/1 /2 ");
	assert_string_equal(f->a.state, "");
	assert_true(hub_lease_may_send(held));
	assert_true(hub_lease_left(held) <= HUB_LEASE_TIME - HUB_MARGIN);
	assert_int_equal(submit(held, &f->b, f->a.ids[0], "{\"url\":1}"),
			 HUB_OK);
	assert_int_equal(f->b.reply.counts.done, 1);
	assert_int_equal(f->b.reply.counts.in_work, 1);
	assert_int_equal(f->b.reply.counts.rows, 1);
	assert_int_equal(f->b.reply.counts.row_bytes, 9);
	hub_drop(held);

	hub_trim_rows(f->other, "", 0, on_result, &f->a);
	answer(f->other, &f->a);
	hub_read_rows(f->other, "", 10, on_result, &f->a);
	answer(f->other, &f->a);
	assert_string_equal(f->a.rows, "{\"url\":1} ");
	hub_trim_rows(f->other, f->a.last, 9, on_result, &f->b);
	answer(f->other, &f->b);
	assert_int_equal(f->b.reply.counts.rows, 0);
	assert_int_equal(f->b.reply.counts.row_bytes, 0);
}

static void a_host_has_one_lease(void **state)
{
	struct fixture *f = *state;
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	held = lease(f->hub, &f->a);
	assert_non_null(held);
	assert_null(lease(f->other, &f->b));
	assert_int_equal(f->b.reply.idle, HUB_IDLE_WAITING);
	assert_true(f->b.reply.wait > 0 && f->b.reply.wait <= 500);
	hub_drop(held);
}

static void links_are_added_once_in_the_order_of_priority(void **state)
{
	struct fixture *f = *state;
	struct hub_link links[] = {
		link_to("a.example", "/low", 1), link_to("a.example", "/x", 2),
		link_to("a.example", "/again", 1),
		link_to("a.example", "/high", 4), link_to("b.example", "/b", 1),
	};

	links[3].priority = 5;
	links[4].priority = -1;
	load(f, links, 5);
	assert_int_equal(f->a.reply.added, 4);
	make_due(f, "a.example");
	hub_drop(lease(f->hub, &f->a));
	assert_string_equal(f->a.urls, "/high /low /x ");
	hub_drop(lease(f->hub, &f->a));
	assert_string_equal(f->a.urls, "/b ");
}

static void an_expired_lease_is_taken_back(void **state)
{
	struct fixture *f = *state;
	struct hub_lease *first, *second;
	struct result second_reply = {.has_come = false};

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1),
				    link_to("a.example", "/2", 2),
				    link_to("a.example", "/3", 3)}, 3);
	first = lease(f->hub, &f->b);
	assert_int_equal(submit(first, &f->a, f->b.ids[1], "{}"), HUB_OK);
	expire(f, "a.example");
	/* The lease has expired long ago, and the host rests for a second after
	 * its end. */
	second = lease(f->other, &second_reply);
	assert_non_null(second);
	assert_string_equal(second_reply.urls, "/1 /3 ");
	assert_string_equal(second_reply.state, "pace");
	assert_int_equal(submit(first, &f->a, f->b.ids[0], "{}"), HUB_REFUSED);
	assert_int_equal(f->a.reply.counts.rows, 1);
	hub_give_back(first, &(struct hub_host){.ready_in = 0}, on_result,
		      &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_REFUSED);
	assert_int_equal(submit(second, &f->a, second_reply.ids[0], "{}"),
			 HUB_OK);
	hub_drop(first);
	hub_drop(second);
	result_release(&second_reply);
}

static void a_host_rests_after_its_lease_has_expired(void **state)
{
	struct fixture *f = *state;
	bool is_leased;
	msec began;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	f->hub->config.lease_time = 1;
	/* On a busy machine the rest may be over before the other worker
	 * asks. */
	do {
		struct hub_lease *held;

		make_due(f, "a.example");
		began = clock_now();
		hub_drop(lease(f->hub, &f->a));
		usleep(5000);
		held = lease(f->other, &f->b);
		is_leased = held != NULL;
		hub_drop(held);
	} while (is_leased && clock_now() - began >= 1000);
	assert_false(is_leased);
	assert_int_equal(f->b.reply.idle, HUB_IDLE_WAITING);
	assert_int_equal(f->b.reply.counts.waiting, 1);
}

static void a_repeated_submission_is_accepted_once(void **state)
{
	struct fixture *f = *state;
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1),
				    link_to("a.example", "/2", 2)}, 2);
	held = lease(f->hub, &f->b);
	assert_int_equal(submit(held, &f->a, f->b.ids[0], "{}"), HUB_OK);
	held->submissions--;
	assert_int_equal(submit(held, &f->a, f->b.ids[0], "{}"), HUB_OK);
	assert_int_equal(f->a.reply.counts.rows, 1);
	assert_int_equal(f->a.reply.counts.done, 1);
	hub_drop(held);
}

static void a_renewal_hands_out_what_came_meanwhile(void **state)
{
	struct fixture *f = *state;
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	held = lease(f->hub, &f->b);
	load(f, (struct hub_link[]){link_to("a.example", "/2", 2),
				    link_to("a.example", "/3", 3)}, 2);
	hub_renew(held, &(struct hub_host){.ready_in = 0}, 1, on_result, &f->a);
	assert_string_equal(answer(f->hub, &f->a)->urls, "/2 ");
	/* Ask again, as if the last reply had been lost. */
	held->handed--;
	hub_renew(held, &(struct hub_host){.ready_in = 0}, 1, on_result, &f->a);
	assert_string_equal(answer(f->hub, &f->a)->urls, "/2 /3 ");
	hub_drop(held);
}

static void a_host_that_is_given_back_is_due_when_it_is_ready(void **state)
{
	struct fixture *f = *state;
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	held = lease(f->hub, &f->b);
	hub_give_back(held, &(struct hub_host){.ready_in = 60000}, on_result,
		      &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.counts.waiting, 1);
	hub_drop(held);
	assert_null(lease(f->other, &f->b));
	make_due(f, "a.example");
	held = lease(f->other, &f->b);
	assert_string_equal(f->b.urls, "/1 ");
	hub_drop(held);
}

/* Checks that an expression in Lua is true in the server. key: value of KEYS[1]
 * behind the prefix. There are no spaces in either. */
static void assert_in_server(struct fixture *f, const char *expression,
			     const char *key)
{
	/* The hub reads "gone" as a status. */
	char *words = xasprintf("EVAL return{(%s)and'gone'or'ok'} 1 "
				"scrape:{test}:%s", expression, key);
	struct call *call = call_of_words(f->hub, &f->a, words);

	free(words);
	call_post(call);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_GONE);
}

/* Checks the time in ms after which the state of the host a.example expires:
 * "==-1" (never), or another end of a comparison. */
static void assert_state_expires(struct fixture *f, const char *after)
{
	char *expression = xasprintf("redis.call('PTTL',KEYS[1])%s", after);

	assert_in_server(f, expression, "p:a.example");
	free(expression);
}

static void give_back(struct fixture *f, struct hub_lease *held)
{
	hub_give_back(held, &(struct hub_host){.text = text_of("pace")},
		      on_result, &f->a);
	answer(f->hub, &f->a);
	hub_drop(held);
}

static void the_state_of_a_host_without_urls_expires(void **state)
{
	struct fixture *f = *state;
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	give_back(f, lease(f->hub, &f->b));
	assert_state_expires(f, "==-1");
	held = lease(f->hub, &f->b);
	assert_string_equal(f->b.state, "pace");
	assert_int_equal(submit(held, &f->a, f->b.ids[0], "{}"), HUB_OK);
	give_back(f, held);
	assert_state_expires(f, ">3000000");
	hub_lease(f->hub, "a.example", on_result, &f->b);
	held = answer(f->hub, &f->b)->reply.lease;
	assert_string_equal(f->b.state, "pace");
	assert_state_expires(f, "==-1");
	give_back(f, held);
	load(f, (struct hub_link[]){link_to("a.example", "/2", 2)}, 1);
	assert_state_expires(f, "==-1");
	hub_drop(lease(f->hub, &f->b));
	assert_string_equal(f->b.state, "pace");
}

static void a_pause_holds_for_links_that_are_found_later(void **state)
{
	struct fixture *f = *state;
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	held = lease(f->hub, &f->b);
	assert_int_equal(submit(held, &f->a, f->b.ids[0], "{}"), HUB_OK);
	hub_give_back(held, &(struct hub_host){.ready_in = 60000}, on_result,
		      &f->a);
	answer(f->hub, &f->a);
	hub_drop(held);
	load(f, (struct hub_link[]){link_to("a.example", "/2", 2)}, 1);
	assert_null(lease(f->other, &f->b));
	assert_int_equal(f->b.reply.idle, HUB_IDLE_WAITING);
}

static void links_to_other_hosts_are_added_with_a_submission(void **state)
{
	struct fixture *f = *state;
	enum { OTHERS = 1200, OWN = 700 };
	struct hub_link others[OTHERS], own[OWN];
	struct hub_lease *held;

	for (unsigned i = 0; i < OTHERS; i++)
		others[i] = link_to("b.example", "/b", i);
	for (unsigned i = 0; i < OWN; i++)
		own[i] = link_to("", "/2", 2 + i);
	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	held = lease(f->hub, &f->b);
	hub_submit(held, &(struct hub_submission){
		.done = f->b.ids, .n_done = 1, .links = own, .n_links = OWN,
		.others = others, .n_others = OTHERS,
	}, on_result, &f->a);
	/* A script adds at most 500 links. */
	assert_int_equal(TAILQ_LAST(&f->hub->calls, calls)->n_steps, 3 + 1 + 1);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_OK);
	assert_int_equal(f->a.reply.added, OTHERS + OWN);
	assert_int_equal(f->a.reply.counts.known, OTHERS + OWN + 1);
	assert_int_equal(f->a.reply.counts.waiting, OTHERS + OWN);
	hub_renew(held, &(struct hub_host){.interval = 0}, 1, on_result, &f->b);
	answer(f->hub, &f->b);
	assert_string_equal(f->b.urls, "/2 ");
	hub_drop(held);
}

static void a_job_ends_when_all_is_loaded_and_done(void **state)
{
	struct fixture *f = *state;
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	held = lease(f->hub, &f->b);
	assert_int_equal(submit(held, &f->a, f->b.ids[0], "{}"), HUB_OK);
	hub_give_back(held, &(struct hub_host){.ready_in = 0}, on_result,
		      &f->a);
	answer(f->hub, &f->a);
	hub_drop(held);
	assert_null(lease(f->other, &f->b));
	assert_int_equal(f->b.reply.idle, HUB_IDLE_LOADING);
	hub_loaded(f->hub, on_result, &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_OK);
	assert_null(lease(f->other, &f->b));
	assert_int_equal(f->b.reply.idle, HUB_IDLE_FINISHED);
}

static void a_job_can_be_paused_and_stopped(void **state)
{
	struct fixture *f = *state;
	struct buf why = {0};

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	assert_int_equal(hub_set_state(f->hub, HUB_PAUSED, &why), 0);
	assert_null(lease(f->other, &f->b));
	assert_int_equal(f->b.reply.idle, HUB_IDLE_PAUSED);
	assert_int_equal(f->b.reply.job, HUB_PAUSED);
	assert_int_equal(hub_set_state(f->hub, HUB_STOPPED, &why), 0);
	assert_null(lease(f->other, &f->b));
	assert_int_equal(f->b.reply.idle, HUB_IDLE_STOPPED);
	assert_int_equal(hub_set_state(f->hub, HUB_RUNNING, &why), 0);
	hub_drop(lease(f->other, &f->b));
	assert_string_equal(f->b.urls, "/1 ");
}

static void a_script_that_the_server_has_lost_is_sent_again(void **state)
{
	struct fixture *f = *state;

	command(f->hub, &f->a, "SCRIPT FLUSH");
	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	hub_drop(lease(f->hub, &f->a));
	assert_string_equal(f->a.urls, "/1 ");
}

static void a_restarted_server_leases_nothing_for_a_lease_time(void **state)
{
	struct fixture *f = *state;
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1),
				    link_to("b.example", "/1", 1)}, 2);
	held = lease(f->hub, &f->b);
	redis_kill(&f->redis);
	redis_start(&f->redis);
	/* The lease is void: nothing is sent for it. */
	hub_submit(held, &(struct hub_submission){.done = f->b.ids,
						  .n_done = 1},
		   on_result, &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_RESET);
	assert_true(f->resets > 0);
	assert_false(hub_lease_may_send(held));
	hub_drop(held);
	assert_null(lease(f->other, &f->b));
	assert_int_equal(f->resets, 2);
	assert_int_equal(f->b.reply.idle, HUB_IDLE_RESTARTED);
	/* The loaded URLs may be lost. */
	hub_loaded(f->hub, on_result, &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_RESET);
	hub_begin_loading(f->hub);
	hub_loaded(f->hub, on_result, &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_OK);
	command(f->hub, &f->a, "HSET scrape:{test}:meta hold 1");
	held = lease(f->other, &f->b);
	assert_string_equal(hub_lease_host(held), "b.example");
	hub_drop(held);
}

static void drop_lease(void *ctx, const struct hub_reply *reply)
{
	(void)ctx;
	assert_int_equal(reply->status, HUB_RESET);
	hub_drop(reply->lease);
}

static void a_lease_that_is_dropped_after_a_restart_has_no_more_replies(
	void **state)
{
	struct fixture *f = *state;
	const struct hub_host host = {.ready_in = 0};
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	held = lease(f->hub, &f->b);
	redis_kill(&f->redis);
	result_release(&f->a);
	hub_renew(held, &host, 0, drop_lease, NULL);
	hub_renew(held, &host, 0, on_result, &f->a);
	redis_start(&f->redis);
	assert_true(hub_wait(f->hub, clock_now() + PATIENCE));
	assert_true(f->resets > 0);
	assert_false(f->a.has_come);
}

static void no_row_is_removed_after_a_restart_until_it_is_read_again(
	void **state)
{
	struct fixture *f = *state;
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	held = lease(f->hub, &f->b);
	assert_int_equal(submit(held, &f->a, f->b.ids[0], "row"), HUB_OK);
	hub_trim_rows(f->hub, "", 0, on_result, &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_OK);
	redis_kill(&f->redis);
	hub_trim_rows(f->hub, "9999999999999-0", 3, on_result, &f->a);
	redis_start(&f->redis);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_RESET);
	hub_read_rows(f->hub, "", 10, on_result, &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.n_rows, 1);
	hub_drop(held);
}

static void a_pause_that_the_server_has_forgotten_is_kept(void **state)
{
	struct fixture *f = *state;
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	held = lease(f->hub, &f->b);
	hub_renew(held, &(struct hub_host){.ready_in = 60000}, 0, on_result,
		  &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_OK);
	command(f->other, &f->a, "HSET scrape:{test}:h:a.example ready 1");
	redis_kill(&f->redis);
	redis_start(&f->redis);
	command(f->hub, &f->a, "HDEL scrape:{test}:meta hold");
	expire(f, "a.example");
	assert_null(lease(f->other, &f->b));
	command(f->hub, &f->a, "HSET scrape:{test}:meta hold 1");
	assert_null(lease(f->other, &f->b));
	assert_int_equal(f->b.reply.idle, HUB_IDLE_WAITING);
	hub_drop(held);
}

static void a_full_memory_ends_loading_but_not_the_work(void **state)
{
	struct fixture *f = *state;
	const struct hub_link more = link_to("a.example", "/3", 3);
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1),
				    link_to("a.example", "/2", 2)}, 2);
	held = lease(f->hub, &f->b);
	command(f->hub, &f->a, "HSET scrape:{test}:meta memory_at 1");
	command(f->hub, &f->a, "CONFIG SET maxmemory 500kb");
	hub_load(f->hub, &more, 1, on_result, &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_FULL);
	hub_submit(held, &(struct hub_submission){
		.done = f->b.ids, .n_done = 1, .links = &more, .n_links = 1,
		.others = (struct hub_link[]){link_to("b.example", "/1", 1)},
		.n_others = 1,
	}, on_result, &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_OK);
	assert_int_equal(f->a.reply.added, 0);
	assert_int_equal(f->a.reply.dropped, 2);
	assert_int_equal(f->a.reply.counts.dropped, 2);
	assert_int_equal(submit(held, &f->a, f->b.ids[1], "{}"), HUB_OK);
	assert_int_equal(f->a.reply.counts.rows, 1);
	hub_drop(held);
	command(f->hub, &f->a, "CONFIG SET maxmemory 0");
	command(f->hub, &f->a, "HSET scrape:{test}:meta memory_at 1");
	hub_load(f->hub, &more, 1, on_result, &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.added, 1);
}

static void a_link_that_moves_is_added_to_a_full_memory(void **state)
{
	struct fixture *f = *state;
	struct hub_link same = link_to("a.example", "/2", 2);
	struct hub_link other = link_to("b.example", "/1", 1);
	struct hub_lease *held;

	same.moves = other.moves = true;
	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	held = lease(f->hub, &f->b);
	command(f->hub, &f->a, "HSET scrape:{test}:meta memory_at 1");
	command(f->hub, &f->a, "CONFIG SET maxmemory 500kb");
	hub_submit(held, &(struct hub_submission){
		.done = f->b.ids, .n_done = 1, .links = &same, .n_links = 1,
		.others = &other, .n_others = 1,
	}, on_result, &f->a);
	assert_int_equal(answer(f->hub, &f->a)->reply.status, HUB_OK);
	assert_int_equal(f->a.reply.added, 2);
	assert_int_equal(f->a.reply.dropped, 0);
	assert_int_equal(f->a.reply.counts.waiting, 2);
	hub_drop(held);
}

static void too_many_rows_end_leasing(void **state)
{
	struct fixture *f = *state;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	command(f->hub, &f->a,
		"HSET scrape:{test}:meta bytes 600000000");
	assert_null(lease(f->hub, &f->b));
	assert_int_equal(f->b.reply.idle, HUB_IDLE_ROWS);
}

/* step: difference of two fingerprints. */
static void check_packing(struct fixture *f, uint64_t step)
{
	enum { BATCHES = 10, EACH = 500 };
	struct hub_link links[EACH];

	for (unsigned round = 0; round < 2; round++)
		for (unsigned i = 0; i < BATCHES; i++) {
			for (uint64_t j = 0; j < EACH; j++)
				links[j] = link_to("a.example", "/",
						   (i * EACH + j) * step);
			load(f, links, EACH);
			assert_int_equal(f->a.reply.added, round ? 0 : EACH);
		}
	/* Check that each set still has the compact encoding of integers. */
	for (unsigned i = 0; i < BATCHES * EACH / 200; i++) {
		char *key = xasprintf("s:%u:a.example", i);

		assert_in_server(f, "redis.call('OBJECT','ENCODING',KEYS[1])"
				    "=='intset'", key);
		free(key);
	}
}

static void hashes_are_packed(void **state)
{
	check_packing(*state, 0x9e3779b97f4a7c15);
}

/* In a list in which 64 hosts take turns, these are the lines of one host. */
static void numbers_of_lines_are_packed(void **state)
{
	check_packing(*state, 64);
}

static void status_has_the_figures_of_the_job(void **state)
{
	struct fixture *f = *state;
	struct hub_status_report r;
	struct buf why = {0};
	struct hub_lease *held;

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1),
				    link_to("b.example", "/1", 1)}, 2);
	held = lease(f->hub, &f->b);
	submit(held, &f->a, f->b.ids[0], "{}");
	assert_int_equal(hub_read_status(f->other, &r, &why), 0);
	assert_string_equal(r.kind, "list");
	assert_int_equal(r.due, 1);
	assert_int_equal(r.leased, 1);
	assert_int_equal(r.resting, 0);
	assert_int_equal(r.counts.done, 1);
	assert_int_equal(r.counts.waiting, 1);
	assert_int_equal(r.n_workers, 1);
	assert_string_equal(r.workers[0].name, f->hub->worker);
	assert_int_equal(r.workers[0].pages, 1);
	assert_int_equal(r.workers[0].hosts, 1);
	hub_status_release(&r);
	hub_drop(held);
}

static void a_deleted_job_is_gone(void **state)
{
	struct fixture *f = *state;
	struct buf why = {0};

	load(f, (struct hub_link[]){link_to("a.example", "/1", 1)}, 1);
	hub_drop(lease(f->hub, &f->b));
	hub_leave(f->hub);
	hub_drop(lease(f->hub, &f->b));
	assert_int_equal(hub_delete(f->other, &why), -1);
	assert_non_null(strstr(buf_cstr(&why), "stop the job"));
	hub_leave(f->hub);
	assert_int_equal(hub_delete(f->other, &why), 0);
	hub_lease(f->hub, NULL, on_result, &f->b);
	assert_int_equal(answer(f->hub, &f->b)->reply.status, HUB_GONE);
	command(f->hub, &f->a, "HSET scrape:{test}:x a 1");
	buf_release(&why);
}

static void another_version_or_other_options_are_refused(void **state)
{
	struct fixture *f = *state;
	struct hub_joined joined;
	struct buf why = {0};

	assert_int_equal(hub_join(f->hub, &(struct hub_job){
		.kind = text_of("crawl")}, &joined, &why), -1);
	assert_string_equal(buf_cstr(&why),
			    "the job test is a list, and not a crawl");
	buf_clear(&why);
	assert_int_equal(hub_join(f->hub, &(struct hub_job){
		.options = text_of("{1}")}, &joined, &why), -1);
	assert_non_null(strstr(buf_cstr(&why), "other options"));
	buf_clear(&why);
	command(f->hub, &f->a, "HSET scrape:{test}:meta version 99");
	assert_int_equal(hub_join(f->hub, NULL, &joined, &why), -1);
	assert_non_null(strstr(buf_cstr(&why), "another version of scrape"));
	buf_release(&why);
}

static void expect_no_hub(struct fixture *f, const char *password,
			  const char *reason)
{
	struct buf why = {0};

	assert_null(hub_open(&(struct hub_config){
		.loop = f->loop, .address = &f->address, .password = password,
	}, &why));
	assert_non_null(strstr(buf_cstr(&why), reason));
	buf_release(&why);
}

static void a_server_that_would_lose_urls_is_refused(void **state)
{
	struct fixture *f = *state;

	command(f->hub, &f->a, "CONFIG SET maxmemory-policy allkeys-lru");
	expect_no_hub(f, NULL, "maxmemory-policy");
	command(f->hub, &f->a, "CONFIG SET maxmemory-policy noeviction");
	command(f->hub, &f->a, "CONFIG SET appendonly no");
	expect_no_hub(f, NULL, "--fleet-volatile");
	hub_close(f->other);
	f->other = hub_open(&(struct hub_config){
		.loop = f->loop, .address = &f->address, .is_volatile = true,
	}, &(struct buf){0});
	assert_non_null(f->other);
	command(f->hub, &f->a, "CONFIG SET appendonly yes");
	command(f->hub, &f->a, "CONFIG SET requirepass secret-word");
	expect_no_hub(f, NULL, "NOAUTH");
	expect_no_hub(f, "wrong-word", "WRONGPASS");
	redis_kill(&f->redis);
	expect_no_hub(f, NULL, "cannot be used");
}

static void a_reconnection_uses_the_password_again(void **state)
{
	struct fixture *f = *state;
	char *password = xstrdup("secret-word");

	command(f->other, &f->a, "CONFIG SET requirepass secret-word");
	hub_close(f->hub);
	f->hub = hub_open(&(struct hub_config){
		.loop = f->loop, .address = &f->address, .password = password,
		.reconnect_wait = 5,
	}, &(struct buf){0});
	assert_non_null(f->hub);
	memset(password, 'x', strlen(password));
	free(password);
	command(f->other, &f->a, "CLIENT KILL TYPE normal");
	command(f->hub, &f->a, "PING");
	assert_int_equal(f->a.reply.status, HUB_OK);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(urls_are_leased_handed_in_and_collected),
		TEST(a_host_has_one_lease),
		TEST(links_are_added_once_in_the_order_of_priority),
		TEST(an_expired_lease_is_taken_back),
		TEST(a_host_rests_after_its_lease_has_expired),
		TEST(a_repeated_submission_is_accepted_once),
		TEST(a_renewal_hands_out_what_came_meanwhile),
		TEST(a_host_that_is_given_back_is_due_when_it_is_ready),
		TEST(the_state_of_a_host_without_urls_expires),
		TEST(a_pause_holds_for_links_that_are_found_later),
		TEST(links_to_other_hosts_are_added_with_a_submission),
		TEST(a_job_ends_when_all_is_loaded_and_done),
		TEST(a_job_can_be_paused_and_stopped),
		TEST(a_script_that_the_server_has_lost_is_sent_again),
		TEST(a_restarted_server_leases_nothing_for_a_lease_time),
		TEST(a_lease_that_is_dropped_after_a_restart_has_no_more_replies),
		TEST(no_row_is_removed_after_a_restart_until_it_is_read_again),
		TEST(a_pause_that_the_server_has_forgotten_is_kept),
		TEST(a_full_memory_ends_loading_but_not_the_work),
		TEST(a_link_that_moves_is_added_to_a_full_memory),
		TEST(too_many_rows_end_leasing),
		TEST(hashes_are_packed),
		TEST(numbers_of_lines_are_packed),
		TEST(status_has_the_figures_of_the_job),
		TEST(a_deleted_job_is_gone),
		TEST(another_version_or_other_options_are_refused),
		TEST(a_server_that_would_lose_urls_is_refused),
		TEST(a_reconnection_uses_the_password_again),
	};

	if (redis_is_missing())
		return 0;
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
