/* cmd/stats/stats.c: the counts, and the summary that is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd/stats/stats.h"
#include "parse/extract/schema.h"

static char folder[] = "/tmp/test_stats.XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	return !mkdtemp(folder) || chdir(folder);
}

static int drop_folder(void **state)
{
	(void)state;
	unlink("summary");
	unlink("link");
	return chdir("/") || rmdir(folder);
}

/* The members of a finished request that statistics use. */
struct result {
	const char *url;
	int status;
	enum err err;
	unsigned attempts;
	uint64_t bytes;
	msec total;
};

static void add(struct stats *st, struct result result)
{
	struct job *job = job_new();

	if (result.url)
		assert_int_equal(url_parse(&job->hop.url, result.url,
					   strlen(result.url), NULL), 0);
	job->res.status = result.status;
	job->err = result.err;
	job->attempts = result.attempts;
	job->bytes = result.bytes;
	job->time.total = result.total;
	stats_add(st, job);
	job_free(job);
}

#define ADD(st, ...) add(st, (struct result){__VA_ARGS__})

static json_t *summary(const struct stats *st, msec now, bool interrupted)
{
	json_t *o;

	assert_int_equal(stats_write(st, "summary", now, interrupted), 0);
	o = json_load_file("summary", JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(o);
	return o;
}

/* Compares a member with JSON that is written with ' in place of ". */
static void assert_json(const json_t *o, const char *name, const char *text)
{
	char *quoted = xstrdup(text);
	char *got = json_dumps(json_object_get(o, name),
			       JSON_COMPACT | JSON_ENCODE_ANY |
				       JSON_REAL_PRECISION(12));

	for (char *p = quoted; *p; p++)
		if (*p == '\'')
			*p = '"';
	if (!got)
		fail_msg("there is no %s", name);
	assert_string_equal(got, quoted);
	free(got);
	free(quoted);
}

static void an_empty_run_has_a_summary(void **state)
{
	struct stats *st = stats_new(true, 5000);
	json_t *o = summary(st, 5000, false);

	(void)state;
	assert_json(o, "requests", "0");
	assert_json(o, "ok", "0");
	assert_json(o, "errors", "{}");
	assert_json(o, "status", "{}");
	assert_json(o, "attempts", "0");
	assert_json(o, "retries", "0");
	assert_json(o, "bytes", "0");
	assert_json(o, "duration", "0.0");
	assert_json(o, "rate", "0.0");
	assert_json(o, "latency", "null");
	assert_json(o, "hosts", "[]");
	assert_json(o, "interrupted", "false");
	json_decref(o);
	stats_free(st);
}

static void every_result_is_counted_in_its_group(void **state)
{
	struct stats *st = stats_new(false, 1000);
	json_t *o;

	(void)state;
	ADD(st, "http://a/", 200, ERR_NONE, 1, 100, 10);
	ADD(st, "http://a/", 200, ERR_NONE, 3, 100, 10);
	ADD(st, "http://a/", 304, ERR_NONE, 1, 0, 10);
	ADD(st, "http://a/", 404, ERR_NONE, 1, 7, 10);
	ADD(st, "http://a/", 404, ERR_STATUS, 1, 7, 10);
	ADD(st, "http://a/", 200, ERR_TOO_LARGE, 1, 0, 10);
	ADD(st, "http://b/", 0, ERR_DNS, 3, 0, 5000);
	ADD(st, "http://c/", 0, ERR_DNS, 1, 0, 5000);
	ADD(st, NULL, 0, ERR_INPUT, 0, 0, 0);
	assert_int_equal(stats_done(st), 9);
	assert_int_equal(stats_errors(st), 5);
	o = summary(st, 5500, true);
	assert_json(o, "requests", "9");
	assert_json(o, "ok", "3");
	assert_json(o, "errors",
		    "{'input':1,'dns':2,'too_large':1,'status':1}");
	assert_json(o, "status", "{'200':3,'304':1,'404':2}");
	assert_json(o, "attempts", "12");
	assert_json(o, "retries", "4");
	assert_json(o, "bytes", "214");
	assert_json(o, "duration", "4.5");
	assert_json(o, "rate", "2.0");
	assert_json(o, "interrupted", "true");
	assert_null(json_object_get(o, "hosts"));
	json_decref(o);
	stats_free(st);
}

static double point(const json_t *o, const char *name)
{
	return json_real_value(
		json_object_get(json_object_get(o, "latency"), name));
}

static void latency_is_that_of_requests_with_a_response(void **state)
{
	struct stats *st = stats_new(false, 0);
	json_t *o;

	(void)state;
	for (int i = 1; i <= 1000; i++)
		ADD(st, "http://a/", 200, ERR_NONE, 1, 0, i);
	ADD(st, "http://b/", 0, ERR_TIMEOUT, 1, 0, 30000);
	o = summary(st, 1, false);
	assert_true(point(o, "min") == .001);
	assert_true(fabs(point(o, "p50") - .5) <= .005);
	assert_true(fabs(point(o, "p90") - .9) <= .009);
	assert_true(fabs(point(o, "p99") - .99) <= .0099);
	assert_true(point(o, "max") == 1);
	json_decref(o);
	stats_free(st);
}

static void hosts_come_with_most_requests_first(void **state)
{
	struct stats *st = stats_new(true, 0);
	json_t *o;

	(void)state;
	ADD(st, "http://z.test/", 0, ERR_DNS, 1, 0, 1);
	ADD(st, "http://a.test/", 200, ERR_NONE, 1, 5, 10);
	ADD(st, "https://b.test:8443/", 200, ERR_NONE, 1, 5, 10);
	ADD(st, "http://B.test/x", 500, ERR_STATUS, 1, 6, 30);
	ADD(st, "http://b.test/x", 0, ERR_CONNECT, 1, 0, 30);
	ADD(st, NULL, 0, ERR_URL, 0, 0, 0);
	o = summary(st, 1, false);
	assert_json(o, "hosts",
		    "[{'host':'b.test','requests':3,'errors':2,'bytes':11,"
		    "'mean':0.02,'held':{},'robots':null},"
		    "{'host':'a.test','requests':1,'errors':0,'bytes':5,"
		    "'mean':0.01,'held':{},'robots':null},"
		    "{'host':'z.test','requests':1,'errors':1,'bytes':0,"
		    "'mean':null,'held':{},'robots':null}]");
	json_decref(o);
	stats_free(st);
}

static void add_noted(struct stats *st, struct host_notes notes)
{
	struct job *job = job_new();

	assert_int_equal(url_parse(&job->hop.url, "http://a.test/", 14, NULL),
			 0);
	job->host_notes = notes;
	stats_add(st, job);
	job_free(job);
}

static void host_has_the_sum_of_the_times_that_it_was_held(void **state)
{
	struct stats *st = stats_new(true, 0);
	json_t *o, *host;

	(void)state;
	add_noted(st, (struct host_notes){{[HELD_BY_ROBOTS] = 1500},
					  ROBOTS_HAS_RULES});
	add_noted(st, (struct host_notes){{[HELD_BY_ROBOTS] = 500,
					   [HELD_BY_RATE] = 250},
					  ROBOTS_NOT_ASKED});
	o = summary(st, 1, false);
	host = json_array_get(json_object_get(o, "hosts"), 0);
	assert_json(host, "held", "{'robots':2.0,'rate':0.25}");
	assert_json(host, "robots", "'rules'");
	json_decref(o);
	stats_free(st);
}

static void hosts_beyond_the_first_are_counted_together(void **state)
{
	struct stats *st = stats_new(true, 0);
	char url[64];
	json_t *o, *hosts, *last;

	(void)state;
	for (int i = 0; i < STATS_HOSTS_MAX + 7; i++) {
		snprintf(url, sizeof(url), "http://h%d.test/", i);
		ADD(st, url, 200, ERR_NONE, 1, 1, 1);
	}
	ADD(st, "http://h0.test/", 200, ERR_NONE, 1, 1, 1);
	o = summary(st, 1, false);
	hosts = json_object_get(o, "hosts");
	assert_int_equal(json_array_size(hosts), STATS_HOSTS_MAX + 1);
	assert_string_equal(json_string_value(json_object_get(
				    json_array_get(hosts, 0), "host")),
			    "h0.test");
	last = json_array_get(hosts, STATS_HOSTS_MAX);
	assert_json(last, "host", "null");
	assert_json(last, "requests", "7");
	json_decref(o);
	stats_free(st);
}

static void statuses_out_of_range_do_no_harm(void **state)
{
	struct stats *st = stats_new(true, 0);
	json_t *o;

	(void)state;
	ADD(st, "http://a/", 999, ERR_NONE, 1, 0, 1);
	ADD(st, "http://a/", 1000, ERR_NONE, 1, 0, 1);
	ADD(st, "http://a/", 2147483647, ERR_NONE, 1, 0, 1);
	ADD(st, "http://a/", -5, ERR_NONE, 1, 0, 1);
	o = summary(st, 1, false);
	assert_json(o, "status", "{'999':3}");
	json_decref(o);
	stats_free(st);
}

/* Adds a job that ended at that time; its phases are distinct powers of two. */
static void add_ended(struct stats *st, const char *url, msec ended,
		      msec scale, enum err err)
{
	struct job *job = job_new();

	job->req.url = xstrdup(url);
	job->err = err;
	job->res.status = err ? 0 : 200;
	job->time = (struct timing){
		.wait = 64 * scale, .dns = scale, .connect = 2 * scale,
		.tls = 4 * scale, .first_byte = 8 * scale,
		.total = 31 * scale, .parse = 32 * scale,
	};
	job->parse_queued_at = ended - 32.5 * scale;
	job_note_end(job, ended);
	stats_add(st, job);
	job_free(job);
}

/* Adds a page with the states of its fields (enum field_found). */
static void add_page(struct stats *st, int status, enum err err,
		     struct slice found)
{
	struct job *job = job_new();

	job->res.status = status;
	job->err = err;
	buf_add(&job->found, found.p, found.len);
	stats_add(st, job);
	job_free(job);
}

#define FOUND(text) ((struct slice){text, sizeof(text) - 1})

static void fields_are_counted_in_successful_responses(void **state)
{
	struct field list[] = {{.name = "b"}, {.name = "a", .all = true},
			       {.name = "each"}};
	const struct schema x = {.fields = {
		.list = list, .count = 3, .each_query = "li",
		/* each is only checked for NULL. */
		.each = (struct css *)&list,
	}};
	struct stats *st = stats_new(false, 0);
	json_t *o;

	(void)state;
	stats_keep_fields(st, &x);
	add_page(st, 200, ERR_NONE, FOUND("\1\0\0\1"));
	add_page(st, 301, ERR_NONE, FOUND("\1\0\1\1"));
	add_page(st, 0, ERR_NONE, FOUND("\0\0\0\0"));
	add_page(st, 200, ERR_NONE, FOUND(""));
	add_page(st, 404, ERR_NONE, FOUND("\1\1\1\1"));
	add_page(st, 200, ERR_PARSE, FOUND("\1\1\1\1"));
	/* A byte that is not a state counts as "not found". */
	add_page(st, 200, ERR_NONE, FOUND("\7"));
	add_page(st, 200, ERR_NONE, FOUND("\0\0\0\0\1\1\1\1\1"));
	o = summary(st, 1, false);
	assert_json(o, "fields", "{'b':{'found':2,'of':5},"
		    "'a':{'found':0,'of':5},'each':{'found':1,'of':5}}");
	assert_json(o, "each", "{'found':2,'of':5}");
	json_decref(o);
	stats_free(st);
}

static void details_have_the_time_of_each_phase(void **state)
{
	struct stats *st = stats_new(false, 1000);
	json_t *o, *timeline;

	(void)state;
	stats_keep_details(st);
	add_ended(st, "http://a/", 1200, 1, ERR_NONE);
	add_ended(st, "http://b/", 1400, 2, ERR_TIMEOUT);
	/* The second record is not written before the end. */
	stats_written(st, 1450, 1);
	stats_end(st, 1500);
	o = summary(st, 1500, false);
	assert_json(o, "phases",
		    "{'wait':0.192,'dns':0.003,'connect':0.006,'tls':0.012,"
		    "'first_byte':0.024,'body':0.048,'queue':0.0015,"
		    "'parse':0.096,'output':0.35}");
	assert_json(o, "distribution", "[[0.03125,1]]");
	timeline = json_object_get(o, "timeline");
	assert_json(timeline, "step", "0.008");
	assert_json(timeline, "phases",
		    "['wait','dns','connect','tls','first_byte','body',"
		    "'queue','parse','output']");
	assert_int_equal(json_array_size(json_object_get(timeline,
							 "in_flight")), 9);
	assert_int_equal(json_integer_value(json_array_get(
		json_object_get(timeline, "finished"), 25)), 1);
	assert_int_equal(json_integer_value(json_array_get(
		json_object_get(timeline, "errors"), 50)), 1);
	json_decref(o);
	stats_free(st);
}

static void the_slowest_come_longest_first(void **state)
{
	struct stats *st = stats_new(false, 0);
	json_t *o, *slowest, *first;
	char url[4096] = "http://";

	(void)state;
	stats_keep_details(st);
	for (int i = 0; i < 1000; i++) {
		snprintf(url + 7, sizeof(url) - 7, "h%d/", i);
		add_ended(st, url, 9000 + i, (i * 7) % 1000 / 100.,
			  ERR_NONE);
	}
	memset(url + 7, 'x', sizeof(url) - 8);
	add_ended(st, url, 10000, 20, ERR_TIMEOUT);
	o = summary(st, 1, false);
	slowest = json_object_get(o, "slowest");
	assert_int_equal(json_array_size(slowest), 10);
	first = json_array_get(slowest, 0);
	assert_json(first, "status", "null");
	assert_json(first, "error", "'timeout'");
	assert_json(first, "total", "0.62");
	assert_int_equal(json_string_length(json_object_get(first, "url")),
			 2048);
	for (size_t i = 1; i < 10; i++) {
		/* Computes which job has the value: value = 7 * n mod 1000. */
		const int value = 1000 - (int)i, n = value * 143 % 1000;

		snprintf(url, sizeof(url), "'http://h%d/'", n);
		assert_json(json_array_get(slowest, i), "url", url);
	}
	json_decref(o);
	stats_free(st);
}

static void every_summary_has_cpu_time_and_memory(void **state)
{
	struct stats *st = stats_new(false, 0);
	json_t *o = summary(st, 1, false);
	json_t *cpu = json_object_get(o, "cpu");

	(void)state;
	assert_true(json_real_value(json_object_get(cpu, "user")) >= 0);
	assert_true(json_real_value(json_object_get(cpu, "system")) >= 0);
	assert_in_range(json_integer_value(json_object_get(o, "peak_memory")),
			1 << 20, 1L << 40);
	assert_null(json_object_get(o, "timeline"));
	json_decref(o);
	stats_free(st);
}

static void the_summary_replaces_a_file_and_follows_a_link(void **state)
{
	struct stats *st = stats_new(false, 0);
	struct stat before, link, after;
	const mode_t mask = umask(027);
	json_t *o;

	(void)state;
	/* The new file gets the mode of the old one. */
	unlink("summary");
	json_decref(summary(st, 1, false));
	assert_int_equal(stat("summary", &before), 0);
	assert_int_equal(before.st_mode & 0777, 0640);
	assert_int_equal(symlink("summary", "link"), 0);
	ADD(st, "http://a/", 200, ERR_NONE, 1, 0, 1);
	assert_int_equal(stats_write(st, "link", 1, false), 0);
	assert_int_equal(lstat("link", &link), 0);
	assert_true(S_ISLNK(link.st_mode));
	assert_int_equal(stat("summary", &after), 0);
	assert_true(before.st_ino != after.st_ino);
	o = json_load_file("summary", 0, NULL);
	assert_json(o, "requests", "1");
	json_decref(o);
	umask(mask);
	stats_free(st);
}

/* Redirects a descriptor to memory while the summary is written. Returns the
 * bytes written, and the result in *result. */
static char *written_to(int fd, const char *path, int *result)
{
	struct stats *st = stats_new(false, 0);
	const int saved = dup(fd), memory = memfd_create("captured", 0);
	char *text = xcalloc(1, 4096);

	fflush(NULL);
	dup2(memory, fd);
	(void)!write(fd, "before\n", 7);
	*result = stats_write(st, path, 1, false);
	dup2(saved, fd);
	close(saved);
	assert_true(pread(memory, text, 4095, 0) >= 0);
	close(memory);
	stats_free(st);
	return text;
}

static void standard_streams_are_written_where_they_are(void **state)
{
	int result;
	char *text = written_to(STDOUT_FILENO, "/dev/stdout", &result);

	(void)state;
	assert_int_equal(result, 0);
	assert_ptr_equal(strstr(text, "before\n{\n"), text);
	free(text);
	text = written_to(STDERR_FILENO, "/dev/stderr", &result);
	assert_int_equal(result, 0);
	assert_ptr_equal(strstr(text, "before\n{\n"), text);
	free(text);
}

static void devices_are_written_not_replaced(void **state)
{
	struct stats *st = stats_new(false, 0);
	struct stat null;

	(void)state;
	assert_int_equal(stats_write(st, "/dev/null", 1, false), 0);
	assert_int_equal(stat("/dev/null", &null), 0);
	assert_true(S_ISCHR(null.st_mode));
	stats_free(st);
}

static void summary_that_cannot_be_written_is_reported(void **state)
{
	static const struct {
		const char *path, *reason;
	} rows[] = {
		{"/dev/full", "No space left on device"},
		{"nowhere/summary", "No such file or directory"},
		{".", "Is a directory"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int result;
		char *text = written_to(STDERR_FILENO, rows[i].path, &result);
		char *expected = xasprintf(
			"before\nscrape: the summary could not be written to "
			"%s: %s\n", rows[i].path, rows[i].reason);

		assert_int_equal(result, -1);
		assert_string_equal(text, expected);
		free(expected);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_run_has_a_summary),
		cmocka_unit_test(every_result_is_counted_in_its_group),
		cmocka_unit_test(latency_is_that_of_requests_with_a_response),
		cmocka_unit_test(hosts_come_with_most_requests_first),
		cmocka_unit_test(
			host_has_the_sum_of_the_times_that_it_was_held),
		cmocka_unit_test(hosts_beyond_the_first_are_counted_together),
		cmocka_unit_test(statuses_out_of_range_do_no_harm),
		cmocka_unit_test(fields_are_counted_in_successful_responses),
		cmocka_unit_test(details_have_the_time_of_each_phase),
		cmocka_unit_test(the_slowest_come_longest_first),
		cmocka_unit_test(every_summary_has_cpu_time_and_memory),
		cmocka_unit_test(
			the_summary_replaces_a_file_and_follows_a_link),
		cmocka_unit_test(standard_streams_are_written_where_they_are),
		cmocka_unit_test(devices_are_written_not_replaced),
		cmocka_unit_test(
			summary_that_cannot_be_written_is_reported),
	};

	return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
