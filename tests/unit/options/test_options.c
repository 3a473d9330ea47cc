/*
 * The command line: from arguments to struct options, or to one message and
 * exit code 2.
 *
 * The cases are tables. The options of a good line are compared as text: all
 * members that differ from the defaults. So a row also shows which members it
 * does not change.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "cmd/commands.h"
#include "cmd/engine/modes.h"
#include "cmd/options/options.h"
#include "cmd/options/table.h"
#include "cmd/options/version.h"

#define LEN(array) (sizeof(array) / sizeof(*(array)))
#define WORDS 12
#define SOURCE "https://a.test/"

/* --- A folder with the files that the cases name -------------------------- */

static char folder[] = "/tmp/test_options.XXXXXX";

static void put_file(const char *name, const char *bytes, size_t len)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

#define FILE_OF(name, text) put_file(name, text, sizeof(text) - 1)

static int make_folder(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(mkfifo("fifo", 0666), 0);
	FILE_OF("list", "https://b.test/\n");
	FILE_OF("form", "a=1\r\n&b=2\n\0&c=3");
	FILE_OF("headers", "X-One: 1\r\n\nX-Two: 2 \nX-Three;\nAccept:\n");
	FILE_OF("empty", "");
	FILE_OF("binary", "https://b.test/\n\0");
	FILE_OF("page", "\xef\xbb\xbf\n <!DOCTYPE html>\n<title>x</title>");
	FILE_OF("utf16", "\xff\xfeh\0t\0t\0p\0");
	return 0;
}

static int drop_folder(void **state)
{
	static const char *const names[] = {
		"list", "form", "headers", "empty", "fifo",
		"config", "stdin", "binary", "utf16", "page",
	};

	(void)state;
	for (size_t i = 0; i < LEN(names); i++)
		unlink(names[i]);
	rmdir("folder");
	return chdir("/") || rmdir(folder);
}

/* --- Running options_parse() with redirected descriptors ------------------ */

struct parsed {
	enum options_result result;
	struct options o;
	char *out, *err;	/* standard output and error */
};

static int to_memory(int fd)
{
	const int saved = dup(fd);
	const int memory = memfd_create("captured", 0);

	assert_true(saved >= 0 && memory >= 0);
	dup2(memory, fd);
	close(memory);
	return saved;
}

static char *take_back(int fd, int saved)
{
	const off_t len = lseek(fd, 0, SEEK_END);
	char *text = xcalloc((size_t)len + 1, 1);

	assert_int_equal(pread(fd, text, (size_t)len, 0), len);
	dup2(saved, fd);
	close(saved);
	return text;
}

static const struct command *command_named(const char *name)
{
	const struct command *c = commands;

	while (strcmp(c->name, name) != 0)
		c++;
	return c;
}

static void parse_for(struct parsed *r, const char *command,
		      const char *const *words)
{
	char *argv[WORDS + 2] = {(char *)"scrape"};
	int argc = 1, out, err;

	while (argc <= WORDS && words[argc - 1]) {
		argv[argc] = (char *)words[argc - 1];
		argc++;
	}
	fflush(stdout);
	out = to_memory(STDOUT_FILENO);
	err = to_memory(STDERR_FILENO);
	r->result = options_parse(&r->o, commands, command_named(command), argc,
				  argv);
	fflush(stdout);
	r->err = take_back(STDERR_FILENO, err);
	r->out = take_back(STDOUT_FILENO, out);
}

#define PARSE(r, ...) \
	parse_for(r, "", (const char *const[]){__VA_ARGS__, NULL})
#define PARSE_CRAWL(r, ...) \
	parse_for(r, "crawl", (const char *const[]){__VA_ARGS__, NULL})

static void release(struct parsed *r)
{
	options_release(&r->o);
	free(r->out);
	free(r->err);
}

/* Makes the file at that path standard input. */
static void set_stdin(const char *path)
{
	const int fd = open(path, O_RDONLY);

	assert_true(fd >= 0);
	dup2(fd, STDIN_FILENO);
	close(fd);
}

/* --- Options as text ------------------------------------------------------ */

static void add_list(struct buf *out, const char *name,
		     const struct strings *list)
{
	for (size_t i = 0; i < list->len; i++)
		buf_addf(out, "%s=%s|", name, list->items[i]);
}

static void add_text(struct buf *out, const char *name, const char *value,
		     const char *usual)
{
	if (value == usual || (value && usual && !strcmp(value, usual)))
		return;
	buf_addf(out, "%s=%s|", name, value ? value : "(null)");
}

static void add_flag(struct buf *out, const char *name, bool value)
{
	if (value)
		buf_addf(out, "%s|", name);
}

static void add_number(struct buf *out, const char *name, double value,
		       double usual)
{
	if (value != usual)
		buf_addf(out, "%s=%.10g|", name, value);
}

static void add_body(struct buf *out, const struct fetch_config *f)
{
	if (!f->body)
		return;
	assert_int_equal(f->body[f->body_len], '\0');
	buf_addstr(out, "body=");
	buf_add(out, f->body, f->body_len);
	buf_addch(out, '|');
}

static void add_fetch(struct buf *out, const struct fetch_config *f)
{
	add_text(out, "proto_default", f->proto_default, "https");
	add_text(out, "method", f->method, NULL);
	add_body(out, f);
	add_list(out, "header", &f->headers);
	add_text(out, "user_agent", f->user_agent, "scrape/" SCRAPE_VERSION);
	add_text(out, "referer", f->referer, NULL);
	add_text(out, "user", f->user, NULL);
	add_text(out, "bearer", f->bearer, NULL);
	add_flag(out, "netrc", f->netrc);
	add_list(out, "cookie", &f->cookies);
	add_list(out, "cookie_file", &f->cookie_files);
	add_text(out, "cookie_jar", f->cookie_jar, NULL);
	add_text(out, "proxy", f->proxy, NULL);
	add_text(out, "noproxy", f->noproxy, NULL);
	add_list(out, "resolve", &f->resolve);
	add_text(out, "dns_servers", f->dns_servers, NULL);
	add_number(out, "ip", f->ip_version, IP_ANY);
	add_number(out, "http", f->http_version, HTTP_ANY);
	add_flag(out, "allow_private", f->allow_private);
	add_flag(out, "insecure", f->insecure);
	add_text(out, "cacert", f->cacert, NULL);
	add_text(out, "cert", f->cert, NULL);
	add_text(out, "key", f->key, NULL);
	add_number(out, "connect_timeout", f->connect_timeout, 10000);
	add_number(out, "max_time", f->max_time, 30000);
	add_number(out, "retry", f->retry, 2);
	add_number(out, "retry_max_time", f->retry_max_time, 60000);
	add_number(out, "max_redirs", f->max_redirs, 10);
	add_number(out, "max_filesize", (double)f->max_filesize, 16 << 20);
	add_number(out, "parallel", f->parallel_max, 64);
	add_number(out, "parallel_host", f->parallel_max_host, 8);
}

