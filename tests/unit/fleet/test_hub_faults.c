/*
 * Runs a whole job through a relay that makes one call fail. Each call fails
 * once in each possible way. In every case, each URL must have one row.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "redis.h"

/* --- The relay ------------------------------------------------------------ */

enum fault {
	LOST_CALL,	/* the connection is lost before the call arrives */
	LOST_REPLY,	/* the call takes effect, and its reply is lost */
	ERROR_REPLY,	/* the server refuses the call for the moment */
	FAULTS
};

struct relay {
	struct loop *loop;
	const struct redis *redis;
	char *path;
	int listener, client, server;	/* -1: not open */
	enum fault fault;
	unsigned at;		/* number of the call that fails */
	unsigned calls;		/* number of calls so far */
	bool loses_reply;
};

static int connect_to(const char *path)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(to.sun_path, sizeof(to.sun_path), "%s", path);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	return fd;
}

static void hang_up(struct relay *r)
{
	int *fds[] = {&r->client, &r->server};

	for (size_t i = 0; i < 2; i++) {
		if (*fds[i] < 0)
			continue;
		loop_unwatch(r->loop, *fds[i]);
		close(*fds[i]);
		*fds[i] = -1;
	}
	r->loses_reply = false;
}

static void pass_on(int to, const char *data, ssize_t len)
{
	while (len > 0) {
		const ssize_t n = write(to, data, (size_t)len);

		assert_true(n > 0);
		data += n;
		len -= n;
	}
}

/* Returns true if this is the call that is to fail. */
static bool is_bad_call(struct relay *r, const char *data, ssize_t len)
{
	return memmem(data, (size_t)len, "EVAL", 4) && r->calls++ == r->at;
}

static void on_request(void *ctx, int fd, int events)
{
	static char data[1 << 20];
	struct relay *r = ctx;
	const ssize_t len = read(fd, data, sizeof(data));

	(void)events;
	if (len <= 0) {
		hang_up(r);
	} else if (!is_bad_call(r, data, len)) {
		pass_on(r->server, data, len);
	} else if (r->fault == LOST_CALL) {
		hang_up(r);
	} else if (r->fault == LOST_REPLY) {
		r->loses_reply = true;
		pass_on(r->server, data, len);
	} else {
		pass_on(r->client, "-MISCONF full\r\n", 15);
	}
}

static void on_reply_data(void *ctx, int fd, int events)
{
	static char data[1 << 20];
	struct relay *r = ctx;
	const ssize_t len = read(fd, data, sizeof(data));

	(void)events;
	if (len <= 0 || r->loses_reply)
		hang_up(r);
	else
		pass_on(r->client, data, len);
}

static void on_connection(void *ctx, int fd, int events)
{
	struct relay *r = ctx;
	char *path = xasprintf("%s/socket", r->redis->folder);

	(void)events;
	hang_up(r);
	r->client = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
	r->server = connect_to(path);
	free(path);
	loop_watch(r->loop, r->client, LOOP_READ, on_request, r);
	loop_watch(r->loop, r->server, LOOP_READ, on_reply_data, r);
}

static void relay_open(struct relay *r)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};

	r->client = r->server = -1;
	r->path = xasprintf("%s/relay", r->redis->folder);
	snprintf(at.sun_path, sizeof(at.sun_path), "%s", r->path);
	r->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(r->listener, (struct sockaddr *)&at, sizeof(at)),
			 0);
	assert_int_equal(listen(r->listener, 5), 0);
	loop_watch(r->loop, r->listener, LOOP_READ, on_connection, r);
}

static void relay_close(struct relay *r)
{
	hang_up(r);
	loop_unwatch(r->loop, r->listener);
	close(r->listener);
	unlink(r->path);
	free(r->path);
}

/* --- A job ---------------------------------------------------------------- */

struct fixture {
	struct redis redis;
	struct loop *loop;
	struct hub *hub;
	struct result got, other;
	size_t finished;	/* URLs handed in */
};

static void load(struct fixture *f)
{
	const struct hub_link links[] = {
		link_to("a.example", "/1", 1), link_to("a.example", "/2", 2),
		link_to("b.example", "/1", 3),
	};

	hub_begin_loading(f->hub);
	hub_load(f->hub, links, 3, on_result, &f->got);
	assert_int_equal(answer(f->hub, &f->got)->reply.status, HUB_OK);
	hub_loaded(f->hub, on_result, &f->got);
	assert_int_equal(answer(f->hub, &f->got)->reply.status, HUB_OK);
}

/* Hands in a URL, with a link to the same host and a link to another one. The
 * links are new only for the first pages. */
