#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/job/job.h"
#include "base/log.h"
#include "fetch/address.h"
#include "fetch/dns/stage.h"
#include "fetch/fetch.h"
#include "tests/unit/dns_server.h"
#include "tests/unit/patience.h"
#include "tests/unit/rounds.h"

/* A time limit (msec) that no job reaches, however busy the machine is. */
#define LONG 600e3

/* A loop with a DNS server and the stage, and the jobs that the stage has
 * returned. */
struct world {
	struct loop *loop;
	struct dns_server server;
	struct fetch_config config;
	struct stage *stage;
	struct job_list back;
	unsigned returned;
	bool inside;		/* a function of the stage is running, which
				 * must not call back */
	struct job *then;	/* submitted when the first job is returned */
};

static void on_done(void *ctx, struct job *job)
{
	struct world *w = ctx;
	struct job *then = w->then;

	assert_false(w->inside);
	w->returned++;
	TAILQ_INSERT_TAIL(&w->back, job, link);
	w->then = NULL;
	if (then)
		stage_submit(w->stage, then);
}

static void begin(struct world *w)
{
	memset(w, 0, sizeof(*w));
	w->loop = loop_open(LOOP_EPOLL);
	assert_non_null(w->loop);
	TAILQ_INIT(&w->back);
	dns_server_open(&w->server, w->loop);
	w->config.dns_servers = w->server.address;
	w->config.proxy = "";
	w->config.connect_timeout = LONG;
}

static void open_stage(struct world *w)
{
	w->stage = resolve_open(w->loop, &w->config);
	assert_non_null(w->stage);
	stage_set_on_done(w->stage, on_done, w);
}

static struct world *world(struct world *w)
{
	begin(w);
	open_stage(w);
	return w;
}

static void free_back(struct world *w)
{
	struct job *job;

	while ((job = TAILQ_FIRST(&w->back))) {
		TAILQ_REMOVE(&w->back, job, link);
		job_free(job);
	}
}

static void end(struct world *w)
{
	free_back(w);
	stage_close(w->stage);
	dns_server_close(&w->server);
	loop_close(w->loop);
}

static struct job *job_for(const char *url, msec time)
{
	struct job *job = job_new();

	assert_int_equal(url_parse(&job->hop.url, url, strlen(url), NULL), 0);
	job->hop.started = clock_now();
	job->deadline = job->hop.started + time;
	job->attempts = 1;
	return job;
}

static void put(struct world *w, struct job *job)
{
	w->inside = true;
	stage_submit(w->stage, job);
	w->inside = false;
}

static struct job *submit(struct world *w, const char *url)
{
	struct job *job = job_for(url, LONG);

	put(w, job);
	return job;
}

static size_t progress(const struct world *w)
{
	return w->returned + w->server.queries;
}

static void wait_until_back(struct world *w, unsigned n)
{
	struct patience p = {0};

	while (w->returned < n && patience_lasts(&p, progress(w)))
		loop_step(w->loop, p.until);
	assert_int_equal(w->returned, n);
}

static void wait_for_queries(struct world *w, unsigned n)
{
	struct patience p = {0};

	while (w->server.queries < n && patience_lasts(&p, progress(w)))
		loop_step(w->loop, p.until);
	assert_true(w->server.queries >= n);
}

/* Looks up one URL and returns its job, which the world frees. */
static struct job *result(struct world *w, const char *url)
{
	struct job *job = submit(w, url);

	wait_until_back(w, w->returned + 1);
	return job;
}

static void assert_addresses(const struct job *job, const char *expected)
{
	assert_int_equal(job->err, ERR_NONE);
	assert_non_null(job->hop.addresses);
	assert_string_equal(job->hop.addresses, expected);
}

static void assert_both(const struct job *job)
{
	assert_addresses(job, address_prefers_ipv6()
			 ? "[2001:db8::1],192.0.2.1"
			 : "192.0.2.1,[2001:db8::1]");
}

static void assert_no(const struct job *job, bool temporary, const char *why)
{
	assert_int_equal(job->err, ERR_DNS);
	assert_null(job->hop.addresses);
	assert_non_null(strstr(job->err_message, "could not resolve "));
	if (!strstr(job->err_message, why))
		fail_msg("%s: does not say %s", job->err_message, why);
	assert_int_equal(job->temporary, temporary);
}