static char *as_text(const struct options *o)
{
	struct buf out = {0};

	if (o->sources.len != 1 || strcmp(o->sources.items[0], SOURCE) != 0)
		add_list(&out, "source", &o->sources);
	add_fetch(&out, &o->engine.fetch);
	add_flag(&out, "links", o->engine.parse.links);
	add_flag(&out, "headers", o->engine.parse.headers);
	add_flag(&out, "body", o->engine.parse.body);
	add_flag(&out, "fail", o->engine.parse.fail);
	if (o->has_fail_over)
		buf_addf(&out, "fail_over=%" PRIu64 "|", o->fail_over);
	add_number(&out, "interval", o->engine.limits.interval, 0);
	add_number(&out, "host_interval", o->engine.limits.host_interval, 0);
	add_number(&out, "public_interval", o->engine.limits.public_interval,
		   50);
	add_text(&out, "mode", o->engine.mode->name, modes[0].name);
	add_text(&out, "output", o->output, NULL);
	add_flag(&out, "ordered", o->ordered);
	add_text(&out, "columns", o->columns, NULL);
	add_flag(&out, "resume", o->resume != RESUME_NOT);
	add_flag(&out, "unique", o->unique);
	add_flag(&out, "by_url", o->resume == RESUME_BY_URL);
	add_flag(&out, "csv_safe", o->csv_safe);
	add_flag(&out, "bom", o->bom);
	add_flag(&out, "upsert", o->upsert);
	add_flag(&out, "progress", o->progress);
	add_text(&out, "summary", o->summary, NULL);
	add_text(&out, "report", o->report, NULL);
	if (log_level() != LOG_NORMAL)
		buf_addf(&out, "log=%d|", (int)log_level());
	/* Values that are stored in two places must be equal. */
	assert_int_equal(o->engine.limits.parallel_max,
			 o->engine.fetch.parallel_max);
	assert_int_equal(o->engine.limits.parallel_max_host,
			 o->engine.fetch.parallel_max_host);
	assert_true(o->engine.parse.max_filesize ==
		    o->engine.fetch.max_filesize);
	buf_cstr(&out);
	return buf_take(&out).data;
}

struct good {
	const char *words[WORDS];
	const char *expected;	/* the expected options as as_text() writes
				 * them; NULL: the defaults */
};

/* Parses each row, with SOURCE as its first argument if add_source. */
static void check_good(const struct good *rows, size_t len, bool add_source)
{
	for (size_t i = 0; i < len; i++) {
		const char *words[WORDS + 1] = {0};
		struct parsed r;
		char *text;
		size_t n = 0;

		if (add_source)
			words[n++] = SOURCE;
		for (size_t j = 0; j < WORDS && rows[i].words[j]; j++)
			words[n++] = rows[i].words[j];
		parse_for(&r, "", words);
		if (r.result != OPTIONS_RUN || *r.err)
			fail_msg("%s %s: %s", words[0], words[1], r.err);
		text = as_text(&r.o);
		assert_string_equal(text, rows[i].expected ? rows[i].expected
							   : "");
		free(text);
		release(&r);
	}
}

struct bad {
	const char *words[WORDS];
	const char *message;	/* expected message without "scrape: " and the
				 * line end */
};

static void check_bad(const struct bad *rows, size_t len, bool add_source)
{
	for (size_t i = 0; i < len; i++) {
		const char *words[WORDS + 1] = {0};
		char *expected = xasprintf("scrape: %s\n", rows[i].message);
		struct parsed r;
		size_t n = 0;

		if (add_source)
			words[n++] = SOURCE;
		for (size_t j = 0; j < WORDS && rows[i].words[j]; j++)
			words[n++] = rows[i].words[j];
		parse_for(&r, "", words);
		assert_string_equal(r.err, expected);
		assert_string_equal(r.out, "");
		assert_int_equal(r.result, OPTIONS_EXIT_USAGE);
		free(expected);
		release(&r);
	}
}

/* --- The tests ------------------------------------------------------------ */

