/*
 * cmd/gather/spec/spec.c and the files that read parts of a spec. Bad specs are
 * in tests/cases/gather_spec: spec.json, vars (lines of NAME=VALUE), and
 * expected (regular expressions that the message has to match).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <regex.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/slice.h"
#include "cmd/gather/spec/spec.h"
#include "tests/unit/exact_copy.h"
#include "tests/unit/heap_blocks.h"
#include "tests/unit/rounds.h"

static const struct gather_vars no_vars;

/* Reads a spec in which ' stands for ". */
static void read_good(struct gather_spec *spec, const char *text,
		      const struct gather_vars *vars)
{
	struct buf why = {0};
	char *json = xstrdup(text);

	for (char *c = json; *c; c++)
		if (*c == '\'')
			*c = '"';
	if (gather_spec_read(spec, (struct slice){json, strlen(json)}, vars,
			     &why))
		fail_msg("%s: %s", json, buf_cstr(&why));
	assert_int_equal(why.len, 0);
	free(json);
}

static void expect_json(const json_t *json, const char *expected)
{
	char *text = json ? json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY)
			  : NULL;

	for (char *c = text; c && *c; c++)
		if (*c == '"')
			*c = '\'';
	if (expected)
		assert_string_equal(text, expected);
	else
		assert_null(text);
	free(text);
}

static void expect_values(const struct gather_endpoint *e, const char *expected)
{
	json_t *values = json_array();

	for (size_t i = 0; i < gather_values_count(e); i++)
		json_array_append_new(values, gather_values_get(e, i));
	expect_json(values, expected);
	json_decref(values);
}

static void expect_plan(const struct gather_spec *spec, const char *expected)
{
	struct buf out = {0};

	gather_spec_print(spec, &out);
	assert_string_equal(buf_cstr(&out), expected);
	buf_release(&out);
}

/* --- Bad specs -------------------------------------------------------- */

static struct buf read_file(const char *name)
{
	struct buf text = {0}, why = {0};

	if (file_read(&text, name, &why))
		fail_msg("%s: %s", name, buf_cstr(&why));
	buf_cstr(&text);
	return text;
}

static size_t split(char *text, const char **lines, size_t max)
{
	size_t count = 0;

	for (char *eol; (eol = strchr(text, '\n')); text = eol + 1) {
		*eol = '\0';
		assert_true(count < max);
		lines[count++] = text;
	}
	return count;
}

static void expect_match(const char *name, const char *pattern,
			 const char *message)
{
	regex_t regex;

	assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB), 0);
	if (regexec(&regex, message, 0, NULL, 0))
		fail_msg("%s: \"%s\" does not match %s", name, message,
			 pattern);
	regfree(&regex);
}

/* Reads the spec of the case folder, which must be refused. */
static void expect_refused(const char *name)
{
	const char *lines[16], *set[16];
	struct buf spec_text = read_file("spec.json"), why = {0};
	struct buf expected = read_file("expected"), vars_text = {0};
	struct gather_vars vars = {.list = set};
	struct gather_spec spec;
	size_t count = split(expected.data, lines, 16);

	if (!access("vars", R_OK)) {
		vars_text = read_file("vars");
		vars.count = split(vars_text.data, set, 16);
	}
	if (!gather_spec_read(&spec, slice_of(&spec_text), &vars, &why))
		fail_msg("%s was taken", name);
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++)
		expect_match(name, lines[i], buf_cstr(&why));
	/* All secrets in these folders begin with "hush". */
	assert_null(strstr(buf_cstr(&why), "hush"));
	assert_null(strchr(buf_cstr(&why), '\n'));
	gather_spec_release(&spec);
	buf_release(&spec_text);
	buf_release(&expected);
	buf_release(&vars_text);
	buf_release(&why);
}

static void bad_specs_are_refused_with_place_and_remedy(void **state)
{
	DIR *folder = opendir(SOURCE_ROOT "/tests/cases/gather_spec");
	const struct dirent *entry;
	unsigned count = 0;

	(void)state;
	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		char *path;

		if (entry->d_name[0] == '.')
			continue;
		path = xasprintf(SOURCE_ROOT "/tests/cases/gather_spec/%s",
				 entry->d_name);
		assert_int_equal(chdir(path), 0);
		expect_refused(entry->d_name);
		free(path);
		count++;
	}
	closedir(folder);
	assert_true(count >= 45);
}

/* --- Good specs ------------------------------------------------------- */

