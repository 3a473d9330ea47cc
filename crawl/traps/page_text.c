/* One pass over the bytes. Counting the bits of the words' hashes takes few
 * steps, because 64 counters are added to at once: one word of memory has the
 * same bit of each (a carry-save adder). */
#include "crawl/traps/page_text.h"

#include <string.h>

/* Odd constants with an irregular bit pattern, for hashing. */
#define EACH_BYTES UINT64_C(0x9e3779b97f4a7c15)
#define EACH_WORD UINT64_C(0xd6e8feb86659fd93)

#define LOWER_CASE UINT64_C(0x2020202020202020)

enum { WORDS_MAX = (1 << PAGE_TEXT_PLANES) - 1 };

/* Kinds of bytes in words; 0: a byte that separates words. */
enum { DIGIT = 1, OTHER = 2 };

static const unsigned char kinds[256] = {
	['0' ... '9'] = DIGIT,
	['A' ... 'Z'] = OTHER,
	['a' ... 'z'] = OTHER,
	[0x80 ... 0xff] = OTHER,
};

struct word {
	uint64_t hash;
	bool has_digit, has_other;
};

/* Returns up to eight bytes as a number. */
static uint64_t load_bytes(const unsigned char *p, size_t len)
{
	uint64_t bytes = 0;
	uint32_t first, last;

	if (len >= sizeof(bytes)) {
		memcpy(&bytes, p, sizeof(bytes));
		return bytes;
	}
	if (len >= sizeof(first)) {
		memcpy(&first, p, sizeof(first));
		memcpy(&last, p + len - sizeof(last), sizeof(last));
		return first | (uint64_t)last << 32;
	}
	for (size_t i = 0; i < len; i++)
		bytes |= (uint64_t)p[i] << 8 * i;
	return bytes;
}

/* Returns the hash of a word; letter case does not matter: setting the bit 0x20
 * makes letters lower case and leaves digits as they are. */
static uint64_t hash_of(const unsigned char *p, size_t len)
{
	uint64_t h = len * EACH_WORD;

	for (;; p += sizeof(h), len -= sizeof(h)) {
		h = (h ^ (load_bytes(p, len) | LOWER_CASE)) * EACH_BYTES;
		h ^= h >> 32;
		if (len <= sizeof(h))
			break;
	}
	h *= EACH_WORD;
	h ^= h >> 29;
	return h ? h : 1;
}

/* Reads the next word at *s. Returns false at the end. */
static bool next_word(struct slice *s, struct word *w)
{
	const unsigned char *p = (const unsigned char *)s->p;
	const unsigned char *end = p + s->len, *start;
	unsigned found = 0, kind;

	while (p < end && !kinds[*p])
		p++;
	if (p == end)
		return false;
	start = p;
	for (; p < end && (kind = kinds[*p]); p++)
		found |= kind;
	s->len = (size_t)(end - p);
	s->p = (const char *)p;
	*w = (struct word){hash_of(start, (size_t)(p - start)), found & DIGIT,
			   found & OTHER};
	return true;
}

/* Returns the slot that holds the word's hash, or the empty slot where it
 * belongs. */
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

	/* Leave some slots empty, because a search ends at an empty slot. */
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
	uint64_t *recent = &r->recent[hash % PAGE_TEXT_RECENT];

	if (*recent == hash)
		return;
	*recent = hash;
	r->counted++;
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
		if (count_of(r, bit) * 2 > r->counted)
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