static void many_jobs_of_a_name_are_one_query(void **state)
{
	struct world w;

	(void)state;
	world(&w);
	for (int i = 0; i < 50; i++)
		submit(&w, "http://ok.test/");
	wait_until_back(&w, 50);
	assert_int_equal(w.server.a, 1);
	assert_int_equal(w.server.aaaa, 1);
	for (struct job *job = TAILQ_FIRST(&w.back); job;
	     job = TAILQ_NEXT(job, link)) {
		assert_both(job);
		assert_true(job->time.dns > 0);
	}
	end(&w);
}

static void answer_is_used_for_later_jobs(void **state)
{
	struct world w;

	(void)state;
	world(&w);
	assert_both(result(&w, "http://ok.test/"));
	assert_both(result(&w, "https://ok.test:8443/other"));
	assert_both(result(&w, "http://OK.test/"));
	assert_no(result(&w, "http://nx.test./"), false, "not found");
	assert_no(result(&w, "http://nx.test./"), false, "not found");
	assert_int_equal(w.server.queries, 4);
	end(&w);
}

static void many_names_at_once_are_answered(void **state)
{
	const unsigned names = ROUNDS(1000);
	struct world w;

	(void)state;
	world(&w);
	for (unsigned i = 0; i < names; i++) {
		char url[60];

		snprintf(url, sizeof(url), "http://ok%u.test/", i);
		submit(&w, url);
	}
	wait_until_back(&w, names);
	for (struct job *job = TAILQ_FIRST(&w.back); job;
	     job = TAILQ_NEXT(job, link))
		assert_both(job);
	assert_int_equal(w.server.queries, 2 * names);
	end(&w);
}

/* After this time (msec), queries without an answer no longer hold up other
 * names (FRESH_TIME in query.c). */
#define FRESH_TIME 200

static void names_queue_behind_queries_in_flight(void **state)
{
	msec begun;
	struct world w;

	(void)state;
	world(&w);
	begun = clock_now();
	for (int i = 0; i < 150; i++) {
		char url[60];

		snprintf(url, sizeof(url), "http://silent%d.test/", i);
		submit(&w, url);
	}
	wait_for_queries(&w, 128);
	for (int i = 0; i < 10; i++)
		loop_step(w.loop, 0);
	if (clock_now() - begun < FRESH_TIME)
		assert_int_equal(w.server.queries, 128);
	/* Names whose queries are not answered delay other names only
	 * briefly. */
	wait_for_queries(&w, 256);
	dns_server_release(&w.server);
	wait_until_back(&w, 150);
	end(&w);
}

static void failures_have_their_message(void **state)
{
	static const struct {
		const char *url;
		bool temporary;
		const char *why;
	} cases[] = {
		{"http://nx.test./", false, "domain name not found"},
		{"http://empty.test./", false, "no address"},
		{"http://servfail.test/", true, "SERVFAIL"},
		{"http://refused.test/", true, "refused"},
		{"http://formerr.test/", true, "did not understand"},
		{"http://torn.test/", true, "broken"},
		{"http://a.invalid/", false, "not found"},
		{"http://x.onion/", false, "proxy"},
		{"http://a..b/", false, "not a domain name"},
		{"http://" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test/", false,
		 "not a domain name"},
	};
	struct world w;

	(void)state;
	world(&w);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_no(result(&w, cases[i].url), cases[i].temporary,
			  cases[i].why);
	assert_int_equal(w.server.queries, 12);
	end(&w);
}

static void one_family_is_enough(void **state)
{
	struct world w;

	(void)state;
	world(&w);
	assert_addresses(result(&w, "http://v4.test/"), "192.0.2.1");
	assert_addresses(result(&w, "http://v6.test/"), "[2001:db8::1]");
	assert_both(result(&w, "http://alias.test/"));
	end(&w);
}

static void only_the_family_asked_for_is_queried(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	w.config.ip_version = IP_4;
	open_stage(&w);
	assert_addresses(result(&w, "http://ok.test/"), "192.0.2.1");
	assert_no(result(&w, "http://v6.test./"), false, "no address");
	assert_int_equal(w.server.aaaa, 0);
	end(&w);
	begin(&w);
	w.config.ip_version = IP_6;
	open_stage(&w);
	assert_addresses(result(&w, "http://ok.test/"), "[2001:db8::1]");
	assert_int_equal(w.server.a, 0);
	end(&w);
}