static void example_of_the_manual_is_read(void **state)
{
	const char *set[] = {"TOKEN=t0p"};
	struct gather_spec spec;
	struct gather_endpoint *e;

	(void)state;
	read_good(&spec,
		  "{'base_url': 'https://api.example.com/',"
		  " 'headers': {'Authorization': 'Bearer ${TOKEN}'},"
		  " 'concurrency': 5, 'rate': '10/s', 'endpoints': {"
		  "'posts': {'path': 'posts', 'params': {'_limit': 10}},"
		  "'users': {'path': 'users/{}', 'each': [1, 2, 3]},"
		  "'comments': {'path': 'posts/{id}/comments',"
		  " 'each': {'from': 'posts', 'jq': '.[]'}},"
		  "'orders': {'path': 'orders', 'paginate': {'link': 'next'},"
		  " 'jq': '.items[]'}},"
		  "'result': '{names: [.users[].name]}'}",
		  &(struct gather_vars){set, 1});
	assert_int_equal(spec.count, 4);
	assert_int_equal(spec.concurrency, 5);
	assert_true(spec.interval == 100);
	assert_string_equal(spec.result, "{names: [.users[].name]}");
	e = spec.list[0];
	assert_string_equal(e->name, "posts");
	assert_string_equal(e->url, "https://api.example.com/posts");
	expect_json(e->params, "{'_limit':'10'}");
	assert_string_equal(buf_cstr(&e->headers),
			    "Authorization: Bearer t0p\n");
	e = spec.list[1];
	assert_int_equal(e->number, 1);
	assert_int_equal(e->each, EACH_VALUES);
	expect_values(e, "[1,2,3]");
	assert_string_equal(e->url, "https://api.example.com/users/{}");
	e = spec.list[2];
	assert_int_equal(e->each, EACH_FROM);
	assert_ptr_equal(e->from, spec.list[0]);
	assert_string_equal(e->each_filter, ".[]");
	e = spec.list[3];
	assert_int_equal(e->pages.kind, PAGES_LINK);
	assert_string_equal(e->pages.link, "next");
	assert_int_equal(e->pages.max, 0);
	assert_string_equal(e->filter, ".items[]");
	gather_spec_release(&spec);
	assert_null(spec.list);
}