static void options_set_their_members(void **state)
{
	static const struct good rows[] = {
		{{NULL}, NULL},
		{{"-o", "out"}, "output=out|"},
		{{"--output=out"}, "output=out|"},
		{{"-o", "out", "-o", "-"}, NULL},
		{{"--ordered"}, "ordered|"},
		{{"--resume", "-o", "x"}, "output=x|resume|"},
		{{"--columns", "url,title", "--format", "csv"},
		 "columns=url,title|"},
		{{"--resume=url", "-o", "x"}, "output=x|resume|by_url|"},
		{{"--resume=url", "-o", "x", "--resume=position"},
		 "output=x|resume|"},
		{{"--retry-failed", "-o", "x"}, "output=x|resume|"},
		{{"--retry-failed=5XX, 404,dns", "--resume=url", "-o", "x"},
		 "output=x|resume|by_url|"},
		{{"--unique"}, "unique|"},
		{{"--unique", "--no-unique"}, ""},
		{{"--csv-safe", "--format", "csv"}, "csv_safe|"},
		{{"--bom", "--format", "tsv"}, "bom|"},
		{{"--csv-safe", "--no-csv-safe"}, ""},
		{{"--upsert", "--format", "sqlite", "-o", "f"},
		 "output=f|upsert|"},
		{{"--resume", "-o", "x", "--no-resume"}, "output=x|"},
		{{"--links", "--headers", "--body"}, "links|headers|body|"},
		{{"-f"}, "fail|"},
		{{"--fail-over", "0%"}, "fail_over=0|"},
		{{"--fail-over=2.5%"}, "fail_over=2500000|"},
		{{"--fail-over", "1%", "--fail-over", "100%", "-f"},
		 "fail|fail_over=100000000|"},
		{{"--summary", "s.json"}, "summary=s.json|"},
		{{"--report", "r.html"}, "report=r.html|"},
		{{"-P", "100"}, "parallel=100|"},
		{{"--parallel-max", "20000"}, "parallel=20000|"},
		{{"--parallel-max-host", "64"}, "parallel_host=64|"},
		{{"--rate", "10/s"}, "interval=100|"},
		{{"--host-rate", "0.5/m"},
		 "host_interval=120000|public_interval=0|"},
		{{"--host-rate", "none"}, "public_interval=0|"},
		{{"--host-rate", "5/s", "--host-rate=none"},
		 "public_interval=0|"},
		{{"-m", "2.5"}, "max_time=2500|"},
		{{"--connect-timeout", "3"}, "connect_timeout=3000|"},
		/* As with curl, 0 is 300 seconds. */
		{{"--connect-timeout", "0"}, "connect_timeout=300000|"},
		{{"-m", "0"}, "max_time=2147483000|"},
		{{"-e", ""}, ""},
		{{"--retry", "0"}, "retry=0|"},
		{{"--retry-max-time", "90"}, "retry_max_time=90000|"},
		{{"--retry-max-time", "0"}, "retry_max_time=inf|"},
		{{"--max-redirs", "3"}, "max_redirs=3|"},
		{{"--max-redirs", "-1"}, "max_redirs=4294967295|"},
		{{"--max-filesize", "1k"}, "max_filesize=1024|"},
		{{"--max-filesize", "0"}, "max_filesize=9.223372037e+18|"},
		{{"-L"}, NULL},
		{{"--no-location"}, "max_redirs=0|"},
		{{"--no-location", "--max-redirs", "5"}, "max_redirs=0|"},
		{{"--no-location", "-L", "--max-redirs", "5"},
		 "max_redirs=5|"},
		{{"-X", "PUT"}, "method=PUT|"},
		{{"-X", "m-search"}, "method=m-search|"},
		{{"-I"}, "method=HEAD|"},
		{{"-I", "-X", "HEAD"}, "method=HEAD|"},
		{{"-I", "--no-head"}, NULL},
		{{"-A", "me/1"}, "user_agent=me/1|"},
		{{"-A", ""}, "user_agent=|"},
		{{"-e", "https://b.test/"}, "referer=https://b.test/|"},
		{{"-u", "me:"}, "user=me:|"},
		{{"--oauth2-bearer", "token"}, "bearer=token|"},
		{{"-n"}, "netrc|"},
		{{"-b", "a=1", "-b", "list"}, "cookie=a=1|cookie_file=list|"},
		{{"-b", "@list"}, "cookie_file=list|"},
		{{"-b", "a=@1"}, "cookie=a=@1|"},
		{{"-b", ""}, "cookie_file=|"},
		{{"-c", "jar"}, "cookie_jar=jar|"},
		{{"-x", "http://p:1"}, "proxy=http://p:1|"},
		{{"-x", ""}, "proxy=|"},
		{{"--noproxy", "*"}, "noproxy=*|"},
		{{"--resolve", "a:1:::1", "--resolve", "b:2:1.2.3.4"},
		 "resolve=a:1:::1|resolve=b:2:1.2.3.4|"},
		{{"--dns-servers", "1.1.1.1,9.9.9.9:53"},
		 "dns_servers=1.1.1.1,9.9.9.9:53|"},
		{{"-4"}, "ip=1|"},
		{{"-4", "--ipv6"}, "ip=2|"},
		{{"--http1.1"}, "http=1|"},
		{{"--http1.1", "--http2"}, "http=2|"},
		{{"--allow-private"}, "allow_private|"},
		{{"-k", "--cacert", "ca", "-E", "c", "--key", "k"},
		 "insecure|cacert=ca|cert=c|key=k|"},
		{{"-k", "--no-insecure"}, NULL},
		{{"--mode", "serial"}, "mode=serial|"},
		{{"--proto-default", "http"}, "proto_default=http|"},
		{{"--progress-meter"}, "progress|"},
		{{"--progress-meter", "-s"}, "progress|log=0|"},
		{{"--progress-meter", "--no-progress-meter"}, NULL},
		{{"-s"}, "log=0|"},
		{{"-v"}, "log=2|"},
		{{"-sv"}, "log=2|"},
		{{"-s", "--no-silent"}, NULL},
	};

	(void)state;
	check_good(rows, LEN(rows), true);
}

static void arguments_are_split_as_by_curl_and_getopt(void **state)
{
	static const struct good rows[] = {
		{{"-P64", "-P128"}, "parallel=128|"},
		{{"-sP", "128"}, "parallel=128|log=0|"},
		{{"-sP128"}, "parallel=128|log=0|"},
		{{"-sfk"}, "insecure|fail|log=0|"},
		{{"-sS", "--no-progress-meter", "--compressed"}, "log=0|"},
		{{"-sSf", "--show-error"}, "fail|log=0|"},
		{{"-sXPUT"}, "method=PUT|log=0|"},
		{{"--user-agent=a=b"}, "user_agent=a=b|"},
		{{"--user-agent="}, "user_agent=|"},
		{{"-A", "-s"}, "user_agent=-s|"},
		{{"-A", "--"}, "user_agent=--|"},
		{{"-A--"}, "user_agent=--|"},
		{{"https://b.test/", "-f"},
		 "source=https://a.test/|source=https://b.test/|fail|"},
		{{"-f", "https://b.test/", "--links", "list"},
		 "source=https://a.test/|source=https://b.test/|source=list|"
		 "links|fail|"},
		{{"--", "list", "-", "http://-f"},
		 "source=https://a.test/|source=list|source=-|"
		 "source=http://-f|"},
	};

	(void)state;
	set_stdin("/dev/null");
	check_good(rows, LEN(rows), true);
}

static void data_options_make_one_body(void **state)
{
	static const struct good rows[] = {
		{{"-d", "a=1"}, "body=a=1|"},
		{{"-d", ""}, "body=|"},
		{{"-d", "a=1", "--data", "b=2"}, "body=a=1&b=2|"},
		{{"-d", "", "-d", ""}, "body=&|"},
		{{"-d", "a", "-X", "PUT"}, "method=PUT|body=a|"},
		{{"-d", "@form"}, "body=a=1&b=2&c=3|"},
		{{"-d", "x", "-d", "@form"}, "body=x&a=1&b=2&c=3|"},
		{{"-d", "@empty"}, "body=|"},
		{{"--data-raw", "@form"}, "body=@form|"},
		{{"--data-binary", "@list"}, "body=https://b.test/\n|"},
		{{"--data-binary", "a\n"}, "body=a\n|"},
		{{"--json", "{}"},
		 "body={}|header=Content-Type: application/json|"
		 "header=Accept: application/json|"},
		{{"--json", "[1,", "--json", "2]"},
		 "body=[1,2]|header=Content-Type: application/json|"
		 "header=Accept: application/json|"},
		{{"--json", "{}", "-H", "accept: */*"},
		 "body={}|header=accept: */*|"
		 "header=Content-Type: application/json|"},
		{{"-H", "Content-Type:", "-H", "Accept;", "--json", "1"},
		 "body=1|header=Content-Type:|header=Accept;|"},
		{{"-H", "Accept-Language: de", "--json", "1", "-d", "2"},
		 "body=1&2|header=Accept-Language: de|"
		 "header=Content-Type: application/json|"
		 "header=Accept: application/json|"},
		{{"--json", "@list", "-H", "accept:", "-H", "content-type:"},
		 "body=https://b.test/\n|header=accept:|"
		 "header=content-type:|"},
	};

	(void)state;
	check_good(rows, LEN(rows), true);
}