static void finish_url(struct fixture *f, struct hub_lease *lease, uint64_t id)
{
	char *row = xasprintf("%s:%d", hub_lease_host(lease), (int)id);
	const struct slice text = text_of(row);
	const struct hub_link own = link_to("", "/own", 1000);
	const struct hub_link other = link_to("c.example", "/c", 1000);

	hub_submit(lease, &(struct hub_submission){
		.done = &id, .n_done = 1, .rows = &text, .n_rows = 1,
		.links = &own, .n_links = 1, .others = &other, .n_others = 1,
	}, on_result, &f->other);
	assert_int_equal(answer(f->hub, &f->other)->reply.status, HUB_OK);
	f->finished++;
	free(row);
}

static void finish_urls(struct fixture *f, struct hub_lease *lease)
{
	for (size_t i = 0; i < f->got.reply.n_urls; i++)
		finish_url(f, lease, f->got.ids[i]);
}

static void work_on_host(struct fixture *f, struct hub_lease *lease)
{
	const struct hub_host host = {.ready_in = 0};

	finish_urls(f, lease);
	do {
		hub_renew(lease, &host, HUB_MAX_URLS, on_result, &f->got);
		assert_int_equal(answer(f->hub, &f->got)->reply.status, HUB_OK);
		finish_urls(f, lease);
	} while (f->got.reply.n_urls);
	hub_give_back(lease, &host, on_result, &f->got);
	assert_int_equal(answer(f->hub, &f->got)->reply.status, HUB_OK);
	hub_drop(lease);
}

static void work(struct fixture *f)
{
	struct patience p = {.progress = 0};

	do {
		assert_true(patience_lasts(&p, f->finished));
		hub_lease(f->hub, NULL, on_result, &f->got);
		answer(f->hub, &f->got);
		assert_int_equal(f->got.reply.status, HUB_OK);
		if (f->got.reply.lease)
			work_on_host(f, f->got.reply.lease);
	} while (f->got.reply.idle != HUB_IDLE_FINISHED);
}

/* Checks that each URL has one row, and that no URL is left in the hub. */
static void check_end(struct fixture *f)
{
	struct hub_status_report r;
	struct buf why = {0};

	assert_int_equal(hub_read_status(f->hub, &r, &why), 0);
	assert_int_equal(r.counts.known, 6);
	assert_int_equal(r.counts.done, 6);
	assert_int_equal(r.counts.waiting + r.counts.in_work, 0);
	assert_int_equal(r.leased + r.due + r.resting, 0);
	assert_int_equal(r.expired + r.refused, 0);
	hub_status_release(&r);
	hub_read_rows(f->hub, "", 100, on_result, &f->got);
	assert_int_equal(answer(f->hub, &f->got)->reply.n_rows, 6);
	/* Numbers of URLs count from 1 for each host. */
	assert_string_equal(f->got.rows, "a.example:1 a.example:2 a.example:3 "
			    "b.example:1 b.example:2 c.example:1 ");
}

/* Runs a new job. Returns the number of its calls. */
static unsigned run_job(struct fixture *f, enum fault fault, unsigned at)
{
	struct relay relay = {.loop = f->loop, .redis = &f->redis,
			      .fault = fault, .at = at};
	struct hub_address address;
	struct hub_joined joined;
	struct buf why = {0};
	char *url = xasprintf("unix://%s/relay#job-%d-%u", f->redis.folder,
			      (int)fault, at);

	relay_open(&relay);
	assert_int_equal(hub_address_parse(&address, url, &why), 0);
	f->hub = hub_open(&(struct hub_config){
		.loop = f->loop, .address = &address, .reconnect_wait = 1,
	}, &why);
	assert_non_null(f->hub);
	assert_int_equal(hub_join(f->hub, &(struct hub_job){
		.kind = text_of("list"), .options = text_of("{}"),
		.source = text_of("s")}, &joined, &why), 0);
	hub_joined_release(&joined);
	load(f);
	work(f);
	check_end(f);
	hub_close(f->hub);
	hub_address_release(&address);
	relay_close(&relay);
	free(url);
	return relay.calls;
}

static int open_fixture(void **state)
{
	static struct fixture f;

	*state = &f;
	redis_open(&f.redis);
	f.loop = loop_open(LOOP_EPOLL);
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *f = *state;

	result_release(&f->got);
	result_release(&f->other);
	loop_close(f->loop);
	redis_close(&f->redis);
	return 0;
}

static void each_url_has_one_row_whichever_call_goes_wrong(void **state)
{
	struct fixture *f = *state;
	const unsigned calls = run_job(f, LOST_CALL, UINT32_MAX);

	assert_true(calls > 20);
	log_set_level(LOG_QUIET);
	for (enum fault fault = 0; fault < FAULTS; fault++)
		for (unsigned at = 0; at < calls; at++)
			assert_true(run_job(f, fault, at) >= calls);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			each_url_has_one_row_whichever_call_goes_wrong,
			open_fixture, close_fixture),
	};

	if (redis_is_missing())
		return 0;
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
