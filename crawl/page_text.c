/* One pass over the bytes. Counting the bits of the words' hashes takes few
 * steps, because 64 counters are added to at once: one word of memory has the
 * same bit of each (a carry-save adder). */
#include "crawl/page_text.h"

#include <string.h>

#include "base/ascii.h"

/* Odd numbers without a pattern. */
#define EACH_BYTE UINT64_C(0x9e3779b97f4a7c15)
#define EACH_WORD UINT64_C(0xd6e8feb86659fd93)

enum { WORDS_MAX = (1 << PAGE_TEXT_PLANES) - 1 };

static const bool is_word_byte[256] = {
	['0' ... '9'] = true,
	['A' ... 'Z'] = true,
	['a' ... 'z'] = true,
	[0x80 ... 0xff] = true,
};

struct word {
	uint64_t hash;
	bool has_digit, has_other;
};

/* Reads the next word at *s. Returns false at the end. */
static bool next_word(struct slice *s, struct word *w)
{
	const unsigned char *p = (const unsigned char *)s->p;
	const unsigned char *end = p + s->len;
	uint64_t h = EACH_WORD;
	bool has_digit = false, has_other = false;

	while (p < end && !is_word_byte[*p])
		p++;
	if (p == end)
		return false;
	for (; p < end && is_word_byte[*p]; p++) {
		const bool is_digit = *p <= '9';

		has_digit |= is_digit;
		has_other |= !is_digit;
		/* Makes letters lower case, and leaves digits as they are. */
		h = (h ^ (*p | 0x20)) * EACH_BYTE;
	}
	h ^= h >> 32;
	h *= EACH_WORD;
	h ^= h >> 29;
	s->len = (size_t)(end - p);
	s->p = (const char *)p;
	*w = (struct word){h ? h : 1, has_digit, has_other};
	return true;
}

/* Returns the slot with the word, or the empty one for it. */
static size_t url_slot(const struct page_text_reader *r, uint64_t hash)
{
	size_t i = hash % PAGE_TEXT_URL_WORDS;

	while (r->url_words[i] && r->url_words[i] != hash)
		i = (i + 1) % PAGE_TEXT_URL_WORDS;
	return i;
}

void page_text_set_url(struct page_text_reader *r, struct slice url)
{
	struct word w;

	/* Some slots stay empty, where a search ends. */
	while (r->n_url_words < PAGE_TEXT_URL_WORDS * 3 / 4 &&
	       next_word(&url, &w)) {
		const size_t at = url_slot(r, w.hash);

		r->n_url_words += !r->url_words[at];
		r->url_words[at] = w.hash;
	}
}

static void add_to(uint64_t *digest, uint64_t hash)
{
	*digest = ((*digest << 7 | *digest >> 57) ^ hash) * EACH_WORD;
}

static void count_bits(struct page_text_reader *r, uint64_t hash)
{
	for (size_t i = 0; hash && i < PAGE_TEXT_PLANES; i++) {
		const uint64_t carry = r->planes[i] & hash;

		r->planes[i] ^= hash;
		hash = carry;
	}
}

void page_text_add(struct page_text_reader *r, struct slice text)
{
	struct word w;

	while (r->words < WORDS_MAX && next_word(&text, &w)) {
		const bool is_of_url = r->url_words[url_slot(r, w.hash)];

		add_to(&r->text.whole, w.hash);
		if (!is_of_url || !w.has_digit)
			add_to(&r->text.undated, w.hash);
		if (!is_of_url && w.has_other)
			add_to(&r->text.wordings, w.hash);
		count_bits(r, w.hash);
		r->words++;
	}
}

void page_text_add_image(struct page_text_reader *r, struct slice src)
{
	struct word w;

	if (r->words >= PAGE_TEXT_FEW_WORDS)
		return;
	r->images++;
	while (next_word(&src, &w))
		add_to(&r->image_digest, w.hash);
}

/* Returns the number of words whose hash has the bit. */
static size_t count_of(const struct page_text_reader *r, unsigned bit)
{
	size_t count = 0;

	for (size_t i = 0; i < PAGE_TEXT_PLANES; i++)
		count |= (size_t)(r->planes[i] >> bit & 1) << i;
	return count;
}

static uint64_t simhash_of(const struct page_text_reader *r)
{
	uint64_t simhash = 0;

	for (unsigned bit = 0; bit < 64; bit++)
		if (count_of(r, bit) * 2 > r->words)
			simhash |= UINT64_C(1) << bit;
	return simhash;
}

static void end_digest(const struct page_text_reader *r, uint64_t *digest)
{
	if (r->images && r->words < PAGE_TEXT_FEW_WORDS)
		add_to(digest, r->image_digest);
	*digest ^= *digest >> 32;
	if (*digest <= PAGE_TEXT_EMPTY)
		*digest = PAGE_TEXT_EMPTY + 1;
}

struct page_text page_text_end(struct page_text_reader *r)
{
	if (!r->words && !r->images)
		return (struct page_text){.whole = PAGE_TEXT_EMPTY};
	end_digest(r, &r->text.whole);
	end_digest(r, &r->text.undated);
	end_digest(r, &r->text.wordings);
	r->text.simhash = simhash_of(r);
	return r->text;
}

bool page_text_is_same(const struct page_text *a, const struct page_text *b)
{
	return a->whole == b->whole ||
	       (a->wordings == b->wordings &&
		page_text_is_near(a->simhash, b->simhash));
}
