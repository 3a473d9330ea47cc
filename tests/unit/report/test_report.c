/* cmd/report/: pages are well-formed whatever they contain, are equal for equal
 * figures, and show the figures of the JSON. Their appearance is tested by
 * tests/behaviour/report_in_chromium. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/report/axis.h"
#include "cmd/report/run.h"
#include "cmd/report/words.h"
#include "tests/unit/rounds.h"

typedef void (*report_fn)(struct buf *out, const json_t *json);

/* Reads JSON that is written with ' in place of ". */
static json_t *read_json(const char *text)
{
	char *quoted = xstrdup(text);
	json_error_t why;
	json_t *json;

	for (char *p = quoted; *p; p++)
		if (*p == '\'')
			*p = '"';
	json = json_loads(quoted, 0, &why);
	if (!json)
		fail_msg("%s at %d", why.text, why.position);
	free(quoted);
	return json;
}

static char *page_of(report_fn fn, const json_t *json)
{
	struct buf out = {0};

	fn(&out, json);
	return buf_detach(&out);
}

/* Parses a page, which must be well-formed XML. */
static xmlDoc *document_of(const char *page)
{
	xmlDoc *doc = xmlReadMemory(page, (int)strlen(page), "page", NULL,
				    XML_PARSE_NONET);

	if (!doc)
		fail_msg("not well-formed: %s", xmlGetLastError()->message);
	return doc;
}

/* Returns the value of an XPath expression as text, valid until the next
 * call. */
static const char *eval(xmlDoc *doc, const char *path)
{
	static char *text;
	xmlXPathContext *context = xmlXPathNewContext(doc);
	xmlXPathObject *object;

	xmlXPathRegisterNs(context, (const xmlChar *)"s",
			   (const xmlChar *)"http://www.w3.org/2000/svg");
	object = xmlXPathEval((const xmlChar *)path, context);
	assert_non_null(object);
	xmlFree(text);
	text = (char *)xmlXPathCastToString(object);
	xmlXPathFreeObject(object);
	xmlXPathFreeContext(context);
	return text;
}

#define ASSERT_EVAL(doc, path, expected) \
	assert_string_equal(eval(doc, path), expected)

static const char PHASES[] =
	"'phases':{'wait':40,'dns':1,'connect':2,'tls':3,'first_byte':10,"
	"'body':4,'queue':0.5,'parse':1.5,'output':0.75}";
static const char TIMELINE[] =
	"'timeline':{'step':0.5,'phases':['wait','dns','connect','tls',"
	"'first_byte','body','queue','parse','output'],"
	"'in_flight':[[9,5,0],[1,0,0],[1,1,0],[0,2,0],[3,4,1],[0,1,1],"
	"[0,0,0],[0,0.5,0.25],[0,1,0.5]],'finished':[10,30,2],'errors':[0,3,1]}";

static json_t *run_json(const char *host, const char *url)
{
	char *text = xasprintf(
		"{'requests':42,'ok':37,'errors':{'dns':4},'status':{'200':37,"
		"'404':1},'attempts':45,'retries':3,'bytes':123456,"
		"'duration':1.25,'rate':33.6,'latency':{'min':0.001,"
		"'p50':0.012,'p90':0.05,'p99':0.3,'max':0.4},'interrupted':"
		"false,'cpu':{'user':0.5,'system':0.25},'peak_memory':20000000,"
		"%s,%s,'distribution':[[0.002,3],[0.016,20],[0.5,15]]}",
		PHASES, TIMELINE);
	json_t *json = read_json(text);

	json_object_set_new(json, "hosts", json_pack("[{s:s,s:i,s:i,s:i,s:f}]",
			    "host", host, "requests", 42, "errors", 4,
			    "bytes", 123456, "mean", .02));
	json_object_set_new(json, "slowest", json_pack(
			    "[{s:s,s:i,s:n,s:f,s:{s:f,s:f}}]", "url", url,
			    "status", 200, "error", "total", .4, "phases",
			    "wait", .1, "body", .4));
	free(text);
	return json;
}

static json_t *spread_json(double median)
{
	return json_pack("{s:f,s:f,s:f}", "median", median, "low",
			 median * .9, "high", median * 1.1);
}