static void unanswered_family_is_not_waited_for(void **state)
{
	struct world w;
	struct job *job;

	(void)state;
	world(&w);
	job = result(&w, "http://half.test/");
	assert_addresses(job, "192.0.2.1");
	assert_true(job->time.dns < 1000);
	end(&w);	/* a query is still in flight */
}

static void long_answer_uses_tcp_and_is_truncated(void **state)
{
	struct world w;
	struct job *job;
	unsigned commas = 0;

	(void)state;
	world(&w);
	job = result(&w, "http://many.test/");
	assert_int_equal(job->err, ERR_NONE);
	assert_int_equal(w.server.over_tcp, 1);
	for (const char *p = job->hop.addresses; *p; p++)
		commas += *p == ',';
	assert_int_equal(commas + 1, 32);
	end(&w);
}

static void job_waits_no_longer_than_its_timeout(void **state)
{
	struct world w;
	struct job *patient, *hasty;
	msec begun;

	(void)state;
	begin(&w);
	open_stage(&w);
	patient = submit(&w, "http://silent.test/");
	begun = clock_now();
	hasty = job_for("http://silent.test/", 30);
	put(&w, hasty);
	begun = clock_now() - begun;
	wait_until_back(&w, 1);
	assert_int_equal(hasty->err, ERR_TIMEOUT);
	assert_string_equal(hasty->err_message,
			    "timed out resolving silent.test");
	assert_true(hasty->temporary);
	assert_true(hasty->time.dns + begun >= 30);
	dns_server_release(&w.server);
	wait_until_back(&w, 2);
	assert_both(patient);
	assert_int_equal(w.server.queries, 2);
	end(&w);
}

static void connect_timeout_includes_the_lookup(void **state)
{
	struct patience p = {0};
	struct world w;
	struct job *job;

	(void)state;
	begin(&w);
	w.config.connect_timeout = 30;
	open_stage(&w);
	assert_int_equal(result(&w, "http://silent.test/")->err, ERR_TIMEOUT);
	/* The lookup continues after the job has failed, and its answer is in
	 * the cache for a later job. */
	dns_server_release(&w.server);
	do
		job = result(&w, "http://silent.test/");
	while (job->err && patience_lasts(&p, 0));
	assert_both(job);
	assert_int_equal(w.server.queries, 2);
	end(&w);
}

static void a_cancelled_job_comes_back_once(void **state)
{
	struct world w;
	struct job *a, *b, *c;

	(void)state;
	world(&w);
	a = submit(&w, "http://silent.test/");
	b = submit(&w, "http://silent.test/");
	c = submit(&w, "http://localhost/");
	w.inside = true;
	stage_cancel(w.stage, a);
	stage_cancel(w.stage, a);
	stage_cancel(w.stage, c);
	w.inside = false;
	wait_until_back(&w, 2);
	assert_int_equal(a->err, ERR_CANCELLED);
	assert_int_equal(c->err, ERR_NONE);
	dns_server_release(&w.server);
	wait_until_back(&w, 3);
	assert_both(b);
	end(&w);
}

static void stage_can_be_closed_with_queries_in_flight(void **state)
{
	struct world w;

	(void)state;
	world(&w);
	for (int i = 0; i < 300; i++) {
		char url[60];
		struct job *job;

		snprintf(url, sizeof(url), "http://silent%d.test/", i);
		job = submit(&w, url);
		stage_cancel(w.stage, job);
	}
	wait_until_back(&w, 300);
	end(&w);
}

static void literal_and_given_addresses_need_no_query(void **state)
{
	static const struct {
		const char *url, *addresses;
	} cases[] = {
		{"http://127.0.0.1/", NULL},
		{"http://[::1]:8080/", NULL},
		{"http://given.test/", "192.0.2.7"},
		{"http://given.test:81/", "192.0.2.8,[2001:db8::8]"},
		{"http://anything.test:99/", "192.0.2.9"},
	};
	static const char *items[] = {
		"given.test:80:192.0.2.6", "+GIVEN.test:80:192.0.2.7",
		"given.test:81:192.0.2.8,2001:db8::8", "*:99:192.0.2.9",
		"-given.test:80",
	};
	struct world w;

	(void)state;
	begin(&w);
	w.config.resolve = (struct strings){items, 5};
	open_stage(&w);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct job *job = result(&w, cases[i].url);

		if (cases[i].addresses)
			assert_addresses(job, cases[i].addresses);
		else
			assert_null(job->hop.addresses);
		assert_int_equal(job->err, ERR_NONE);
	}
	assert_int_equal(w.server.queries, 0);
	end(&w);
}

