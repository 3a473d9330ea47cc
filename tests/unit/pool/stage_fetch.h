/*
 * The stages of fetch/ as subjects of test_stage.c: resolve, with a DNS server
 * on the test's own loop; multi and blocking, with a web server in a thread.
 * fetch_prepare() and fetch_begin() set up the jobs, as in the program.
 */
#ifndef TESTS_STAGE_FETCH_H
#define TESTS_STAGE_FETCH_H

#include <assert.h>
#include <string.h>

#include "base/clock.h"
#include "base/job/job.h"
#include "base/mem.h"
#include "fetch/curl/blocking_stage.h"
#include "fetch/fetch.h"
#include "tests/unit/dns_server.h"
#include "tests/unit/pool/stage_http.h"
#include "tests/unit/pool/stage_subject.h"

/* The settings of the stage that is open. */
static struct fetch_config fetch_config;
static unsigned fetch_made;	/* number of jobs made so far */
static struct dns_server dns;
static struct http_server *http;

/* Sets no time limits: the tests have limits of their own. */
static void fetch_configure(void)
{
	fetch_made = 0;
	fetch_config = (struct fetch_config){
		.proto_default = "https",
		.user_agent = "test",
		.proxy = "",
		.connect_timeout = 600e3,
		.max_time = 600e3,
		.max_filesize = 1 << 20,
	};
}

static void fetch_again(struct job *job)
{
	job->cancelled = false;
	fetch_begin(job, &fetch_config, clock_now());
}

static struct job *fetch_make(char *url)
{
	struct job *job = job_new();

	job->req.url = url;
	fetch_prepare(job, &fetch_config);
	assert(!job->err);
	fetch_again(job);
	return job;
}

static struct stage *open_resolve(struct loop *loop)
{
	fetch_configure();
	/* Query one family only: queries for both may exceed the server's
	 * buffer, and a lost query costs a second. */
	fetch_config.ip_version = IP_4;
	dns_server_open(&dns, loop);
	fetch_config.dns_servers = dns.address;
	return resolve_open(loop, &fetch_config);
}

static void resolve_closed(void)
{
	dns_server_close(&dns);
}

static void resolve_hold(void)
{
	dns.released = false;
}

static void resolve_let_go(void)
{
	dns_server_release(&dns);
}

/* Makes jobs of three kinds in turn: with a new name, with a name that is being
 * looked up or is cached, and with an address, which needs no server. */
static struct job *resolve_quick(void)
{
	const unsigned n = fetch_made++;

	switch (n % 4) {
	case 1:
		return fetch_make(xstrdup("http://ok.test/"));
	case 2:
		return fetch_make(xstrdup("http://localhost/"));
	case 3:
		return fetch_make(xstrdup("http://127.0.0.1/"));
	default:
		return fetch_make(xasprintf("http://ok%u.test/", n));
	}
}

/* Makes jobs of which two each wait for the same name. */
static struct job *resolve_slow(void)
{
	return fetch_make(xasprintf("http://silent%u.test/",
				    fetch_made++ / 2));
}

static bool resolve_has_result(const struct job *job)
{
	const bool is_address = job->hop.url.host_kind == URL_HOST_IPV4;

	return is_address == !job->hop.addresses;
}

static const struct subject resolve_subject = {
	.name = "resolve",
	.open = open_resolve,
	.quick = resolve_quick,
	.slow = resolve_slow,
	.hold = resolve_hold,
	.let_go = resolve_let_go,
	.has_result = resolve_has_result,
	.again = fetch_again,
	.closed = resolve_closed,
	.most = 2000,
	.stops = true,
};

static struct stage *open_multi(struct loop *loop, unsigned parallel_max,
				unsigned descriptors)
{
	fetch_configure();
	fetch_config.parallel_max = parallel_max;
	fetch_config.parallel_max_host = parallel_max;
	fetch_config.descriptors = descriptors;
	http = http_open();
	return multi_open(loop, &fetch_config);
}

static struct stage *open_multi_1_shard(struct loop *loop)
{
	return open_multi(loop, 100, 1000);
}

static struct stage *open_multi_7_shards(struct loop *loop)
{
	return open_multi(loop, 1000, 20000);
}

/* Opens a stage in which transfers wait inside libcurl. */
static struct stage *open_multi_8_connections(struct loop *loop)
{
	return open_multi(loop, 100, 16);
}

static void multi_closed(void)
{
	http_close(http);
}

static void multi_hold(void)
{
	http_set_holding(http, true);
}

static void multi_let_go(void)
{
	http_set_holding(http, false);
}

/* Makes a job with a path of its own; some jobs have the same host. */
static struct job *multi_make(const char *path)
{
	const unsigned n = fetch_made++;
	struct job *job = fetch_make(xasprintf("http://host%u.test:%u/%s/%u",
					       n % 11, http->port, path, n));

	job->hop.addresses = xstrdup("127.0.0.1");
	return job;
}

static struct job *multi_quick(void)
{
	return multi_make("quick");
}

static struct job *multi_slow(void)
{
	return multi_make("slow");
}

static bool multi_has_result(const struct job *job)
{
	const struct slice path = url_path(&job->hop.url);

	return job->res.status == 200 && job->res.body.len == path.len &&
	       !memcmp(job->res.body.data, path.p, path.len);
}

/* A connection takes two descriptors, because its server is in the same
 * process. Even with a limit of 1,024 descriptors, this number of connections
 * is possible. */
#define MULTI_SUBJECT(kind) { \
	.name = "multi, " #kind, \
	.open = open_multi_##kind, \
	.quick = multi_quick, \
	.slow = multi_slow, \
	.hold = multi_hold, \
	.let_go = multi_let_go, \
	.has_result = multi_has_result, \
	.again = fetch_again, \
	.closed = multi_closed, \
	.most = 400, \
	.stops = true, \
}

static const struct subject multi_subjects[] = {
	MULTI_SUBJECT(1_shard),
	MULTI_SUBJECT(7_shards),
	MULTI_SUBJECT(8_connections),
};

/* A struct work that does nothing after the fetch. */
static void *nothing_begin(const void *config)
{
	(void)config;
	return NULL;
}

static void nothing_run(void *own, struct job *job)
{
	(void)own;
	(void)job;
}

static void nothing_end(void *own)
{
	(void)own;
}

static struct stage *open_blocking_16(struct loop *loop)
{
	static const struct work nothing = {
		.begin = nothing_begin, .run = nothing_run,
		.end = nothing_end,
	};

	fetch_configure();
	fetch_config.parallel_max = 16;
	http = http_open();
	return blocking_open(loop, &fetch_config, &nothing, NULL);
}

static const struct subject blocking_subject = {
	.name = "blocking, 16 threads",
	.open = open_blocking_16,
	.quick = multi_quick,
	.slow = multi_slow,
	.hold = multi_hold,
	.let_go = multi_let_go,
	.has_result = multi_has_result,
	.again = fetch_again,
	.closed = multi_closed,
	.most = 400,
};

#endif
