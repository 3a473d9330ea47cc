#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/mem.h"
#include "crawl/traps/words.h"

enum { TEXTS = 300, LONGEST = 3000 };

static uint64_t state_of_dice = 17;

static unsigned dice(unsigned n)
{
	state_of_dice = state_of_dice * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(state_of_dice >> 33) % n;
}

/* Appends a word to the list as its hash and kinds. */
static void add_word(struct buf *list, uint64_t hash, bool has_digit,
		     bool has_other)
{
	buf_addf(list, "%016llx%d%d ", (unsigned long long)hash, has_digit,
		 has_other);
}

static bool is_of_word(char c)
{
	return ascii_is_alphanumeric(c) || (unsigned char)c >= 0x80;
}

/* Appends the words of the text, found byte by byte, to the list. */
static void list_slowly(struct buf *list, struct slice text)
{
	for (size_t i = 0, len; i < text.len; i += len + !len) {
		unsigned char copy[WORDS_BLOCK + 8] = {0};
		bool has_digit = false, has_other = false;

		for (len = 0; i + len < text.len && len < WORDS_BLOCK &&
			      is_of_word(text.p[i + len]); len++) {
			const bool digit = ascii_is_digit(text.p[i + len]);

			copy[len] = (unsigned char)text.p[i + len];
			has_digit |= digit;
			has_other |= !digit;
		}
		if (len)
			add_word(list, words_hash(copy, len), has_digit,
				 has_other);
	}
}

static void list_blocks(struct buf *list, struct words *w, bool is_end)
{
	struct word_block b;
	uint64_t bits;

	while (words_read(w, &b, is_end))
		while (b.edges) {
			const uint64_t hash = words_take(&b, &bits);

			add_word(list, hash, bits & b.digits,
				 bits & ~b.digits);
		}
}

static void list_words(struct buf *list, struct slice text)
{
	struct words w;

	words_init(&w);
	do {
		words_fill(&w, &text);
		list_blocks(list, &w, !text.len);
	} while (text.len);
}

/* Appends random words of any length, with separators between them. */
static void add_any_text(struct buf *out, size_t len)
{
	static const char bytes[] = "abcxyzABCXYZ0189@[`{/:\x7f\x80\xbf\xff";

	while (out->len < len) {
		const unsigned most = dice(20) ? 12 : 200;

		for (unsigned n = dice(most); n; n--)
			buf_addch(out, bytes[dice(sizeof(bytes) - 1)]);
		for (unsigned n = dice(3); n; n--)
			buf_addch(out, " .\n"[dice(3)]);
	}
}

static void assert_equal_lists(struct buf *a, struct buf *b)
{
	assert_string_equal(buf_cstr(a), buf_cstr(b));
	buf_clear(a);
	buf_clear(b);
}

static void words_are_those_that_are_found_byte_by_byte(void **state)
{
	struct buf text = {0}, fast = {0}, slow = {0};

	(void)state;
	for (unsigned i = 0; i < TEXTS; i++) {
		buf_clear(&text);
		add_any_text(&text, dice(LONGEST));
		list_words(&fast, slice_of(&text));
		list_slowly(&slow, slice_of(&text));
		assert_equal_lists(&fast, &slow);
	}
	buf_release(&text);
	buf_release(&fast);
	buf_release(&slow);
}

/* Adds a space and a piece of text, as page_text_add() does. */
static void put_piece(struct buf *list, struct words *w, struct slice piece)
{
	struct slice space = {" ", 1};

	if (words_add_piece(w, piece))
		return;
	words_fill(w, &space);
	for (; space.len; words_fill(w, &space))
		list_blocks(list, w, false);
	words_fill(w, &piece);
	for (; piece.len; words_fill(w, &piece))
		list_blocks(list, w, false);
}

static void list_pieces(struct buf *list, const struct buf *text,
			const size_t *ends, size_t count)
{
	struct words w;

	words_init(&w);
	for (size_t i = 0, at = 0; i < count; at = ends[i++])
		put_piece(list, &w, (struct slice){text->data + at,
						   ends[i] - at});
	list_blocks(list, &w, true);
}

static void a_space_is_before_each_piece_of_whatever_length(void **state)
{
	struct buf text = {0}, with_spaces = {0}, fast = {0}, slow = {0};
	size_t ends[2 * LONGEST];

	(void)state;
	for (unsigned i = 0; i < TEXTS; i++) {
		size_t count = 0, at = 0;

		buf_clear(&text);
		buf_clear(&with_spaces);
		add_any_text(&text, LONGEST);
		while (at < text.len) {
			const size_t left = text.len - at;
			size_t len = dice(dice(4) ? 40 : 2 * WORDS_TEXT) + 1;

			len = len < left ? len : left;
			buf_addch(&with_spaces, ' ');
			buf_add(&with_spaces, text.data + at, len);
			at += len;
			ends[count++] = at;
		}
		list_pieces(&fast, &text, ends, count);
		list_slowly(&slow, slice_of(&with_spaces));
		assert_equal_lists(&fast, &slow);
	}
	buf_release(&text);
	buf_release(&with_spaces);
	buf_release(&fast);
	buf_release(&slow);
}

static void pieces_may_fill_the_room_exactly(void **state)
{
	char *text = xmalloc(2 * WORDS_TEXT);

	(void)state;
	memset(text, 'a', 2 * WORDS_TEXT);
	for (size_t first = WORDS_TEXT - 3; first <= WORDS_TEXT + 3; first++)
		for (size_t second = 0; second < 3; second++) {
			struct buf list = {0};
			struct words w;

			words_init(&w);
			put_piece(&list, &w, (struct slice){text, first});
			put_piece(&list, &w, (struct slice){text, second});
			list_blocks(&list, &w, true);
			/* Each word takes 19 bytes in the list. */
			assert_int_equal(list.len / 19,
					 (first + WORDS_BLOCK - 1) /
					 WORDS_BLOCK + (second > 0));
			buf_release(&list);
		}
	free(text);
}

static void case_of_letters_does_not_matter(void **state)
{
	static const unsigned char lower[16] = "wordz 9", upper[16] = "WORDZ 9";

	(void)state;
	for (size_t len = 1; len <= 5; len++)
		assert_true(words_hash(lower, len) == words_hash(upper, len));
	assert_true(words_hash(lower, 4) != words_hash(lower, 5));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_those_that_are_found_byte_by_byte),
		cmocka_unit_test(
			a_space_is_before_each_piece_of_whatever_length),
		cmocka_unit_test(pieces_may_fill_the_room_exactly),
		cmocka_unit_test(case_of_letters_does_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