static void bases_and_paths_are_joined_as_folders(void **state)
{
	static const char *const joined[][3] = {
		{"https://a.example/v1", "x", "https://a.example/v1/x"},
		{"https://a.example/v1/", "x", "https://a.example/v1/x"},
		{"https://a.example/v1", "/x", "https://a.example/v1/x"},
		{"https://a.example/v1/", "/x", "https://a.example/v1/x"},
		{"https://a.example/v1", "", "https://a.example/v1"},
		{"https://a.example/v1", "?q=1", "https://a.example/v1?q=1"},
		{"https://a.example", "x", "https://a.example/x"},
		{"https://a.example/v1", "http://b.example/y",
		 "http://b.example/y"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(joined) / sizeof(*joined); i++) {
		char *text = xasprintf("{'base_url': '%s', 'endpoints': "
				       "{'a': '%s'}}", joined[i][0],
				       joined[i][1]);
		struct gather_spec spec;

		read_good(&spec, text, &no_vars);
		assert_string_equal(spec.list[0]->url, joined[i][2]);
		gather_spec_release(&spec);
		free(text);
	}
}

static void variables_may_be_whole_urls(void **state)
{
	const char *set[] = {"BASE=http://b.example/v2", "ID=7"};
	struct gather_spec spec;

	(void)state;
	read_good(&spec,
		  "{'base_url': '${BASE}', 'endpoints': {'a': 'x/${ID}',"
		  " 'b': '${BASE}/y', 'c': {'url': '${BASE}/{}/${ID}',"
		  " 'each': {'range': [1, 2]}}}}",
		  &(struct gather_vars){set, 2});
	assert_string_equal(spec.list[0]->url, "http://b.example/v2/x/7");
	assert_string_equal(spec.list[0]->shown, "${BASE}/x/${ID}");
	assert_string_equal(spec.list[1]->url, "http://b.example/v2/y");
	assert_string_equal(spec.list[2]->url, "http://b.example/v2/{}/7");
	assert_string_equal(spec.list[2]->shown, "${{BASE}}/{}/${{ID}}");
	gather_spec_release(&spec);
}

static void variables_come_from_options_environment_and_vars(void **state)
{
	const char *set[] = {"SCRAPE_T_A=from option", "SCRAPE_T_A=last"};
	struct gather_spec spec;

	(void)state;
	setenv("SCRAPE_T_A", "from environment", 1);
	setenv("SCRAPE_T_B", "from environment", 1);
	unsetenv("SCRAPE_T_C");
	read_good(&spec,
		  "{'vars': {'SCRAPE_T_B': 'x', 'SCRAPE_T_C': '${raw}'},"
		  " 'endpoints': {'a': {'url': 'https://a.example/',"
		  " 'body': '${SCRAPE_T_A},${SCRAPE_T_B},${SCRAPE_T_C},"
		  "$${SCRAPE_T_A},$x,$$'}}}",
		  &(struct gather_vars){set, 2});
	assert_string_equal(spec.list[0]->body,
			    "last,from environment,${raw},${SCRAPE_T_A},$x,$$");
	gather_spec_release(&spec);
}

static void braces_of_variables_are_not_placeholders(void **state)
{
	const char *set[] = {"V={id}"};
	struct gather_spec spec;

	(void)state;
	read_good(&spec,
		  "{'headers': {'X-All': '{id}'},"
		  " 'endpoints': {'a': {'url': 'https://a.example/{id}',"
		  " 'each': [{'id': 1}], 'json': ['${V}', '{id}', '{{id}}']},"
		  " 'b': {'url': 'https://a.example/', 'json': '${V} {id}'}}}",
		  &(struct gather_vars){set, 1});
	expect_json(spec.list[0]->json, "['{{id}}','{id}','{{id}}']");
	assert_string_equal(buf_cstr(&spec.list[0]->headers),
			    "X-All: {{id}}\n");
	expect_json(spec.list[1]->json, "'{id} {id}'");
	assert_string_equal(buf_cstr(&spec.list[1]->headers),
			    "X-All: {id}\n");
	gather_spec_release(&spec);
}

static void headers_and_params_are_merged_by_name(void **state)
{
	struct gather_spec spec;

	(void)state;
	read_good(&spec,
		  "{'headers': {'X-A': 'all', 'X-B': 'all', 'X-C': 'all'},"
		  " 'params': {'p': 'all', 'q': 'all', 'r': 'all'},"
		  " 'endpoints': {'a': {'url': 'https://a.example/',"
		  " 'headers': {'x-a': ' own ', 'X-C': null,"
		  " 'X-D': ['1', '2'], 'X-E': ''},"
		  " 'params': {'p': [1, 0.1, true], 'r': null}}}}", &no_vars);
	assert_string_equal(buf_cstr(&spec.list[0]->headers),
			    "x-a: own\nX-C:\nX-D: 1\nX-D: 2\nX-E;\n"
			    "X-B: all\n");
	expect_json(spec.list[0]->params, "{'q':'all','p':['1','0.1','true']}");
	gather_spec_release(&spec);
}

static void bodies_are_json_text_or_a_form(void **state)
{
	struct gather_spec spec;

	(void)state;
	read_good(&spec,
		  "{'base_url': 'https://a.example/', 'endpoints': {"
		  "'a': {'path': 'a', 'json': {'query': 'query { users }',"
		  " 'n': 1.5}},"
		  "'b': {'path': 'b', 'body': ''},"
		  "'c': {'path': 'c', 'method': 'PUT', 'each': ['x'],"
		  " 'form': {'a b': 'c&{}d {{e}}', 'l': [1, false]}},"
		  "'d': {'path': 'd', 'json': null}}}", &no_vars);
	expect_json(spec.list[0]->json,
		    "{'query':'query { users }','n':1.5}");
	assert_null(spec.list[0]->method);
	assert_string_equal(spec.list[1]->body, "");
	assert_string_equal(spec.list[2]->body,
			    "a+b=c%26{}d+%7Be%7D&l=1&l=false");
	assert_true(spec.list[2]->form);
	assert_string_equal(spec.list[2]->method, "PUT");
	expect_json(spec.list[3]->json, "null");
	gather_spec_release(&spec);
}

static void values_are_literals_ranges_and_lines(void **state)
{
	static const char path[] = "/tmp/test_gather_spec.lines";
	static const char lines[] =
		"\xef\xbb\xbf{\"id\": 1}\r\n\n  {\"id\": \"z\"} \n";
	struct buf bytes = {0}, why = {0};
	struct gather_spec spec;

	(void)state;
	buf_addstr(&bytes, lines);
	assert_int_equal(file_write(path, &bytes, &why), 0);
	read_good(&spec,
		  "{'base_url': 'https://a.example/', 'endpoints': {"
		  "'a': {'path': '{}', 'each': {'range': [1, 3]}},"
		  "'b': {'path': '{}', 'each': {'range': [10, 1, -4]}},"
		  "'c': {'path': '{}', 'each': {'range': [5, 5, -1]}},"
		  "'d': {'path': '{id}', 'each': "
		  "{'file': '/tmp/test_gather_spec.lines'}},"
		  "'e': {'path': 'e', 'json': '{}', 'each': [null, [1]]},"
		  "'f': {'path': '{}', 'each': []}}}", &no_vars);
	expect_values(spec.list[0], "[1,2,3]");
	expect_values(spec.list[1], "[10,6,2]");
	expect_values(spec.list[2], "[5]");
	expect_json(spec.list[3]->values, "[{'id':1},{'id':'z'}]");
	expect_json(spec.list[4]->values, "[null,[1]]");
	expect_json(spec.list[5]->values, "[]");
	gather_spec_release(&spec);
	unlink(path);
	buf_release(&bytes);
	buf_release(&why);
}

static void every_kind_of_paging_is_read(void **state)
{
	struct gather_spec spec;
	const struct gather_pages *p;

	(void)state;
	read_good(&spec,
		  "{'base_url': 'https://a.example/', 'endpoints': {"
		  "'next': {'path': '', 'paginate': {'next': '.n', 'max': 3}},"
		  "'param': {'path': '', 'paginate': {'cursor': '.c',"
		  " 'param': 'after'}},"
		  "'header': {'path': '', 'paginate': {'cursor': '.c',"
		  " 'header': 'X-After'}},"
		  "'graph': {'path': '', 'json': {'variables':"
		  " {'after': null}},"
		  " 'paginate': {'cursor': '.c', 'json': '/variables/after',"
		  " 'more': '.m'}},"
		  "'page': {'path': '', 'paginate': {'page': 'p'}},"
		  "'zero': {'path': '', 'paginate': {'page': 'p', 'from': 0,"
		  " 'total': '.t'}},"
		  "'offset': {'path': '', 'paginate': {'offset': 'o',"
		  " 'step': 50}},"
		  "'headers': {'path': '', 'paginate': {"
		  " 'cursor_header': 'X-Next-Page', 'param': 'p'}},"
		  "'urls': {'path': '', 'paginate': {"
		  " 'next_header': 'X-Page-Next', 'max_empty': 7}}}}",
		  &no_vars);
	p = &spec.list[0]->pages;
	assert_int_equal(p->kind, PAGES_NEXT);
	assert_string_equal(p->filter, ".n");
	assert_int_equal(p->max, 3);
	p = &spec.list[1]->pages;
	assert_int_equal(p->kind, PAGES_CURSOR);
	assert_string_equal(p->param, "after");
	p = &spec.list[2]->pages;
	assert_string_equal(p->header, "X-After");
	assert_null(p->param);
	p = &spec.list[3]->pages;
	assert_string_equal(p->pointer, "/variables/after");
	assert_string_equal(p->more, ".m");
	p = &spec.list[4]->pages;
	assert_int_equal(p->kind, PAGES_NUMBER);
	assert_int_equal(p->from, 1);
	p = &spec.list[5]->pages;
	assert_int_equal(p->from, 0);
	assert_string_equal(p->total, ".t");
	p = &spec.list[6]->pages;
	assert_int_equal(p->kind, PAGES_OFFSET);
	assert_int_equal(p->from, 0);
	assert_int_equal(p->step, 50);
	p = &spec.list[7]->pages;
	assert_int_equal(p->kind, PAGES_CURSOR_HEADER);
	assert_string_equal(p->from_header, "x-next-page");
	assert_string_equal(p->param, "p");
	p = &spec.list[8]->pages;
	assert_int_equal(p->kind, PAGES_NEXT_HEADER);
	assert_string_equal(p->from_header, "x-page-next");
	assert_int_equal(p->max_empty, 7);
	gather_spec_release(&spec);
}

static void auth_of_an_endpoint_overrides_that_of_the_spec(void **state)
{
	struct gather_spec spec;
	const struct gather_auth *auth;

	(void)state;
	read_good(&spec,
		  "{'base_url': 'https://a.example/',"
		  " 'auth': {'bearer': 'tok'}, 'endpoints': {"
		  "'a': 'a', 'b': {'path': 'b', 'auth': null},"
		  "'c': {'path': 'c', 'auth': {'basic': 'me:pw'}},"
		  "'d': {'path': 'd', 'auth': {'oauth2': {"
		  "'token_url': 'https://a.example/t', 'client_id': 'i',"
		  " 'client_secret': 's', 'scope': 'r w'}}}}}", &no_vars);
	auth = &spec.list[0]->auth;
	assert_int_equal(auth->kind, AUTH_BEARER);
	assert_string_equal(auth->secret, "tok");
	assert_int_equal(spec.list[1]->auth.kind, AUTH_NONE);
	auth = &spec.list[2]->auth;
	assert_int_equal(auth->kind, AUTH_BASIC);
	assert_string_equal(auth->secret, "me:pw");
	auth = &spec.list[3]->auth;
	assert_int_equal(auth->kind, AUTH_OAUTH2);
	assert_string_equal(auth->token_url, "https://a.example/t");
	assert_string_equal(auth->client_id, "i");
	assert_string_equal(auth->client_secret, "s");
	assert_string_equal(auth->scope, "r w");
	gather_spec_release(&spec);
}

static void limits_of_an_endpoint_are_its_own(void **state)
{
	struct gather_spec spec;

	(void)state;
	read_good(&spec,
		  "{'endpoints': {'a': {'url': 'https://a.example/',"
		  " 'concurrency': 2, 'rate': '30/m', 'max_time': 2.5}}}",
		  &no_vars);
	assert_int_equal(spec.concurrency, 0);
	assert_int_equal(spec.list[0]->concurrency, 2);
	assert_true(spec.list[0]->interval == 2000);
	assert_true(spec.list[0]->max_time == 2500);
	gather_spec_release(&spec);
}

/* --- The plan --------------------------------------------------------- */

static void plan_is_in_the_order_of_starting(void **state)
{
	struct gather_spec spec;

	(void)state;
	read_good(&spec,
		  "{'base_url': 'https://a.example/v1', 'result': '.a',"
		  " 'endpoints': {"
		  "'c': {'path': 'c/{id}', 'each': {'from': 'b'}},"
		  "'b': {'path': 'b/{id}?x={id}', 'params': {'y': 'a {id}'},"
		  " 'each': {'from': 'a', 'jq': '.[]'}},"
		  "'a': {'path': 'a', 'params': {'q': 'x y', 'l': [1, 2]},"
		  " 'paginate': {'page': 'p', 'total': '.t', 'max': 9},"
		  " 'jq': '.i[]', 'rate': '2/s', 'max_time': 2},"
		  "'d': {'path': 'd/{}#f', 'each': ['x/y', 'z'],"
		  " 'json': ['{}'], 'paginate': {'cursor': '.c',"
		  " 'header': 'X-C', 'more': '.m'}},"
		  "'e': {'path': 'e', 'paginate': {'cursor_header': 'X-N',"
		  " 'param': 'p', 'max_empty': 9}},"
		  "'f': {'path': 'f', 'paginate': {'next_header': 'X-U'}}}}",
		  &no_vars);
	expect_plan(&spec,
		    "a, at once\n"
		    "  GET https://a.example/v1/a?q=x+y&l=1&l=2&p=1\n"
		    "  pages: p=1, 2, ..., as many as .t says, at most 9\n"
		    "  one start in 0.5 s\n"
		    "  at most 2 s each\n"
		    "  jq: .i[]\n"
		    "d, at once, for each of 2 values\n"
		    "  POST https://a.example/v1/d/x%2Fy#f\n"
		    "  with a JSON body\n"
		    "  pages: cursor .c to header X-C, while .m\n"
		    "e, at once\n"
		    "  GET https://a.example/v1/e\n"
		    "  pages: cursor of header X-N to parameter p, until 9 in "
		    "a row are empty\n"
		    "f, at once\n"
		    "  GET https://a.example/v1/f\n"
		    "  pages: next URL of header X-U\n"
		    "b, when a has arrived, for each of .[]\n"
		    "  GET https://a.example/v1/b/{id}?x={id}&y=a+{id}\n"
		    "c, when b has arrived, for each of its items\n"
		    "  GET https://a.example/v1/c/{id}\n"
		    "result: .a\n");
	gather_spec_release(&spec);
}

static void variables_of_paging_are_names_in_the_plan(void **state)
{
	const char *set[] = {"V=hush"};
	struct gather_spec spec;

	(void)state;
	read_good(&spec,
		  "{'base_url': 'https://a.example/', 'endpoints': {"
		  "'a': {'path': '', 'method': '${V}',"
		  " 'paginate': {'link': '${V}'}},"
		  "'b': {'path': '', 'paginate': {'page': '${V}'}},"
		  "'c': {'path': '', 'json': {'hush': 1}, 'paginate':"
		  " {'cursor': '.c', 'json': '/${V}'}}}}",
		  &(struct gather_vars){set, 1});
	assert_string_equal(spec.list[0]->pages.link, "hush");
	assert_string_equal(spec.list[2]->pages.pointer, "/hush");
	expect_plan(&spec, "a, at once\n"
			   "  ${V} https://a.example/\n"
			   "  pages: Link header, rel ${V}\n"
			   "b, at once\n"
			   "  GET https://a.example/?${V}=1\n"
			   "  pages: ${V}=1, 2, ...\n"
			   "c, at once\n"
			   "  POST https://a.example/\n"
			   "  with a JSON body\n"
			   "  pages: cursor .c to /${V} of the body\n");
	gather_spec_release(&spec);
}

static void filters_of_many_lines_are_one_in_the_plan(void **state)
{
	struct gather_spec spec;

	(void)state;
	read_good(&spec,
		  "{'result': '.a\\n| .b', 'endpoints': {'a': {"
		  "'url': 'https://a.example/\\u001b[1m\\u009b1m',"
		  " 'jq': '.a\\n| .b', 'paginate': {'next': '.c\\n| .d'}}}}",
		  &no_vars);
	expect_plan(&spec, "a, at once\n"
			   "  GET https://a.example/ [1m  1m\n"
			   "  pages: next URL .c | .d\n"
			   "  jq: .a | .b\n"
			   "result: .a | .b\n");
	gather_spec_release(&spec);
}

static void secrets_are_not_in_the_plan(void **state)
{
	const char *set[] = {"K=hush-1", "HOST=hush-2.example", "E=hush-3"};
	struct gather_spec spec;
	struct buf out = {0};

	(void)state;
	read_good(&spec,
		  "{'base_url': 'https://me:hush-4@${HOST}/v1',"
		  " 'headers': {'Cookie': 'hush-5', 'X-Api-Key': '${K}',"
		  " 'X-Plain': 'plain'}, 'params': {'api_key': 'hush-6',"
		  " 'k': '${K}'}, 'auth': {'bearer': 'hush-7'},"
		  " 'endpoints': {"
		  "'a': 'x?token=hush-8&b=1#access_token=hush-9',"
		  "'b': {'path': 'y/{}?key=${K}', 'each': ['${E}', 'v']}}}",
		  &(struct gather_vars){set, 3});
	assert_string_equal(spec.list[0]->shown,
			    "https://***@${HOST}/v1/x?token=***&b=1"
			    "#access_token=***");
	assert_string_equal(spec.list[1]->shown,
			    "https://***@${{HOST}}/v1/y/{}?key=${{K}}");
	gather_spec_print(&spec, &out);
	assert_null(strstr(buf_cstr(&out), "hush"));
	buf_release(&out);
	expect_plan(&spec,
		    "a, at once\n"
		    "  GET https://***@${HOST}/v1/x?token=***&b=1&api_key=***"
		    "&k=${K}#access_token=***\n"
		    "  Cookie: ***\n"
		    "  X-Api-Key: ${K}\n"
		    "  X-Plain: plain\n"
		    "  with a bearer token\n"
		    "b, at once, for each of 2 values\n"
		    "  GET https://***@${HOST}/v1/y/{}?key=${K}&api_key=***"
		    "&k=${K}\n"
		    "  Cookie: ***\n"
		    "  X-Api-Key: ${K}\n"
		    "  X-Plain: plain\n"
		    "  with a bearer token\n");
	gather_spec_release(&spec);
}

/* --- Words ------------------------------------------------------------ */

static void arguments_are_names_and_urls(void **state)
{
	static const char *const words[] = {
		"profile=https://a.example/users/1?x={y}&z=${HOME}",
		"orders=http://b.example/",
	};
	struct gather_spec spec;
	struct buf why = {0};

	(void)state;
	assert_int_equal(gather_spec_from_args(&spec, words, 2, &why), 0);
	assert_int_equal(spec.count, 2);
	assert_string_equal(spec.list[0]->name, "profile");
	assert_string_equal(spec.list[0]->url,
			    "https://a.example/users/1?x={y}&z=${HOME}");
	assert_int_equal(spec.list[0]->each, EACH_ONCE);
	assert_int_equal(spec.list[1]->number, 1);
	expect_plan(&spec, "profile, at once\n"
			   "  GET https://a.example/users/1?x={y}&z=${HOME}\n"
			   "orders, at once\n"
			   "  GET http://b.example/\n");
	gather_spec_release(&spec);
}

static void bad_arguments_are_refused(void **state)
{
	static const struct {
		const char *words[2], *why;
	} bad[] = {
		{{"https://a.example/?token=hush"},
		 "https://a.example/?token=***: must be NAME=URL, as in "
		 "users=https://example.com/users"},
		{{"a b=https://a.example/"},
		 "a b: is not a name for an endpoint: use letters, digits, _ "
		 "and -, at most 100"},
		{{"a=https://a.example/", "a=https://b.example/"},
		 "a: is used twice: each endpoint needs its own name"},
		{{"a=ftp://a.example/"},
		 "a: the URL must begin with http:// or https://"},
		{{"a="}, "a: the URL is not a URL; give one like "
			 "https://example.com/"},
		{{"a=https://\xff"}, "a: the URL is not UTF-8"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const size_t count = bad[i].words[1] ? 2 : 1;
		struct gather_spec spec;
		struct buf why = {0};

		assert_int_equal(
			gather_spec_from_args(&spec, bad[i].words, count, &why),
			-1);
		assert_string_equal(buf_cstr(&why), bad[i].why);
		gather_spec_release(&spec);
		buf_release(&why);
	}
}

/* --- Sizes, and strange files ----------------------------------------- */

/* Takes under a second without sanitizers (measured in 2026). */
static void a_hundred_thousand_endpoints_are_read(void **state)
{
	enum { COUNT = ROUNDS(100000) };
	struct buf text = {0}, why = {0}, out = {0}, first = {0};
	struct gather_spec spec;
	const clock_t start = clock();

	(void)state;
	buf_addstr(&text, "{\"base_url\": \"https://a.example/\", "
			  "\"headers\": {\"X\": \"y\"}, \"endpoints\": {");
	for (int i = 0; i < COUNT; i++)
		buf_addf(&text, "\"e%d\": {\"path\": \"{id}\", \"jq\": \".\", "
				"\"each\": {\"from\": \"e%d\"}},\n", i, i + 1);
	buf_addf(&text, "\"e%d\": \"last\"}}", COUNT);
	if (gather_spec_read(&spec, slice_of(&text), &no_vars, &why))
		fail_msg("%s", buf_cstr(&why));
	gather_spec_print(&spec, &out);
	buf_addf(&first, "e%d, at once", COUNT);
	assert_memory_equal(out.data, first.data, first.len);
	assert_int_equal(why.len, 0);
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 30);
	gather_spec_release(&spec);
	buf_release(&text);
	buf_release(&out);
	buf_release(&first);
}

static void long_cycle_is_abbreviated(void **state)
{
	enum { COUNT = 1000 };
	struct buf text = {0}, why = {0};
	struct gather_spec spec;

	(void)state;
	buf_addstr(&text, "{\"base_url\": \"https://a.example/\", "
			  "\"endpoints\": {");
	for (int i = 0; i < COUNT; i++)
		buf_addf(&text, "%s\"e%d\": {\"path\": \"{id}\", "
				"\"each\": {\"from\": \"e%d\"}}\n",
			 i ? "," : "", i, (i + 1) % COUNT);
	buf_addstr(&text, "}}");
	assert_int_equal(gather_spec_read(&spec, slice_of(&text), &no_vars,
					  &why), -1);
	assert_string_equal(buf_cstr(&why),
			    "endpoints.e0.each.from: these wait for each "
			    "other: e0 -> e1 -> e2 -> e3 -> e4 -> e5 -> e6 -> "
			    "e7 -> e8 -> e9 -> ... -> e0");
	gather_spec_release(&spec);
	buf_release(&text);
	buf_release(&why);
}

static void deep_json_is_a_body_or_an_error(void **state)
{
	static const unsigned depths[] = {2000, 100000};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct buf text = {0}, why = {0};
		struct gather_spec spec;

		buf_addstr(&text, "{\"endpoints\": {\"a\": {\"url\": "
				  "\"https://a.example/\", \"json\": ");
		for (unsigned n = 0; n < depths[i]; n++)
			buf_addch(&text, '[');
		for (unsigned n = 0; n < depths[i]; n++)
			buf_addch(&text, ']');
		buf_addstr(&text, "}}}");
		assert_int_equal(gather_spec_read(&spec, slice_of(&text),
						  &no_vars, &why), -(int)i);
		gather_spec_release(&spec);
		buf_release(&text);
		buf_release(&why);
	}
}