static json_t *mode_json(const char *name, double wall)
{
	static const char *const keys[] = {
		"wall", "speedup", "rate", "user", "system",
		"cpu_per_request", "peak_memory", "threads", "processes",
	};
	json_t *mode = json_pack("{s:s,s:i,s:i,s:b}", "mode", name, "errors",
				 0, "bad", 1, "equal", 1);
	json_t *latency = json_object();

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		json_object_set_new(mode, keys[i], spread_json(wall));
	json_object_set_new(latency, "p50", spread_json(wall / 100));
	json_object_set_new(latency, "p90", spread_json(wall / 50));
	json_object_set_new(latency, "p99", spread_json(wall / 10));
	json_object_set_new(mode, "latency", latency);
	json_object_set_new(mode, "runs", json_pack(
			    "[{s:f,s:{}},{s:f,s:o}]", "wall", wall * 1.1,
			    "summary", "wall", wall, "summary",
			    run_json("h.test", "http://h.test/")));
	return mode;
}

static json_t *comparison_json(const char *text)
{
	json_t *json = json_pack(
		"{s:{s:i,s:s,s:s},s:s,s:[ssss],s:s,s:n,s:i,s:i,"
		"s:{s:s,s:s,s:s}}",
		"machine", "processors", 2, "cpu", text, "kernel", text,
		"version", text, "options", "-P", "64", "-e", text, "source",
		text, "workload", "requests", 1000, "repeat", 5,
		"recommendation", "mode", "async", "kind", "I/O-bound",
		"reason", text);
	json_t *sweep = json_pack("{s:s,s:[iii],s:[]}", "option",
				  "parallel-max", "values", 1, 8, 64, "modes");
	json_t *modes = json_array();

	json_array_append_new(modes, mode_json("async", 1));
	json_array_append_new(modes, mode_json("threads", 2));
	json_array_append_new(modes, mode_json("serial", 30));
	json_object_set_new(json, "modes", modes);
	json_array_append_new(json_object_get(sweep, "modes"), json_pack(
			      "{s:s,s:[ooo],s:[ooo]}", "mode", "threads",
			      "wall", spread_json(30), spread_json(4),
			      spread_json(1), "rate", spread_json(33),
			      spread_json(250), spread_json(1000)));
	json_object_set_new(json, "sweep", sweep);
	return json;
}

static const char *const HOSTILE =
	"</title></style><script>alert('x')</script>&amp;\"' onload=\"x"
	"\x01\x1b[31m\x7f\xe2\x80\xae\xef\xbf\xbf %s %n";

