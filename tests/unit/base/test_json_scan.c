/* Compares the scan of JSON text in blocks with the scan byte by byte, and
 * tests texts that need not be copied. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json/block.h"
#include "base/json/bytes.h"
#include "base/json/compact.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Returns a pseudo-random number below n. The sequence is the same in every
 * run. */
static unsigned random_below(uint64_t *seed, size_t n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (unsigned)((*seed >> 20) % n);
}

static void add_one_of(struct buf *b, uint64_t *seed,
		       const char *const *texts, size_t count)
{
	buf_addstr(b, texts[random_below(seed, count)]);
}

static void add_space(struct buf *b, uint64_t *seed, bool any)
{
	static const char *const spaces[] = {
		"", "", " ", "\n", "\n    ", "\t\t", "\r\n  ",
		" \t \n                                ",
	};

	if (any)
		add_one_of(b, seed, spaces, COUNT(spaces));
}

static void add_string(struct buf *b, uint64_t *seed)
{
	/* Parts of documents, among them: the first and the last character of
	 * each length in UTF-8, the characters next to surrogates and C1,
	 * halves of surrogate pairs, and at the end bytes that are not
	 * UTF-8. */
	static const char *const parts[] = {
		"a", "hello world ", "0123456789abcde", "https://example.org/",
		"\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "\\uD83D",
		"\\udc00", "\\u4e2d\\u6587", "\\uD55C\\u00e9\\uCafe",
		"\x7f", "\xc2\x85", "\xc2\xa0", "\xc3\xa9",
		"\xdf\xbf", "\xe0\xa0\x80", "\xe4\xb8\xad\xe6\x96\x87",
		"\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbd",
		"\xf0\x90\x80\x80", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf",
		"\xff", "\xe4\xb8", "\xed\xa0\x80", "\xc0\x80",
	};
	const size_t count = random_below(seed, 2) ? 4 : COUNT(parts);

	buf_addch(b, '"');
	for (unsigned i = random_below(seed, 7); i; i--)
		add_one_of(b, seed, parts, count);
	buf_addch(b, '"');
}

static void add_scalar(struct buf *b, uint64_t *seed)
{
	static const char *const scalars[] = {
		"0", "-0", "12", "3.14159", "-65.613616999999977", "1e5",
		"1.5E+10", "1e-7", "0.1", "12345678901234567890123",
		"12345678901234.5", "123456789012345", "1234567890123456",
		"true", "false", "null",
	};

	add_one_of(b, seed, scalars, COUNT(scalars));
}

static void add_value(struct buf *b, uint64_t *seed, unsigned depth, bool space)
{
	const unsigned kind = random_below(seed, depth ? 7 : 3);

	add_space(b, seed, space);
	if (kind == 0) {
		add_scalar(b, seed);
	} else if (kind < 3) {
		add_string(b, seed);
	} else {
		buf_addch(b, kind < 5 ? '{' : '[');
		for (unsigned i = random_below(seed, 5); i; i--) {
			add_space(b, seed, space);
			if (kind < 5) {
				add_string(b, seed);
				add_space(b, seed, space);
				buf_addch(b, ':');
			}
			add_value(b, seed, depth - 1, space);
			if (i > 1)
				buf_addch(b, ',');
		}
		add_space(b, seed, space);
		buf_addch(b, kind < 5 ? '}' : ']');
	}
	add_space(b, seed, space);
}

/* Changes, removes or adds a byte, or cuts the text off. */
static void damage(struct buf *b, uint64_t *seed)
{
	static const char with[] = "{}[],:\"\\01ex \n-.e+\x7f\xc2\xe4\x80\x01]}";
	const size_t at = random_below(seed, b->len);

	switch (random_below(seed, 4)) {
	case 0:
		b->len = at;
		break;
	case 1:
		b->len--;
		memmove(b->data + at, b->data + at + 1, b->len - at);
		break;
	default:
		b->data[at] = with[random_below(seed, sizeof(with) - 1)];
	}
}

/* Makes a document, often a damaged one, in b. Returns a copy in memory of its
 * exact size, which the caller frees. */
static char *make_document(struct buf *b, uint64_t *seed)
{
	const bool space = random_below(seed, 2);
	char *exact;

	buf_clear(b);
	add_value(b, seed, random_below(seed, 6), space);
	for (unsigned i = random_below(seed, 3); i && b->len; i--)
		damage(b, seed);
	exact = malloc(b->len ? b->len : 1);
	assert_non_null(exact);
	memcpy(exact, b->data, b->len);
	return exact;
}