static void localhost_is_loopback(void **state)
{
	static const char *const urls[] = {
		"http://localhost/", "http://localhost./",
		"http://a.b.localhost/", "http://a.localhost.:80/",
	};
	struct world w;

	(void)state;
	for (int v = IP_ANY; v <= IP_6; v++) {
		begin(&w);
		w.config.ip_version = (enum ip_version)v;
		open_stage(&w);
		for (int i = 0; i < 4; i++)
			assert_addresses(result(&w, urls[i]),
					 v == IP_6 ? "[::1]" :
					 v == IP_4 ||
					 !address_has_ipv6_loopback()
						 ? "127.0.0.1"
						 : "127.0.0.1,[::1]");
		assert_no(result(&w, "http://notlocalhost./"), false, "found");
		end(&w);
	}
}

static void an_address_of_the_other_family_is_refused(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	w.config.ip_version = IP_6;
	open_stage(&w);
	assert_no(result(&w, "http://127.0.0.1/"), false, "not an IPv6");
	assert_int_equal(result(&w, "http://[::1]/")->err, ERR_NONE);
	end(&w);
	begin(&w);
	w.config.ip_version = IP_4;
	open_stage(&w);
	assert_no(result(&w, "http://[::1]/"), false, "not an IPv4");
	assert_int_equal(result(&w, "http://127.0.0.1/")->err, ERR_NONE);
	end(&w);
}

static void through_a_proxy_nothing_is_resolved(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	w.config.proxy = "http://127.0.0.1:3128";
	w.config.noproxy = "ok.test";
	open_stage(&w);
	assert_null(result(&w, "http://nx.test/")->hop.addresses);
	assert_int_equal(w.server.queries, 0);
	assert_both(result(&w, "http://ok.test/"));
	end(&w);
}

static void short_names_go_through_the_search_list(void **state)
{
	struct world w;

	(void)state;
	assert_int_equal(setenv("LOCALDOMAIN", "one.test two.test", 1), 0);
	world(&w);
	assert_no(result(&w, "http://nxshort/"), false, "not found");
	assert_int_equal(w.server.a, 3);
	assert_string_equal(w.server.last, "nxshort");
	assert_both(result(&w, "http://okshort/"));
	assert_string_equal(w.server.last, "okshort.one.test");
	assert_no(result(&w, "http://nx.long/"), false, "not found");
	assert_string_equal(w.server.last, "nx.long.two.test");
	w.server.a = 0;
	assert_no(result(&w, "http://nx.absolute./"), false, "not found");
	assert_int_equal(w.server.a, 1);
	assert_no(result(&w, "http://servfailshort/"), true, "SERVFAIL");
	end(&w);
	assert_int_equal(unsetenv("LOCALDOMAIN"), 0);
}

static void server_that_refuses_is_skipped(void **state)
{
	struct dns_server other;
	struct world w;
	char both[100];

	(void)state;
	begin(&w);
	dns_server_open(&other, w.loop);
	w.server.refuses = true;
	snprintf(both, sizeof(both), "%s,%s", w.server.address,
		 other.address);
	w.config.dns_servers = both;
	open_stage(&w);
	assert_both(result(&w, "http://ok.test/"));
	assert_int_equal(w.server.queries, 2);
	other.refuses = true;
	assert_no(result(&w, "http://ok2.test/"), true, "no DNS server");
	dns_server_close(&other);
	end(&w);
}

static void closed_port_is_no_answer(void **state)
{
	struct dns_server gone;
	struct world w;

	(void)state;
	begin(&w);
	dns_server_open(&gone, w.loop);
	dns_server_close(&gone);
	w.config.dns_servers = gone.address;
	w.config.ip_version = IP_4;
	open_stage(&w);
	assert_no(result(&w, "http://ok.test/"), true, "no DNS server");
	end(&w);
}

static void retry_does_not_get_a_cached_failure(void **state)
{
	struct world w;
	struct job *job;
	const msec pause = 110;

	(void)state;
	world(&w);
	/* The second job is submitted when the first one is returned, at once,
	 * because a failure is cached for only a second. */
	w.then = job_for("http://servfail.test/", LONG);
	submit(&w, "http://servfail.test/");
	wait_until_back(&w, 2);
	assert_no(TAILQ_FIRST(&w.back), true, "SERVFAIL");
	assert_no(TAILQ_LAST(&w.back, job_list), true, "SERVFAIL");
	assert_int_equal(w.server.queries, 2);
	for (msec until = clock_now() + pause; clock_now() < until;)
		loop_step(w.loop, until);
	job = job_for("http://servfail.test/", LONG);
	job->attempts = 2;
	put(&w, job);
	wait_until_back(&w, 3);
	assert_int_equal(w.server.queries, 4);
	end(&w);
}