static void binary_data_keeps_every_byte(void **state)
{
	static const char bytes[] = "a=1\r\n&b=2\n\0&c=3";
	struct parsed r;

	(void)state;
	PARSE(&r, SOURCE, "--data-binary", "@form");
	assert_int_equal(r.result, OPTIONS_RUN);
	assert_int_equal(r.o.engine.fetch.body_len, sizeof(bytes) - 1);
	assert_memory_equal(r.o.engine.fetch.body, bytes, sizeof(bytes));
	release(&r);
}

static void headers_come_from_words_and_files(void **state)
{
	static const struct good rows[] = {
		{{"-H", "A: 1", "--header", "B:2"}, "header=A: 1|header=B:2|"},
		{{"-H", "A:", "-H", "B;"}, "header=A:|header=B;|"},
		{{"-H", "A: 1;2:3"}, "header=A: 1;2:3|"},
		{{"-H", "A: \xc3\xa9\tx"}, "header=A: \xc3\xa9\tx|"},
		{{"-H", "@headers"},
		 "header=X-One: 1|header=X-Two: 2|header=X-Three;|"
		 "header=Accept:|"},
		{{"-H", "@empty"}, NULL},
	};

	(void)state;
	check_good(rows, LEN(rows), true);
}

static void bad_values_are_refused_with_advice(void **state)
{
	static const struct bad rows[] = {
		{{"-P", "0"}, "-P \"0\": too small; give one from 1 to 20000"},
		{{"--fail-over", "5"}, "--fail-over \"5\": a % is needed: 5% is "
				       "five of a hundred requests"},
		{{"--fail-over", "101%"}, "--fail-over \"101%\": too large; "
					  "give at most 100%"},
#define NO_PERCENTAGE ": not a percentage; give one like 5% or 0.5%"
		{{"--fail-over", "-1%"}, "--fail-over \"-1%\"" NO_PERCENTAGE},
		{{"--fail-over", "5%%"}, "--fail-over \"5%%\"" NO_PERCENTAGE},
		{{"--fail-over", "%"}, "--fail-over \"%\"" NO_PERCENTAGE},
		{{"--fail-over="}, "--fail-over \"\"" NO_PERCENTAGE},
		{{"--fail-over", "5 %"}, "--fail-over \"5 %\"" NO_PERCENTAGE},
		{{"--fail-over", "nan%"}, "--fail-over \"nan%\"" NO_PERCENTAGE},
		{{"-Pmany"}, "-P \"many\": not a whole number; give one from "
			     "1 to 20000"},
		{{"--parallel-max=20001"}, "--parallel-max \"20001\": too "
		 "large; give one from 1 to 20000"},
		{{"--parallel-max-host", "-1"}, "--parallel-max-host \"-1\": "
		 "not a whole number; give one from 1 to 20000"},
		{{"--rate", "10"}, "--rate \"10\": a unit is needed: 10/s, "
				   "600/m or 1000/h"},
		{{"--host-rate", "x/s"}, "--host-rate \"x/s\": not a rate; "
		 "give one like 10/s, 600/m or 1000/h, or none for no limit"},
		{{"--host-rate", "0/s"}, "--host-rate \"0/s\": must be more "
		 "than 0; give a rate like 10/s, 600/m or 1000/h, or none for "
		 "no limit"},
		{{"--rate", "none"}, "--rate \"none\": not a rate; give one "
		 "like 10/s, 600/m or 1000/h"},
		{{"-m", "30s"}, "-m \"30s\": not a number of seconds; give "
				"one without a unit, like 30 or 2.5"},
		{{"--connect-timeout", "-1"}, "--connect-timeout \"-1\": not a "
		 "number of seconds; give one without a unit, like 30 or 2.5"},
		{{"--retry", "1.5"}, "--retry \"1.5\": not a whole number; "
				     "give one from 0 to 1000000"},
		{{"--retry-max-time", "soon"}, "--retry-max-time \"soon\": not "
		 "a number of seconds; give one without a unit, like 30 or "
		 "2.5"},
		{{"--max-redirs", "-2"}, "--max-redirs \"-2\": not a whole "
		 "number; give one from 0 to 1000000, or -1 for no limit"},
		{{"--max-filesize", "16MB"}, "--max-filesize \"16MB\": not a "
		 "size; give a whole number of bytes, or of k, M, G: 500k, "
		 "16M"},
		{{"--workers", "0"}, "--workers \"0\": too small; give one "
				     "from 1 to 1024"},
		{{"-X", ""}, "-X \"\": not a method; give one like GET or "
			     "PUT"},
		{{"-X", "GET /"}, "-X \"GET /\": not a method; give one like "
				  "GET or PUT"},
		{{"-X=PUT"}, "-X \"=PUT\": not a method; give one like GET or "
			     "PUT"},
		{{"-H", "no colon"}, "-H \"no colon\": not a header; give "
		 "\"Name: value\", \"Name:\" (to remove one) or \"Name;\" (to "
		 "send it empty)"},
		{{"-H", ": x"}, "-H \": x\": not a header; give \"Name: "
		 "value\", \"Name:\" (to remove one) or \"Name;\" (to send it "
		 "empty)"},
		{{"-H", "A: 1\r\nB: 2"}, "-H \"A: 1??B: 2\": must not hold "
		 "line ends or other control characters"},
		{{"-H", "@nowhere"}, "-H \"@nowhere\": No such file or "
				     "directory"},
		{{"-d", "@nowhere"}, "-d \"@nowhere\": No such file or "
				     "directory"},
		{{"-d", "@"}, "-d \"@\": a file name must follow the @"},
		{{"--json", "@folder"}, "--json \"@folder\": Is a directory"},
		{{"-A", "a\nB: c"}, "-A \"a?B: c\": must not hold line ends "
				    "or other control characters"},
		{{"-e", ";auto"}, "-e \";auto\": \";auto\" is not supported; "
				  "give a URL"},
		{{"-u", "me"}, "-u \"***\": a password is needed: "
			       "USER:PASSWORD (there is no prompt)"},
		{{"--oauth2-bearer", ""}, "--oauth2-bearer \"\": must not be "
					  "empty"},
		{{"-b", "a=1\r\nX: y"}, "-b \"a=***\": must not hold line "
		 "ends or other control characters"},
		{{"-c", "-"}, "-c \"-\": standard output is for records; give "
			      "a file, or /dev/stderr"},
		{{"--summary", "-"}, "--summary \"-\": standard output is for "
				     "records; give a file, or /dev/stderr"},
		{{"--summary="}, "--summary \"\": must not be empty"},
		{{"--report", "-"}, "--report \"-\": standard output is for "
				    "records; give a file, or /dev/stderr"},
		{{"-o", ""}, "-o \"\": must not be empty"},
		{{"--proto-default", "ftp"}, "--proto-default \"ftp\": not a "
					     "scheme; give http or https"},
		{{"--resolve", ""}, "--resolve \"\": must not be empty"},
		{{"--dns-servers", ""}, "--dns-servers \"\": must not be "
					"empty"},
		{{"--cacert", ""}, "--cacert \"\": must not be empty"},
		{{"--url", ""}, "--url \"\": must not be empty"},
		{{"-K", "nowhere"}, "-K \"nowhere\": No such file or "
				    "directory"},
	};

	(void)state;
	check_bad(rows, LEN(rows), true);
}