static void assert_same(const struct buf *a, const struct buf *b)
{
	assert_int_equal(a->len, b->len);
	if (a->len)
		assert_memory_equal(a->data, b->data, a->len);
}

static void blocks_and_bytes_give_the_same_values_and_errors(void **state)
{
	struct buf text = {0}, fast = {0}, slow = {0};
	uint64_t seed = 88172645463325252;
	unsigned valid = 0;

	(void)state;
	for (int i = 0; i < 60000; i++) {
		char *exact = make_document(&text, &seed);
		size_t fast_at = 0, slow_at = 0;
		const char *fast_error, *slow_error;

		buf_clear(&fast);
		buf_clear(&slow);
		fast_error = json_compact(&fast, exact, text.len, &fast_at);
		slow_error = json_compact_slowly(&slow, exact, text.len,
						 &slow_at);
		assert_ptr_equal(fast_error, slow_error);
		assert_int_equal(fast_at, slow_at);
		assert_same(&fast, &slow);
		valid += !fast_error;
		free(exact);
	}
	/* Both valid and damaged documents were made. */
	assert_in_range(valid, 10000, 50000);
	buf_release(&text);
	buf_release(&fast);
	buf_release(&slow);
}

static void checked_text_is_the_compact_text(void **state)
{
	struct buf text = {0}, want = {0}, out = {0};
	uint64_t seed = 5;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char *exact = make_document(&text, &seed);
		struct json_checked checked;
		size_t at = 0, want_at = 0;
		const char *error, *want_error;

		buf_clear(&want);
		buf_clear(&out);
		want_error = json_compact(&want, exact, text.len, &want_at);
		error = json_check((struct slice){exact, text.len}, &checked,
				   &out, &at);
		assert_ptr_equal(error, want_error);
		assert_int_equal(at, want_at);
		if (!error) {
			assert_true(slice_equal(checked.json,
						slice_of(&want)));
			assert_int_equal(checked.is_utf8,
					 utf8_valid_prefix(exact, text.len) ==
						 text.len);
		}
		free(exact);
	}
	buf_release(&text);
	buf_release(&want);
	buf_release(&out);
}

/* Numbers of all lengths, with the point at each position, near the end of the
 * text and far from it. Where no digits are before or after the point, the
 * number is wrong. */
static void numbers_of_all_lengths_are_the_same_in_blocks_and_bytes(
	void **state)
{
	static const char *const ends[] = {"]", ",1]", ", 2]", "e5]", ".]"};

	(void)state;
	for (int integer = 0; integer < 36; integer++)
		for (int fraction = -1; fraction < 36; fraction++)
			for (size_t i = 0; i < COUNT(ends) * 3; i++) {
				struct buf text = {0}, fast = {0}, slow = {0};
				size_t fast_at = 0, slow_at = 0;
				const char *error;

				buf_addf(&text, "[%.*s%.*s%.*s%s%*s", integer,
					 "123456789012345678901234567890123456",
					 fraction >= 0, ".",
					 fraction > 0 ? fraction : 0,
					 "098765432109876543210987654321098765",
					 ends[i / 3], (int)(i % 3) * 25, "");
				error = json_compact(&fast, text.data, text.len,
						     &fast_at);
				assert_ptr_equal(error, json_compact_slowly(
					&slow, text.data, text.len, &slow_at));
				assert_int_equal(fast_at, slow_at);
				assert_same(&fast, &slow);
				buf_release(&text);
				buf_release(&fast);
				buf_release(&slow);
			}
}