static void callback_may_submit_another_job(void **state)
{
	struct world w;

	(void)state;
	world(&w);
	w.then = job_for("http://ok.test/", LONG);
	result(&w, "http://localhost/");
	wait_until_back(&w, 2);
	w.then = job_for("http://servfail.test/", LONG);
	submit(&w, "http://ok3.test/");
	wait_until_back(&w, 4);
	end(&w);
}

static void close_in_on_done(void *ctx, struct job *job)
{
	struct world *w = ctx;

	w->returned++;
	job_free(job);
	if (w->returned == 2) {
		stage_close(w->stage);
		w->stage = NULL;
	}
}

static void callback_of_the_last_job_may_close_the_stage(void **state)
{
	struct world w;

	(void)state;
	world(&w);
	stage_set_on_done(w.stage, close_in_on_done, &w);
	submit(&w, "http://ok.test/");
	submit(&w, "http://ok.test/");
	wait_until_back(&w, 2);
	end(&w);
}

static void bad_configuration_is_reported(void **state)
{
	static const char *const servers[] = {
		"", "nonsense", "1.2.3.4:port", "1.2.3.4,,x",
	};
	static const char *const pins[] = {
		"", "a", "a:80", "a:80:", "a:x:1.2.3.4", ":80:1.2.3.4",
		"a:80:1.2.3.4,", "a:80:host", "a:80:1.2.3.4,b", "a:-1:1.2.3.4",
		"a:99999:1.2.3.4", "a b:80:1.2.3.4", "*:80",
	};
	struct fetch_config config = {0};
	char *why = resolve_check(&config);

	(void)state;
	assert_null(why);
	for (size_t i = 0; i < sizeof(servers) / sizeof(*servers); i++) {
		config.dns_servers = servers[i];
		why = resolve_check(&config);
		assert_non_null(why);
		assert_non_null(strstr(why, "--dns-servers"));
		free(why);
	}
	config.dns_servers = "127.0.0.1:53,[::1]:5353,::1";
	assert_null(resolve_check(&config));
	for (size_t i = 0; i < sizeof(pins) / sizeof(*pins); i++) {
		const char *item = pins[i];

		config.resolve = (struct strings){&item, 1};
		why = resolve_check(&config);
		if (!why)
			fail_msg("--resolve %s is accepted", item);
		assert_non_null(strstr(why, "--resolve"));
		free(why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_jobs_of_a_name_are_one_query),
		cmocka_unit_test(answer_is_used_for_later_jobs),
		cmocka_unit_test(many_names_at_once_are_answered),
		cmocka_unit_test(names_queue_behind_queries_in_flight),
		cmocka_unit_test(failures_have_their_message),
		cmocka_unit_test(one_family_is_enough),
		cmocka_unit_test(only_the_family_asked_for_is_queried),
		cmocka_unit_test(unanswered_family_is_not_waited_for),
		cmocka_unit_test(long_answer_uses_tcp_and_is_truncated),
		cmocka_unit_test(job_waits_no_longer_than_its_timeout),
		cmocka_unit_test(connect_timeout_includes_the_lookup),
		cmocka_unit_test(a_cancelled_job_comes_back_once),
		cmocka_unit_test(stage_can_be_closed_with_queries_in_flight),
		cmocka_unit_test(literal_and_given_addresses_need_no_query),
		cmocka_unit_test(localhost_is_loopback),
		cmocka_unit_test(an_address_of_the_other_family_is_refused),
		cmocka_unit_test(through_a_proxy_nothing_is_resolved),
		cmocka_unit_test(short_names_go_through_the_search_list),
		cmocka_unit_test(server_that_refuses_is_skipped),
		cmocka_unit_test(closed_port_is_no_answer),
		cmocka_unit_test(retry_does_not_get_a_cached_failure),
		cmocka_unit_test(callback_may_submit_another_job),
		cmocka_unit_test(callback_of_the_last_job_may_close_the_stage),
		cmocka_unit_test(bad_configuration_is_reported),
	};

	log_set_level(LOG_QUIET);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