static void unknown_mode_is_refused_with_a_list(void **state)
{
	struct parsed r;

	(void)state;
	PARSE(&r, SOURCE, "--mode", "warp");
	assert_int_equal(r.result, OPTIONS_EXIT_USAGE);
	assert_non_null(strstr(r.err, "scrape: --mode \"warp\": there is no "
				      "such mode; there are "));
	for (const struct mode *m = modes; m->name; m++)
		assert_non_null(strstr(r.err, m->name));
	release(&r);
}

static void unknown_options_are_refused(void **state)
{
	static const struct bad rows[] = {
		{{"--nonsense"},
		 "there is no option --nonsense; scrape "
		 "--help lists all"},
		{{"--paralel-max", "5"},
		 "there is no option --paralel-max; "
		 "did you mean --parallel-max?"},
		{{"--hedaers"},
		 "there is no option --hedaers; did you mean "
		 "--headers?"},
		{{"--connect"},
		 "there is no option --connect; did you mean "
		 "--connect-timeout?"},
		{{"--par"},
		 "there is no option --par; scrape --help lists "
		 "all"},
		{{"--verbos=1"},
		 "there is no option --verbos; did you mean "
		 "--verbose?"},
		{{"--no-orderd"},
		 "there is no option --no-orderd; did you "
		 "mean --no-ordered?"},
		{{"--no-rate"},
		 "there is no option --no-rate; scrape --help "
		 "lists all"},
		{{"--no-"},
		 "there is no option --no-; scrape --help lists "
		 "all"},
		{{"--=x"}, "there is no option --; scrape --help lists all"},
		{{"--restart"},
		 "there is no option --restart: --resume continues the run "
		 "that wrote -o FILE"},
		{{"--resolv"},
		 "there is no option --resolv; did you mean "
		 "--resolve?"},
		{{"-Y"}, "there is no option -Y; scrape --help lists all"},
		{{"-sY"},
		 "there is no option -Y in -sY; scrape --help lists "
		 "all"},
		{{"-sZ"},
		 "there is no option -Z: -P N sets the number of requests in "
		 "flight"},
		{{"-w%{http_code}"},
		 "there is no option -w: every record has "
		 "status, bytes and times; jq selects them (and --host-rate "
		 "N/s limits how often a host is asked)"},
		{{"--multipart=a=b"},
		 "there is no option --multipart: -F NAME=TEXT and -F "
		 "NAME=@FILE send a form"},
		{{"-\xc3\xa9"},
		 "there is no option -\xc3\xa9; scrape --help "
		 "lists all"},
		{{"--links=yes"}, "--links takes no value"},
		{{"--no-links=yes"}, "--no-links takes no value"},
		{{"-P"}, "-P needs a value: N"},
		{{"-sm"}, "-m needs a value: SECONDS"},
		{{"--rate"}, "--rate needs a value: N/UNIT"},
	};

	(void)state;
	check_bad(rows, LEN(rows), true);
}

static void contradictions_are_refused(void **state)
{
	static const struct bad rows[] = {
		{{"-I", "-d", "a"}, "--head and --data (or --json) contradict "
				    "each other: HEAD has no body"},
		{{"--json", "1", "-I"}, "--head and --data (or --json) "
		 "contradict each other: HEAD has no body"},
		{{"-I", "-X", "PUT"}, "--head and --request PUT contradict "
				      "each other"},
		{{"-o", "x", "--summary", "x"}, "--output and --summary are "
						"the same file"},
		{{"-o", "x", "--report", "x"}, "--output and --report are the "
					       "same file"},
		{{"--summary", "x", "--report", "x"}, "--summary and --report "
						      "are the same file"},
		{{"list", "-o", "list"}, "\"list\" is both a SOURCE and the "
					 "output"},
		{{"-", "-d", "@-"}, "\"-\": standard input is read by --data "
				    "already"},
		{{"-", "-"}, "\"-\", standard input, was given twice"},
		{{"-d", "@-", "-H", "@-"}, "-H \"@-\": standard input is read "
					   "by --data already"},
		{{"-K", "-", "-K", "-"}, "-K \"-\": standard input is read by "
					 "--config already"},
	};

	(void)state;
	set_stdin("/dev/null");
	check_bad(rows, LEN(rows), true);
}

static void limits_agree_with_each_other(void **state)
{
	static const struct good rows[] = {
		{{"-P", "3"}, "parallel=3|parallel_host=3|"},
		{{"-P", "3", "--parallel-max-host", "100"},
		 "parallel=3|parallel_host=3|"},
		{{"--parallel-max-host", "100"}, "parallel_host=64|"},
		{{"-P", "100", "--parallel-max-host", "100"},
		 "parallel=100|parallel_host=100|"},
	};

	(void)state;
	check_good(rows, LEN(rows), true);
}

static void workers_are_the_processors_we_may_use(void **state)
{
	struct parsed r;
	cpu_set_t before, one;
	int cpu = 0;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
	while (!CPU_ISSET(cpu, &before))
		cpu++;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	PARSE(&r, SOURCE);
	sched_setaffinity(0, sizeof(before), &before);
	assert_int_equal(r.o.engine.workers, 1);
	release(&r);
	PARSE(&r, SOURCE, "--workers", "7");
	assert_int_equal(r.o.engine.workers, 7);
	release(&r);
}