static void numbers_are_written_with_three_digits_and_their_unit(void **state)
{
	static const struct {
		enum unit unit;
		double value;
		const char *expected;
	} rows[] = {
		{UNIT_COUNT, 0, "0"}, {UNIT_COUNT, 7, "7"},
		{UNIT_COUNT, .5, "0.5"}, {UNIT_COUNT, 999, "999"},
		{UNIT_COUNT, 1234567, "1,234,567"}, {UNIT_COUNT, 9.996, "10"},
		{UNIT_SECONDS, 0, "0 s"}, {UNIT_SECONDS, 1.234, "1.23 s"},
		{UNIT_SECONDS, .0123, "12.3 ms"},
		{UNIT_SECONDS, .9996, "1 s"}, {UNIT_SECONDS, .99949, "999 ms"},
		{UNIT_SECONDS, .00045, "450 \xc2\xb5s"},
		{UNIT_SECONDS, 4321, "4,321 s"},
		{UNIT_BYTES, 999, "999 B"}, {UNIT_BYTES, 24960000, "25 MB"},
		{UNIT_BYTES, 999600, "1 MB"}, {UNIT_RATE, 12.34, "12.3/s"},
		{UNIT_TIMES, 3.14159, "3.14\xc3\x97"},
		{UNIT_BYTES, NAN, "\xe2\x80\x93"},
		{UNIT_COUNT, INFINITY, "\xe2\x80\x93"},
		{UNIT_SECONDS, 1e300, "\xe2\x80\x93"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		buf_clear(&out);
		report_value(&out, rows[i].unit, rows[i].value);
		assert_string_equal(buf_cstr(&out), rows[i].expected);
	}
	buf_release(&out);
}

static void text_is_escaped_and_direction_controls_are_removed(void **state)
{
	struct buf out = {0};

	(void)state;
	report_text(&out, "a<b>&\"'\t\x01\x7f\xc3\xa9\xe2\x80\xae\xe2\x80\xa9"
			  "\xe2\x81\xa6\xef\xbf\xbe\xef\xbf\xbd");
	assert_string_equal(
		buf_cstr(&out),
		"a&lt;b&gt;&amp;&quot;&#39;\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
		"\xc3\xa9\xef\xbf\xbd\xe2\x80\xa9\xef\xbf\xbd\xef\xbf\xbd"
		"\xef\xbf\xbd");
	buf_release(&out);
}

static void axes_have_few_round_numbers(void **state)
{
	static const double most[] = {0, 1e-9, .37, 1, 64, 99.7, 1e6, 1e300,
				      NAN};
	double ticks[AXIS_TICKS];

	(void)state;
	for (size_t i = 0; i < sizeof(most) / sizeof(*most); i++) {
		const struct axis a = axis_from_zero(most[i], 100, 0);
		const size_t len = axis_ticks(&a, ticks);

		assert_in_range(len, 2, 7);
		assert_true(ticks[0] == 0 && !signbit(ticks[0]));
		assert_true(axis_position(&a, a.high) == 0);
		assert_true(axis_position(&a, 0) == 100);
		assert_true(axis_position(&a, 1e307) == 0);
		if (most[i] > 1e-9 && most[i] < 1e12)
			assert_true(a.high >= most[i] &&
				    a.high < 2.6 * most[i]);
	}
	const struct axis log = {.0001, 2, 0, 300, true};

	assert_int_equal(axis_ticks(&log, ticks), 5);
	assert_true(fabs(axis_position(&log, .0001 * sqrt(20000)) - 150) <
		    1e-6);
}

static void report_of_a_run_has_the_figures_of_its_summary(void **state)
{
	json_t *json = run_json("h.test", "http://h.test/slow?a=1&b=2");
	char *page = page_of(report_run, json);
	xmlDoc *doc = document_of(page);

	(void)state;
	ASSERT_EVAL(doc, "//dt[.='requests']/../dd", "42");
	ASSERT_EVAL(doc, "//dt[.='errors']/../dd", "4");
	ASSERT_EVAL(doc, "//dt[.='CPU time']/../dd", "750 ms");
	ASSERT_EVAL(doc, "//dt[.='peak memory']/../dd", "20 MB");
	ASSERT_EVAL(doc, "//td[.='http://h.test/slow?a=1&b=2']/../td[3]",
		    "400 ms");
	ASSERT_EVAL(doc, "//th[.='h.test']/../td[1]", "42");
	ASSERT_EVAL(doc, "//caption[.='HTTP status']/..//th[.='404']/../td",
		    "1");
	ASSERT_EVAL(doc, "//caption[.='Errors']/..//th[.='dns']/../td", "4");
	/* Second bucket: 0.5 s to 1 s. */
	ASSERT_EVAL(doc, "//caption[.='Requests in flight, by phase']/..//"
			 "th[.='500 ms']/../td[4]", "4");
	ASSERT_EVAL(doc, "//caption[.='Requests and records that wait']/..//"
			 "th[.='500 ms']/../td[1]", "1");
	ASSERT_EVAL(doc, "//caption[.='Requests and records that wait']/..//"
			 "th[.='500 ms']/../td[2]", "5");
	/* The third bucket is half as long, because the run ends in it. */
	ASSERT_EVAL(doc, "//caption[.='Throughput']/..//th[.='1 s']/../td[1]",
		    "8/s");
	ASSERT_EVAL(doc, "//caption[.='Latency of responses']/..//"
			 "th[.='16 ms']/../td[1]", "20");
	ASSERT_EVAL(doc, "//caption[.='Time of a request in each phase']/..//"
			 "th[.='first byte']/../td[1]", "238 ms");
	xmlFreeDoc(doc);
	free(page);
	json_decref(json);
}

/* Adds the members that only a report has. */
static json_t *with_problems(json_t *json, const char *url)
{
	json_object_set_new(json, "run", json_pack("{s:s,s:s,s:s}", "list", url,
			    "command", url, "began", "2026-01-31 10:30 UTC"));
	json_object_set_new(json, "broken", json_pack(
		"[{s:n,s:s,s:i,s:[{s:s,s:s},{s:s,s:n}]},"
		"{s:i,s:n,s:i,s:[{s:s,s:n}]}]",
		"status", "error", "dns", "count", 3, "requests",
		"url", url, "message", url, "url", "http://b.test/", "message",
		"status", 404, "error", "count", 1, "requests",
		"url", "http://b.test/?k=***", "message"));
	json_object_set_new(json, "redirected", json_pack(
		"{s:i,s:[{s:s,s:i,s:s}]}", "count", 1, "requests",
		"url", url, "status", 301, "final_url", "https://h.test/"));
	return json;
}

static void report_begins_with_the_run_and_what_is_broken(void **state)
{
	json_t *json = with_problems(run_json("h", "http://h/slow"),
				     "http://h.test/a?b&c");
	char *page = page_of(report_run, json);
	xmlDoc *doc = document_of(page);

	(void)state;
	ASSERT_EVAL(doc, "string(//h1)", "Report on http://h.test/a?b&c");
	ASSERT_EVAL(doc, "string(//p[@class='soft'])", "2026-01-31 10:30 UTC");
	ASSERT_EVAL(doc, "string(//p/code)", "http://h.test/a?b&c");
	ASSERT_EVAL(doc, "//dt[.='status of 400 or more']/../dd", "1");
	ASSERT_EVAL(doc, "concat(//h2[1],',',//h2[2],',',//h2[3],',',//h2[4])",
		    "Broken,Redirects,Slowest,Details of the run");
	ASSERT_EVAL(doc, "string(//h2[1]/following::caption[1])",
		    "The name of the host was not found (dns): 3 requests, of "
		    "which 2 are listed");
	ASSERT_EVAL(doc, "string(//h2[1]/following::caption[2])",
		    "404 Not Found: 1 request");
	ASSERT_EVAL(doc, "string(//th[a[@href='http://h.test/a?b&c']]/../"
			 "td[1])", "http://h.test/a?b&c");
	ASSERT_EVAL(doc, "//caption[.='Redirected: 1 request']/..//"
			 "td[a[@href='https://h.test/']]/../td[1]", "301");
	/* The URL of a hidden secret is no link. */
	ASSERT_EVAL(doc, "count(//th[.='http://b.test/?k=***'][not(a)])", "1");
	xmlFreeDoc(doc);
	free(page);
	json_object_set_new(json, "broken", json_array());
	page = page_of(report_run, json);
	assert_non_null(strstr(page, "<p>Nothing: no request has an error"));
	free(page);
	json_decref(json);
}

static void legends_name_only_phases_that_can_be_seen(void **state)
{
	json_t *json = run_json("h", "u");
	json_t *phases = json_object_get(json_array_get(json_object_get(
						json, "slowest"), 0), "phases");
	json_t *averages = json_array_get(json_object_get(json_object_get(
				json, "timeline"), "in_flight"), 1);
	char *page;
	xmlDoc *doc;

	(void)state;
	json_object_set_new(phases, "dns", json_real(1e-6));
	json_array_set_new(averages, 0, json_real(1e-4));
	page = page_of(report_run, json);
	doc = document_of(page);
	ASSERT_EVAL(doc, "count(//ul[@class='legend']/li[.='DNS'])", "0");
	ASSERT_EVAL(doc, "count(//ul[@class='legend']/li[.='body'])", "2");
	xmlFreeDoc(doc);
	free(page);
	json_decref(json);
}

static void every_figure_has_a_name_a_description_and_a_table(void **state)
{
	json_t *json[] = {run_json("h", "u"), comparison_json("text")};
	const report_fn fns[] = {report_run, report_compare};
	static const char *const figures[] = {"6", "18"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char *page = page_of(fns[i], json[i]);
		xmlDoc *doc = document_of(page);

		ASSERT_EVAL(doc, "count(//figure)", figures[i]);
		ASSERT_EVAL(doc, "count(//figure/s:svg[@role='img']"
				 "[@aria-labelledby=concat(s:title/@id,' ',"
				 "s:desc/@id)][string(s:title)]"
				 "[string(s:desc)])", figures[i]);
		ASSERT_EVAL(doc, "count(//figure/details//table//td) > 0",
			    "true");
		ASSERT_EVAL(doc, "count(//figure[not(details//td)])", "0");
		ASSERT_EVAL(doc, "count(//@id[.=preceding::*/@id])", "0");
		xmlFreeDoc(doc);
		free(page);
		json_decref(json[i]);
	}
}

static void a_comparison_shows_modes_in_their_colours(void **state)
{
	json_t *json = comparison_json("text");
	char *page = page_of(report_compare, json);
	xmlDoc *doc = document_of(page);

	(void)state;
	ASSERT_EVAL(doc, "contains(//p[@class='note'], 'Recommended: --mode "
			 "async. This list is I/O-bound: text')", "true");
	ASSERT_EVAL(doc, "//dt[.='options']/../dd", "-P 64 -e text");
	ASSERT_EVAL(doc, "//figure[figcaption='Time of a whole run'][1]//"
			 "th[.='serial']/../td[3]", "33 s");
	ASSERT_EVAL(doc, "//figure[figcaption='Time of a whole run'][1]//"
			 "s:rect[2]/@fill", "var(--m1)");
	/* Only the mode threads was swept. */
	ASSERT_EVAL(doc, "//s:path[@class='curve']/@stroke", "var(--m1)");
	ASSERT_EVAL(doc, "//caption[.='Medians of all runs']/..//"
			 "th[.='async']/../td[10]", "yes");
	/* The figures are those of the run with the median time. */
	ASSERT_EVAL(doc, "count(//figcaption[.='serial: requests in flight, "
			 "by phase'])", "1");
	ASSERT_EVAL(doc, "count(//figcaption[.='serial: requests and records "
			 "that wait'])", "1");
	xmlFreeDoc(doc);
	free(page);
	json_decref(json);
}

static void hostile_text_stays_text(void **state)
{
	json_t *json[] = {with_problems(run_json("h", "u"), HOSTILE),
			  comparison_json("t")};
	const report_fn fns[] = {report_run, report_compare};

	(void)state;
	json_object_set_new(json_object_get(json[0], "errors"), HOSTILE,
			    json_integer(1));
	json_object_set_new(json_array_get(json_object_get(json[0], "hosts"),
					   0), "host", json_string(HOSTILE));
	json_object_set_new(json_array_get(json_object_get(json[0],
							   "slowest"), 0),
			    "url", json_string(HOSTILE));
	json_decref(json[1]);
	json[1] = comparison_json(HOSTILE);
	json_object_set_new(json_array_get(json_object_get(json[1], "modes"),
					   0), "mode", json_string(HOSTILE));
	json_object_set_new(json_object_get(json[1], "sweep"), "option",
			    json_string(HOSTILE));
	json_object_set_new(json_array_get(json_object_get(
				    json_object_get(json[1], "sweep"),
				    "modes"), 0), "mode",
			    json_string(HOSTILE));
	for (size_t i = 0; i < 2; i++) {
		char *page = page_of(fns[i], json[i]);
		xmlDoc *doc = document_of(page);

		ASSERT_EVAL(doc, "count(//script|//s:script)", "0");
		ASSERT_EVAL(doc, "count(//@*[starts-with(name(),'on')])", "0");
		ASSERT_EVAL(doc, "count(//*[contains(text(), \"<script>"
				 "alert('x')</script>&amp;\")]) >= 2", "true");
		xmlFreeDoc(doc);
		free(page);
		json_decref(json[i]);
	}
}

/* Each value in turn, at any depth, is something else: an older summary, or
 * one that somebody has written. */
static size_t spoil(json_t *in, size_t at, const json_t *with)
{
	void *iter;
	size_t seen = 0;

	if (json_is_array(in))
		for (size_t i = 0; i < json_array_size(in); i++) {
			if (seen++ == at) {
				json_array_set_new(in, i, json_deep_copy(with));
				return seen;
			}
			seen += spoil(json_array_get(in, i), at - seen, with);
			if (seen > at)
				return seen;
		}
	for (iter = json_object_iter(in); iter;
	     iter = json_object_iter_next(in, iter)) {
		if (seen++ == at) {
			json_object_iter_set_new(in, iter,
						 json_deep_copy(with));
			return seen;
		}
		seen += spoil(json_object_iter_value(iter), at - seen, with);
		if (seen > at)
			return seen;
	}
	return seen;
}

static void missing_or_odd_members_do_no_harm(void **state)
{
	json_t *sources[] = {with_problems(run_json("h", "u"), "http://h/"),
			     comparison_json("t")};
	const report_fn fns[] = {report_run, report_compare};
	json_t *odd[] = {json_null(), json_real(-1), json_real(1e300),
			 json_string("x"), json_object(),
			 json_pack("[f,[i,i]]", 1e-300, 1, 1)};
	const size_t odds = sizeof(odd) / sizeof(*odd);
	enum { STEP = SANITIZED ? 70 : 7 };

	(void)state;
	for (size_t i = 0; i < 2 * odds; i++) {
		bool done = false;

		/* A comparison has 900 values, of which every seventh is
		 * changed; with sanitizers, a tenth of these. */
		for (size_t at = i % 7; !done; at += i < odds ? 1 : STEP) {
			json_t *json = json_deep_copy(sources[i / odds]);

			done = spoil(json, at, odd[i % odds]) <= at;
			char *page = page_of(fns[i / odds], json);

			xmlFreeDoc(document_of(page));
			assert_null(strstr(page, "\"nan"));
			assert_null(strstr(page, "inf\""));
			free(page);
			json_decref(json);
		}
	}
	for (size_t i = 0; i < odds; i++)
		json_decref(odd[i]);
	json_decref(sources[0]);
	json_decref(sources[1]);
}

static void the_same_figures_give_the_same_page(void **state)
{
	json_t *json = comparison_json("t");
	char *page = page_of(report_compare, json);
	char *text = json_dumps(json, JSON_SORT_KEYS);
	json_t *other = json_loads(text, 0, NULL);
	char *again = page_of(report_compare, other);

	(void)state;
	assert_string_equal(page, again);
	free(page);
	free(again);
	free(text);
	json_decref(json);
	json_decref(other);
}

static void of_ten_thousand_hosts_the_first_hundred_are_listed(void **state)
{
	json_t *json = run_json("h.test", "u");
	json_t *hosts = json_object_get(json, "hosts");
	char *page;
	xmlDoc *doc;

	(void)state;
	for (int i = 0; i < 10000; i++)
		json_array_append(hosts, json_array_get(hosts, 0));
	page = page_of(report_run, json);
	assert_true(strlen(page) < 100000);
	doc = document_of(page);
	ASSERT_EVAL(doc, "count(//caption[.='Hosts']/..//tbody/tr)", "100");
	ASSERT_EVAL(doc, "contains(//main, '9901 more are in the summary')",
		    "true");
	xmlFreeDoc(doc);
	free(page);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			numbers_are_written_with_three_digits_and_their_unit),
		cmocka_unit_test(
			text_is_escaped_and_direction_controls_are_removed),
		cmocka_unit_test(axes_have_few_round_numbers),
		cmocka_unit_test(
			report_of_a_run_has_the_figures_of_its_summary),
		cmocka_unit_test(
			report_begins_with_the_run_and_what_is_broken),
		cmocka_unit_test(legends_name_only_phases_that_can_be_seen),
		cmocka_unit_test(
			every_figure_has_a_name_a_description_and_a_table),
		cmocka_unit_test(a_comparison_shows_modes_in_their_colours),
		cmocka_unit_test(hostile_text_stays_text),
		cmocka_unit_test(missing_or_odd_members_do_no_harm),
		cmocka_unit_test(the_same_figures_give_the_same_page),
		cmocka_unit_test(
			of_ten_thousand_hosts_the_first_hundred_are_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
