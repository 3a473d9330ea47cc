/* Links made absolute: the fast path gives the same result as the parser, and
 * takes little time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/url/url.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Resolves a link by the slow path of url_resolve(), the parser. */
static struct buf resolve_slowly(const char *s, size_t len,
				 const struct url *base)
{
	struct buf out = {0};
	struct url u;

	if (url_parse(&u, s, len, base) == 0)
		buf_add(&out, u.href, u.len);
	else
		buf_add(&out, s, len);
	url_release(&u);
	return out;
}

/* Returns the text `before`, then `unit` count times, then `after`. */
static struct buf repeated(const char *before, const char *unit, size_t count,
			   const char *after)
{
	struct buf b = {0};

	buf_addstr(&b, before);
	while (count--)
		buf_addstr(&b, unit);
	buf_addstr(&b, after);
	return b;
}

/* Limit of the CPU time: more than a hundred times the measured time, and far
 * less than quadratic time would be. */
enum { PATIENCE_MS = 5000 };

static void hostile_input_takes_linear_time(void **state)
{
	static const char *const units[][3] = {
		{"", "../", "x"},	    {"http://h/", "a/../", ""},
		{"/", "%2e%2e/", ""},	    {"/", "%2e", ""},
		{"http://", "@", "h/"},	    {"http://", "a:b@", "h/"},
		{"http://", ".", "/"},	    {"http://", "1.", "/"},
		{"http://", "xn--a.", "/"}, {"http://", "é.", "/"},
		{"http://", "é", "/"},	    {"http://", "%C3%A9", "/"},
		{"http://[", ":", "]"},	    {"http://", "[", "/"},
		{"http://h/", "\t", "x"},   {"http://h/", "\xff", ""},
		{"data:", " ", "?"},	    {"sc:/", "/.", "//x"},
		{"file:///", "C|/../", ""}, {"http:", "\\", "h"},
	};
	const char *const page = "http://h/a/b/c";
	const clock_t start = clock();
	struct url base;

	(void)state;
	assert_int_equal(url_parse(&base, page, strlen(page), NULL), 0);
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		struct buf out = {0};
		struct buf in =
			repeated(units[i][0], units[i][1],
				 (1 << 20) / strlen(units[i][1]), units[i][2]);

		url_resolve(&out, in.data, in.len, &base);
		assert_true(out.len > 0);
		buf_release(&out);
		buf_release(&in);
	}
	url_release(&base);
	assert_true((clock() - start) / (CLOCKS_PER_SEC / 1000) < PATIENCE_MS);
}

/* Returns a pseudo-random number, the same in every run (splitmix64). */
static uint32_t next_random(uint64_t *seed, uint32_t below)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ z >> 31) >> 32) % below;
}

static void add_random(struct buf *b, uint64_t *seed, const char *const *words,
		       size_t count, uint32_t most)
{
	for (uint32_t n = next_random(seed, most + 1); n; n--)
		buf_addstr(b, words[next_random(seed, (uint32_t)count)]);
}

/* Parts from which links and bases are composed at random. */
static const char *const starts[] = {
	"",
	"",
	"",
	"/",
	"//",
	"../",
	"./",
	"?",
	"#",
	"http://h",
	"https://h/",
	"http://",
	"https://",
	"HTTP://",
	"http:",
	"http://u:p@h:81/",
	"http://h:81",
	" ",
	"\t",
	"ws://",
	"file://",
	"data:",
	"..",
	"http://[::1]/",
};

static const char *const words[] = {
	"a",	"b",	     "x",   "Z",    "h",    "index.html", "0",
	"1",	".",	     "..",  "...",  "%2e",  "%2E",	  "%2",
	"%41",	"%",	     "/",   "/",    "/",    "//",	  "../",
	"./",	"\\",	     "?",   "?",    "&",    "=",	  "#",
	"#",	":",	     ";",   "@",    "-",    "_",	  "~",
	"'",	"\"",	     "<",   "`",    "{",    "|",	  "^",
	"[",	"]",	     "!",   "+",    ",",    " ",	  "\t",
	"\n",	"\x7f",	     "é",   "\xff", "xn--", "xn--ls8h",	  "www.",
	".com", "127.0.0.1", ":80", ":443", "0x1",
};