static void sources_are_urls_files_and_standard_input(void **state)
{
	static const struct good rows[] = {
		{{"list"}, "source=list|"},
		{{"./list", "fifo"}, "source=./list|source=fifo|"},
		{{"-"}, "source=-|"},
		{{NULL}, "source=-|"},
		{{"/dev/null"}, "source=/dev/null|"},
		{{"ftp://x", "://", "list"},
		 "source=ftp://x|source=://|source=list|"},
		{{"--url", "https://b.test/", "list"},
		 "source=https://b.test/|source=list|"},
		{{"--url", "b.test/x"}, "source=https://b.test/x|"},
		{{"--url", "b.test", "--proto-default", "http"},
		 "source=http://b.test|proto_default=http|"},
	};

	(void)state;
	set_stdin("/dev/null");
	check_good(rows, LEN(rows), false);
}

static void sources_that_cannot_be_read_are_refused(void **state)
{
	static const struct bad rows[] = {
		{{""}, "a SOURCE is empty; give a URL, a file, or -"},
		{{"nowhere"}, "cannot read \"nowhere\": No such file or "
			      "directory"},
		{{"urls.txt"}, "cannot read \"urls.txt\": No such file or "
			       "directory"},
		{{"list/x"}, "cannot read \"list/x\": Not a directory"},
		{{"folder"}, "\"folder\" is a directory; give a file of "
			     "URLs"},
		{{"example.com"}, "there is no file \"example.com\"; if you "
		 "mean the URL, write https://example.com"},
		{{"example.com/a?b.txt"}, "there is no file "
		 "\"example.com/a?b.txt\"; if you mean the URL, write "
		 "https://example.com/a?b.txt"},
		{{"localhost:8080/x"}, "there is no file "
		 "\"localhost:8080/x\"; if you mean the URL, write "
		 "http://localhost:8080/x"},
		{{"127.0.0.1:8080"}, "there is no file \"127.0.0.1:8080\"; if "
		 "you mean the URL, write http://127.0.0.1:8080"},
		{{"page"}, "\"page\" is a page, not a list of URLs; scrape "
			   "extract reads pages"},
		{{"localhost:8080/x", "--proto-default", "http"}, "there is no "
		 "file \"localhost:8080/x\"; if you mean the URL, write "
		 "http://localhost:8080/x"},
		{{"binary"}, "\"binary\" is a binary file (it has NUL bytes); "
			     "give a file of URLs"},
		{{"list", "utf16"}, "\"utf16\" is text in UTF-16; give it in "
				    "UTF-8"},
		{{"gathr", "a=b"}, "there is no file \"gathr\"; did you mean "
				   "scrape gather?"},
		{{"..."}, "cannot read \"...\": No such file or directory"},
		{{"-d", "@-"}, "nothing to fetch: give a URL, a file, or - "
			       "(see scrape --help)"},
	};

	(void)state;
	set_stdin("/dev/null");
	check_bad(rows, LEN(rows), false);
}

static void binary_standard_input_is_refused(void **state)
{
	struct parsed r;

	(void)state;
	set_stdin("binary");
	PARSE(&r, "-");
	assert_int_equal(r.result, OPTIONS_EXIT_USAGE);
	assert_string_equal(r.err, "scrape: \"-\" is a binary file (it has "
				   "NUL bytes); give a file of URLs\n");
	release(&r);
	/* Only the rest of the file is checked, which is empty here. */
	set_stdin("utf16");
	lseek(STDIN_FILENO, 0, SEEK_END);
	PARSE(&r, "-");
	assert_int_equal(r.result, OPTIONS_RUN);
	release(&r);
	set_stdin("/dev/null");
}

static void summary_that_could_not_be_written_is_refused(void **state)
{
	static const struct bad rows[] = {
		{{"--summary", "no/such"}, "--summary \"no/such\" cannot be "
		 "written: No such file or directory"},
		{{"--summary", "list/x"}, "--summary \"list/x\" cannot be "
		 "written: Not a directory"},
		{{"--summary", "folder"}, "--summary \"folder\" cannot be "
		 "written: Is a directory"},
		{{"--summary", "/dev/no"}, "--summary \"/dev/no\" cannot be "
		 "written: No such file or directory"},
		{{"--report", "no/such"}, "--report \"no/such\" cannot be "
		 "written: No such file or directory"},
	};
	static const struct good fine[] = {
		{{"--summary", "new"}, "summary=new|"},
		{{"--summary", "./empty"}, "summary=./empty|"},
		{{"--summary", "folder/new"}, "summary=folder/new|"},
		{{"--summary", "/tmp/new"}, "summary=/tmp/new|"},
		{{"--summary", "fifo"}, "summary=fifo|"},
		{{"--summary", "/dev/stderr"}, "summary=/dev/stderr|"},
		{{"--summary", "/dev/stdout"}, "summary=/dev/stdout|"},
		{{"--summary", "/dev/null"}, "summary=/dev/null|"},
	};

	(void)state;
	check_bad(rows, LEN(rows), true);
	check_good(fine, LEN(fine), true);
	assert_int_equal(access("new", F_OK), -1);
}

static void missing_cookie_file_is_a_warning(void **state)
{
	struct parsed r;

	(void)state;
	PARSE(&r, "-b", "nowhere", SOURCE);
	assert_int_equal(r.result, OPTIONS_RUN);
	assert_string_equal(r.err, "scrape: --cookie \"nowhere\": no cookies "
				   "are read from that file: No such file or "
				   "directory (a cookie itself is "
				   "NAME=VALUE)\n");
	release(&r);
	PARSE(&r, "-b", "jar", "-c", "jar", "-b", "list", "-b", "", "-b", "a=1",
	      SOURCE);
	assert_string_equal(r.err, "");
	release(&r);
	PARSE(&r, "-s", "-b", "nowhere", SOURCE);
	assert_string_equal(r.err, "");
	release(&r);
}

static void terminal_is_read_only_on_request(void **state)
{
	const int master = posix_openpt(O_RDWR | O_NOCTTY);
	struct parsed r;
	int slave;

	(void)state;
	if (master < 0 || grantpt(master) || unlockpt(master))
		skip();
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	assert_true(slave >= 0);
	dup2(slave, STDIN_FILENO);
	close(slave);
	PARSE(&r, "-f");
	assert_int_equal(r.result, OPTIONS_EXIT_USAGE);
	assert_non_null(strstr(r.err, "scrape --help"));
	release(&r);
	PARSE(&r, "-s", "-A", "https://a.test/");
	assert_int_equal(r.result, OPTIONS_EXIT_USAGE);
	assert_non_null(strstr(r.err, "-A took the URL as its value"));
	release(&r);
	PARSE(&r, "-");
	assert_int_equal(r.result, OPTIONS_RUN);
	release(&r);
	set_stdin("/dev/null");
	close(master);
}