/* Returns true if the text is a spec; otherwise checks that there is a
 * message. */
static bool is_spec(const char *text, size_t len)
{
	char *copy = exact_copy(text, len);
	struct buf why = {0};
	struct gather_spec spec;
	const bool good = !gather_spec_read(&spec, (struct slice){copy, len},
					    &no_vars, &why);

	assert_int_equal(good, !why.len);
	gather_spec_release(&spec);
	buf_release(&why);
	exact_free(copy);
	return good;
}

/* Positions are tested in steps, because each of thousands of specs compiles
 * its filters. */
#ifdef __SANITIZE_ADDRESS__
enum { STEP = 31 };
#else
enum { STEP = 3 };
#endif

/* Reads each prefix of the text, and the text with each byte replaced in
 * turn. */
static void read_damaged(const char *text, size_t len)
{
	static const char bytes[] = {'}', '"', '$', '~', '/', 0x01,
				     (char)0xff};
	char *damaged = xmemdup(text, len);

	for (size_t at = 0; at < len; at += STEP) {
		assert_false(is_spec(text, at));
		for (size_t i = 0; i < sizeof(bytes); i++) {
			damaged[at] = bytes[i];
			/* JSON has neither of these bytes outside of escapes,
			 * so the text cannot be valid. */
			assert_false(is_spec(damaged, len) &&
				     (bytes[i] == 0x01 || bytes[i] == (char)0xff));
		}
		damaged[at] = text[at];
	}
	free(damaged);
}