static void compact_text_is_not_copied(void **state)
{
	static const struct {
		const char *text, *json;
		bool is_copied;
	} rows[] = {
		{"{\"a\":[1,true,\"x y\",{}],\"b\":null}",
		 "{\"a\":[1,true,\"x y\",{}],\"b\":null}", false},
		{" \n[\"a long string with spaces and \xe4\xb8\xad\",-1.5e3]\n",
		 "[\"a long string with spaces and \xe4\xb8\xad\",-1.5e3]",
		 false},
		{"[1, 2]", "[1,2]", true},
		{"[\"\x7f\"]", "[\"\\u007f\"]", true},
		{"[\"\\ud800\"]", "[\"\\ufffd\"]", true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct slice text = {rows[i].text, strlen(rows[i].text)};
		struct json_checked checked;
		struct buf out = {0};
		size_t at;

		buf_addstr(&out, "before");
		assert_null(json_check(text, &checked, &out, &at));
		assert_true(slice_is(checked.json, rows[i].json));
		assert_true(checked.is_utf8);
		assert_int_equal(out.len > strlen("before"),
				 rows[i].is_copied);
		buf_release(&out);
	}
}

/* Fills the block with random bytes, many of which are parts of UTF-8
 * characters. */
static void make_block(char block[JSON_BLOCK], uint64_t *seed)
{
	static const char bytes[] =
		"aaaa\"\\ \t\n\r09/:\x01\x1f\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0"
		"\xc1\xc2\xc3\xdf\xe0\xe1\xec\xed\xee\xef\xf0\xf1\xf3\xf4\xf5"
		"\xff";
	static const char *const characters[] = {
		"\xc2\x80", "\xc2\x9f", "\xc2\xa0", "\xdf\xbf",
		"\xe0\xa0\x80", "\xe4\xb8\xad", "\xed\x9f\xbf", "\xef\xbf\xbf",
		"\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf",
	};
	struct buf b = {0};

	while (b.len < JSON_BLOCK)
		if (random_below(seed, 12))
			add_one_of(&b, seed, characters, COUNT(characters));
		else
			buf_addch(&b, bytes[random_below(seed,
							 sizeof(bytes) - 1)]);
	for (unsigned i = random_below(seed, 3); i; i--)
		b.data[random_below(seed, JSON_BLOCK)] =
			bytes[random_below(seed, sizeof(bytes) - 1)];
	memcpy(block, b.data, JSON_BLOCK);
	buf_release(&b);
}

static void blocks_and_bytes_have_the_same_classes(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (int i = 0; i < 256; i++) {
		char p[JSON_BLOCK];

		memset(p, 'a', sizeof(p));
		p[i % JSON_BLOCK] = (char)i;
		assert_int_equal(json_string_stops(json_block_load(p)),
				 json_string_stops_slowly(p));
		assert_int_equal(json_spaces(json_block_load(p)),
				 json_spaces_slowly(p));
		assert_int_equal(json_digits(json_block_load(p)),
				 json_digits_slowly(p));
		assert_int_equal(json_equals(json_block_load(p), (char)i),
				 json_equals_slowly(p, (char)i));
	}
	for (int i = 0; i < 100000; i++) {
		char p[JSON_BLOCK];

		make_block(p, &seed);
		assert_int_equal(json_plain_characters(p),
				 json_plain_characters_slowly(p));
	}
}

static void two_escapes_are_found_in_blocks_as_in_bytes(void **state)
{
	static const char bytes[] = "\\u09afAFgGDd/:@`\x80\"";
	uint64_t seed = 11;
	unsigned found = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char p[] = "\\u4e2D\\u65d7\\ufa";

		for (unsigned n = random_below(&seed, 3); n; n--)
			p[random_below(&seed, JSON_BLOCK)] = bytes[random_below(
				&seed, sizeof(bytes) - 1)];
		assert_int_equal(json_has_two_units(json_block_load(p)),
				 json_has_two_units_slowly(p));
		found += json_has_two_units_slowly(p);
	}
	assert_in_range(found, 5000, 15000);
}

static void special_bytes_are_found_in_text_of_any_length(void **state)
{
	static const char special[] = "\x01\x1f\"\\\x7f\xc2\x80\xe2";
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		const size_t len = random_below(&seed, 50);
		char *text = malloc(len + !len);

		assert_non_null(text);
		memset(text, 'a', len);
		for (unsigned n = random_below(&seed, 3); len && n; n--)
			text[random_below(&seed, len)] =
				special[random_below(&seed,
						     sizeof(special))];
		assert_int_equal(json_plain_length(text, len),
				 json_plain_length_slowly(text, len));
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_and_bytes_have_the_same_classes),
		cmocka_unit_test(
			blocks_and_bytes_give_the_same_values_and_errors),
		cmocka_unit_test(two_escapes_are_found_in_blocks_as_in_bytes),
		cmocka_unit_test(checked_text_is_the_compact_text),
		cmocka_unit_test(
			numbers_of_all_lengths_are_the_same_in_blocks_and_bytes),
		cmocka_unit_test(compact_text_is_not_copied),
		cmocka_unit_test(
			special_bytes_are_found_in_text_of_any_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