static const char *const bases[] = {
	"http://h/",
	"https://h/a/b/c?q#f",
	"http://u:p@h:81/x/y",
	"http://[::1]/a//b/",
	"https://127.0.0.1/..a/.b?",
	"ws://h/a/b",
	"ftp://h/a/b",
	"file:///C:/a/b",
	"file://h/a",
	"sc://h",
	"sc:/a/b",
	"sc:/.//a/b",
	"mailto:x",
	"data:x?y#z",
};

static void fast_path_and_parser_give_the_same(void **state)
{
	uint64_t seed = 20240517;

	(void)state;
	for (int i = 0; i < 60000; i++) {
		struct buf link = {0}, fast = {0}, slow;
		struct url base;
		/* Every second base is an http or https URL, because most pages
		 * are. */
		const char *from =
			bases[next_random(&seed, i % 2 ? 5 : ARRAY_LEN(bases))];

		assert_int_equal(url_parse(&base, from, strlen(from), NULL), 0);
		add_random(&link, &seed, starts, ARRAY_LEN(starts), 2);
		add_random(&link, &seed, words, ARRAY_LEN(words), 6);
		buf_cstr(&link);
		slow = resolve_slowly(link.data, link.len, &base);
		url_resolve(&fast, link.data, link.len, &base);
		if (fast.len != slow.len ||
		    (fast.len && memcmp(fast.data, slow.data, fast.len)))
			fail_msg("\"%s\" on %s: \"%s\", not \"%s\"", link.data,
				 from, buf_cstr(&fast), buf_cstr(&slow));
		buf_release(&link);
		buf_release(&fast);
		buf_release(&slow);
		url_release(&base);
	}
}

static void links_without_a_base_are_as_by_the_parser(void **state)
{
	uint64_t seed = 20240518;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct buf link = {0}, fast = {0}, slow;
		struct url u;
		int result;

		add_random(&link, &seed, starts, ARRAY_LEN(starts), 2);
		add_random(&link, &seed, words, ARRAY_LEN(words), 6);
		buf_cstr(&link);
		slow = resolve_slowly(link.data, link.len, NULL);
		result = url_parse(&u, link.data, link.len, NULL);
		url_release(&u);
		assert_int_equal(url_resolve(&fast, link.data, link.len, NULL),
				 result);
		assert_int_equal(fast.len, slow.len);
		if (fast.len && memcmp(fast.data, slow.data, fast.len))
			fail_msg("\"%s\": \"%s\", not \"%s\"", link.data,
				 buf_cstr(&fast), buf_cstr(&slow));
		buf_release(&link);
		buf_release(&fast);
		buf_release(&slow);
	}
}

/* A '/' before the query makes the URL longer than the link. */
static void longest_link_without_a_base_is_as_by_the_parser(void **state)
{
	static const char start[] = "http://h.org?";

	(void)state;
	for (size_t len = URL_MAX - 1; len <= URL_MAX; len++) {
		struct buf fast = {0}, slow;
		char *link = xmalloc(len);

		memset(link, 'a', len);
		memcpy(link, start, sizeof(start) - 1);
		slow = resolve_slowly(link, len, NULL);
		assert_int_equal(url_resolve(&fast, link, len, NULL),
				 len < URL_MAX ? 0 : -1);
		assert_int_equal(fast.len, slow.len);
		buf_release(&fast);
		buf_release(&slow);
		free(link);
	}
}

static void invalid_link_is_left_as_it_is(void **state)
{
	struct buf out = {0};
	struct url base;

	(void)state;
	buf_addstr(&out, "<");
	assert_int_equal(url_parse(&base, "http://h/a", 10, NULL), 0);
	assert_int_equal(url_resolve(&out, "http://a b/", 11, &base), -1);
	assert_int_equal(url_resolve(&out, "x", 1, &base), 0);
	assert_int_equal(url_resolve(&out, "y", 1, NULL), -1);
	assert_string_equal(buf_cstr(&out), "<http://a b/http://h/xy");
	buf_release(&out);
	url_release(&base);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile_input_takes_linear_time),
		cmocka_unit_test(fast_path_and_parser_give_the_same),
		cmocka_unit_test(links_without_a_base_are_as_by_the_parser),
		cmocka_unit_test(
			longest_link_without_a_base_is_as_by_the_parser),
		cmocka_unit_test(invalid_link_is_left_as_it_is),
	};

	return cmocka_run_group_tests_name("url_resolve", tests, NULL, NULL);
}