static void damaged_specs_are_harmless(void **state)
{
	static const char text[] =
		"{\"base_url\":\"https://a.example/\",\"vars\":{\"V\":\"x\"},"
		"\"auth\":{\"basic\":\"a:b\"},\"endpoints\":{"
		"\"a\":{\"path\":\"${V}\",\"paginate\":{\"cursor\":\".c\","
		"\"json\":\"/v/a\"},\"json\":{\"v\":{\"a\":null}}},"
		"\"b\":{\"path\":\"{id}\",\"form\":{\"x\":\"{id}\"},"
		"\"each\":[{\"id\":1}]}}}";
	long before;

	(void)state;
	assert_true(is_spec(text, sizeof(text) - 1));
	read_damaged(text, sizeof(text) - 1);
	if (SANITIZED)		/* the sanitizer finds leaks itself */
		return;
	/* The first call has allocated memory that is kept between calls, so
	 * the count starts after it. */
	before = heap_blocks();
	read_damaged(text, sizeof(text) - 1);
	assert_int_equal(heap_blocks(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_specs_are_refused_with_place_and_remedy),
		cmocka_unit_test(example_of_the_manual_is_read),
		cmocka_unit_test(bases_and_paths_are_joined_as_folders),
		cmocka_unit_test(variables_may_be_whole_urls),
		cmocka_unit_test(
			variables_come_from_options_environment_and_vars),
		cmocka_unit_test(braces_of_variables_are_not_placeholders),
		cmocka_unit_test(headers_and_params_are_merged_by_name),
		cmocka_unit_test(bodies_are_json_text_or_a_form),
		cmocka_unit_test(values_are_literals_ranges_and_lines),
		cmocka_unit_test(every_kind_of_paging_is_read),
		cmocka_unit_test(
			auth_of_an_endpoint_overrides_that_of_the_spec),
		cmocka_unit_test(limits_of_an_endpoint_are_its_own),
		cmocka_unit_test(plan_is_in_the_order_of_starting),
		cmocka_unit_test(variables_of_paging_are_names_in_the_plan),
		cmocka_unit_test(filters_of_many_lines_are_one_in_the_plan),
		cmocka_unit_test(secrets_are_not_in_the_plan),
		cmocka_unit_test(arguments_are_names_and_urls),
		cmocka_unit_test(bad_arguments_are_refused),
		cmocka_unit_test(a_hundred_thousand_endpoints_are_read),
		cmocka_unit_test(long_cycle_is_abbreviated),
		cmocka_unit_test(deep_json_is_a_body_or_an_error),
		cmocka_unit_test(damaged_specs_are_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