static void standard_input_that_is_the_output_is_refused(void **state)
{
	struct parsed r;

	(void)state;
	set_stdin("list");
	PARSE(&r, "-", "-o", "list");
	assert_int_equal(r.result, OPTIONS_EXIT_USAGE);
	assert_string_equal(r.err, "scrape: standard input is also the "
				   "output\n");
	release(&r);
	set_stdin("/dev/null");
}

static void config_files_are_read_as_curl_reads_them(void **state)
{
	static const struct good rows[] = {{{"-K", "config"},
		"header=A: 1|header=B: \"2\"\\|user_agent=my bot\t1|"
		"referer=https://b.test/#x|cookie=a=1;b=2|proxy=http://p:1|"
		"insecure|max_time=5000|retry=7|parallel=9|ordered|"
		"summary=s|log=0|"}};

	(void)state;
	FILE_OF("config",
		"\xef\xbb\xbf# a comment\n"
		"/ curl takes this\n"
		"* and this\n"
		"\r\n"
		"   \t \n"
		"user-agent = \"my bot\\t1\"\n"
		"referer=https://b.test/#x\n"
		"  max-time:5  # a comment\n"
		"retry 7\r\n"
		"--parallel-max 9\n"
		"-H \"A: 1\"\n"
		"header = \"B: \\\"2\\\"\\\\\"\n"
		"cookie : a=1;b=2\n"
		"-xhttp://p:1\n"
		"-ks\n"
		"ordered # is fine\n"
		"links\n"
		"no-links\n"
		"--summary=s");
	check_good(rows, LEN(rows), true);
}

static void config_files_name_sources(void **state)
{
	static const struct good rows[] = {
		{{"-K", "config", "list"},
		 "source=https://b.test/?a=b|source=https://c.test|"
		 "source=list|"},
		{{"list", "--config=config"},
		 "source=list|source=https://b.test/?a=b|"
		 "source=https://c.test|"},
	};

	(void)state;
	FILE_OF("config", "url = https://b.test/?a=b\nurl=\"c.test\"\n");
	check_good(rows, LEN(rows), false);
}

static void options_stay_when_their_config_file_is_gone(void **state)
{
	struct parsed r;

	(void)state;
	FILE_OF("stdin", "user-agent = me\nurl = b.test\ndata = x\n");
	set_stdin("stdin");
	PARSE(&r, "-K", "-");
	assert_int_equal(r.result, OPTIONS_RUN);
	assert_string_equal(r.o.engine.fetch.user_agent, "me");
	assert_string_equal(r.o.engine.fetch.body, "x");
	assert_string_equal(r.o.sources.items[0], "https://b.test");
	release(&r);
	set_stdin("/dev/null");
}

static void data_may_come_from_standard_input(void **state)
{
	struct parsed r;

	(void)state;
	FILE_OF("stdin", "a=1\n");
	set_stdin("stdin");
	PARSE(&r, SOURCE, "-d", "@-");
	assert_int_equal(r.result, OPTIONS_RUN);
	assert_string_equal(r.o.engine.fetch.body, "a=1");
	release(&r);
	set_stdin("/dev/null");
}

static void mistakes_in_config_files_have_a_line_number(void **state)
{
	static const struct {
		const char *text, *message;
	} rows[] = {
		{"ordered\n\nnonsense = 1\n",
		 "config:3: there is no option "
		 "--nonsense; scrape --help lists all"},
		{"-Y", "config:1: there is no option -Y; scrape --help lists "
		       "all"},
		{"parallels = 5", "config:1: there is no option --parallels; "
				  "scrape --help lists all"},
		{"parallel = 5",
		 "config:1: there is no option --parallel: -P N sets the "
		 "number of requests in flight"},
		{"retry = many", "config:1: --retry \"many\": not a whole "
				 "number; give one from 0 to 1000000"},
		{"\n-P 0", "config:2: -P \"0\": too small; give one from 1 to "
			   "20000"},
		{"retry", "config:1: --retry needs a value: N"},
		{"retry =\n5", "config:1: --retry needs a value: N"},
		{"retry = # 5", "config:1: --retry needs a value: N"},
		{"links = true", "config:1: --links takes no value"},
		{"links = \"\"", "config:1: --links takes no value"},
		{"user-agent = my bot", "config:1: --user-agent: white space "
					"in a value: leave it out (rate = "
					"5/s), or put the value in double "
					"quotes"},
		{"user-agent = \"my bot", "config:1: --user-agent: the "
					  "closing quote is missing"},
		{"user-agent = \"my bot\\\"", "config:1: --user-agent: the "
					      "closing quote is missing"},
		{"user-agent = \"my \"bot",
		 "config:1: --user-agent: text "
		 "after the closing quote; write \\\" for a quote inside"},
		{"user-agent = \"a\\nB: c\"",
		 "config:1: --user-agent "
		 "\"a?B: c\": must not hold line ends or other control "
		 "characters"},
		{"config = config", "config:1: --config \"config\": a -K file "
				    "cannot name another one"},
		{"-K -", "config:1: -K \"-\": a -K file cannot name another "
			 "one"},
		{"= 5", "config:1: there is no option --; scrape --help lists "
			"all"},
		{"-", "config:1: there is no option -"},
		{"--", "config:1: there is no option --; scrape --help lists "
		       "all"},
		{"\"", "config:1: there is no option --\"; scrape --help "
		       "lists all"},
	};
	static const struct bad row = {{"-K", "config"}, NULL};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct bad expected = row;

		expected.message = rows[i].message;
		put_file("config", rows[i].text, strlen(rows[i].text));
		check_bad(&expected, 1, true);
	}
}

static void unreadable_config_files_are_refused(void **state)
{
	static const struct bad nul[] = {
		{{"-K", "form"}, "-K \"form\": has a NUL byte: not a file of "
				 "options"},
		{{"-K", "folder"}, "-K \"folder\": Is a directory"},
		{{"-K", "/dev/zero"}, "-K \"/dev/zero\": larger than 64 MB"},
	};

	(void)state;
	check_bad(nul, LEN(nul), true);
}

static void long_messages_are_truncated_to_one_line(void **state)
{
	char *word = xcalloc(100001, 1);
	struct parsed r;

	(void)state;
	memset(word, 'x', 100000);
	PARSE(&r, SOURCE, "-P", word);
	assert_int_equal(r.result, OPTIONS_EXIT_USAGE);
	assert_true(strlen(r.err) < 400);
	release(&r);
	word[0] = word[1] = '-';
	PARSE(&r, SOURCE, word);
	assert_int_equal(r.result, OPTIONS_EXIT_USAGE);
	assert_true(strlen(r.err) < 400);
	release(&r);
	memcpy(word, "a\n\033[31m", 7);
	PARSE(&r, word);
	assert_int_equal(r.result, OPTIONS_EXIT_USAGE);
	assert_true(strlen(r.err) < 400);
	assert_ptr_equal(strchr(r.err, '\n'), r.err + strlen(r.err) - 1);
	assert_null(strchr(r.err, '\033'));
	release(&r);
	free(word);
}

static void help_has_every_option_and_fits_the_screen(void **state)
{
	struct parsed r;
	char *name;

	(void)state;
	PARSE(&r, "--help", "--nonsense");
	assert_int_equal(r.result, OPTIONS_EXIT_OK);
	assert_string_equal(r.err, "");
	for (const struct option_row *row = option_rows; row->name; row++) {
		const char *end = option_value_is_optional(row) ? "[=" : " ";

		if (option_variant(row, FOR_SCRAPE) != row)
			continue;
		if (row->letter)
			name = xasprintf(" -%c, --%s%s", row->letter,
					 row->name, end);
		else
			name = xasprintf(" --%s%s", row->name, end);
		if (option_is_for(row) & FOR_SCRAPE)
			assert_non_null(strstr(r.out, name));
		else
			assert_null(strstr(r.out, name));
		free(name);
	}
	for (char *line = r.out, *end; *line; line = end + 1) {
		end = strchr(line, '\n');
		assert_true(end - line <= 80);
	}
	release(&r);
}

static void help_of_crawl_says_what_resume_does_in_a_crawl(void **state)
{
	struct parsed r;

	(void)state;
	PARSE_CRAWL(&r, "--help");
	assert_int_equal(r.result, OPTIONS_EXIT_OK);
	assert_non_null(strstr(r.out, " --resume "));
	assert_non_null(strstr(r.out, "continue the crawl in --state"));
	assert_null(strstr(r.out, "[=url]"));
	assert_null(strstr(r.out, "repeat failed requests"));
	for (char *line = r.out, *end; *line; line = end + 1) {
		end = strchr(line, '\n');
		assert_true(end - line <= 80);
	}
	release(&r);
	PARSE_CRAWL(&r, "--state", "x", "--resume=url", "http://a/");
	assert_int_equal(r.result, OPTIONS_EXIT_USAGE);
	assert_non_null(strstr(r.err, "--resume takes no value"));
	release(&r);
}

static void version_names_the_program_and_its_libraries(void **state)
{
	struct parsed r;

	(void)state;
	PARSE(&r, "-sV", "nowhere");
	assert_int_equal(r.result, OPTIONS_EXIT_OK);
	assert_ptr_equal(strstr(r.out, "scrape " SCRAPE_VERSION "\nlibcurl/"),
			 r.out);
	assert_non_null(strstr(r.out, " c-ares/1."));
	assert_non_null(strstr(r.out, " libxml2/2."));
	assert_non_null(strstr(r.out, " jansson/2."));
	release(&r);
}

static void names_and_letters_are_unique(void **state)
{
	(void)state;
	for (const struct option_row *r = option_rows; r->name; r++) {
		/* A name may have rows for several commands, but only one for
		 * each. */
		const struct option_row *first =
			option_by_name(r->name, strlen(r->name));

		for (unsigned bit = 1; bit <= option_is_for(r); bit <<= 1)
			if (option_is_for(r) & bit)
				assert_ptr_equal(option_variant(first, bit), r);
		assert_true(strlen(r->name) <= SUGGEST_MAX - 5);
		assert_true(strncmp(r->name, "no-", 3) != 0);
		if (r->letter)
			assert_string_equal(option_by_letter(r->letter)->name,
					    r->name);
		if (r->negatable)
			assert_true(!r->arg || option_value_is_optional(r));
	}
}

static void distance_counts_typing_mistakes(void **state)
{
	char longer[60];

	(void)state;
	assert_int_equal(suggest_distance("", ""), 0);
	assert_int_equal(suggest_distance("", "abc"), 3);
	assert_int_equal(suggest_distance("retry", "retry"), 0);
	assert_int_equal(suggest_distance("rety", "retry"), 1);
	assert_int_equal(suggest_distance("rettry", "retry"), 1);
	assert_int_equal(suggest_distance("retri", "retry"), 1);
	assert_int_equal(suggest_distance("rerty", "retry"), 1);
	assert_int_equal(suggest_distance("kitten", "sitting"), 3);
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(suggest_distance(longer, "a"), sizeof(longer) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_set_their_members),
		cmocka_unit_test(arguments_are_split_as_by_curl_and_getopt),
		cmocka_unit_test(data_options_make_one_body),
		cmocka_unit_test(binary_data_keeps_every_byte),
		cmocka_unit_test(headers_come_from_words_and_files),
		cmocka_unit_test(bad_values_are_refused_with_advice),
		cmocka_unit_test(unknown_mode_is_refused_with_a_list),
		cmocka_unit_test(unknown_options_are_refused),
		cmocka_unit_test(contradictions_are_refused),
		cmocka_unit_test(limits_agree_with_each_other),
		cmocka_unit_test(workers_are_the_processors_we_may_use),
		cmocka_unit_test(sources_are_urls_files_and_standard_input),
		cmocka_unit_test(sources_that_cannot_be_read_are_refused),
		cmocka_unit_test(binary_standard_input_is_refused),
		cmocka_unit_test(summary_that_could_not_be_written_is_refused),
		cmocka_unit_test(missing_cookie_file_is_a_warning),
		cmocka_unit_test(terminal_is_read_only_on_request),
		cmocka_unit_test(standard_input_that_is_the_output_is_refused),
		cmocka_unit_test(config_files_are_read_as_curl_reads_them),
		cmocka_unit_test(config_files_name_sources),
		cmocka_unit_test(options_stay_when_their_config_file_is_gone),
		cmocka_unit_test(data_may_come_from_standard_input),
		cmocka_unit_test(mistakes_in_config_files_have_a_line_number),
		cmocka_unit_test(unreadable_config_files_are_refused),
		cmocka_unit_test(long_messages_are_truncated_to_one_line),
		cmocka_unit_test(help_has_every_option_and_fits_the_screen),
		cmocka_unit_test(help_of_crawl_says_what_resume_does_in_a_crawl),
		cmocka_unit_test(version_names_the_program_and_its_libraries),
		cmocka_unit_test(names_and_letters_are_unique),
		cmocka_unit_test(distance_counts_typing_mistakes),
	};

	return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
