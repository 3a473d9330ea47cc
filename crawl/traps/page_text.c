/* Counts, for each of the 64 bits of a hash, the words whose hash has this bit.
 * The 64 counters are stored as bit planes: one number has the same bit of all
 * counters. Eight hashes are added at a time (a carry-save adder). */
#include "crawl/traps/page_text.h"

enum { WORDS_MAX = (1 << PAGE_TEXT_PLANES) - 1 };

/* Returns the slot that holds the word's hash, or the empty slot where it
 * belongs. */
static size_t url_slot(const struct page_text_reader *r, uint64_t hash)
{
	size_t i = hash % PAGE_TEXT_URL_SLOTS;

	while (r->url_words[i] && r->url_words[i] != hash)
		i = (i + 1) % PAGE_TEXT_URL_SLOTS;
	return i;
}

static void add_url_word(struct page_text_reader *r, struct word w)
{
	const size_t at = url_slot(r, w.hash);

	/* Leave some slots empty, because a search ends at an empty slot. */
	if (r->n_url_words >= PAGE_TEXT_URL_WORDS)
		return;
	r->n_url_words += !r->url_words[at];
	r->url_words[at] = w.hash;
}

void page_text_begin(struct page_text_reader *r, struct slice url)
{
	struct words *w = &r->words_of_text;
	struct word_block b;

	memset(r, 0, offsetof(struct page_text_reader, words_of_text));
	words_init(w);
	do {
		words_fill(w, &url);
		while (words_read(w, &b, !url.len))
			while (b.left)
				add_url_word(r, words_take(&b));
	} while (url.len);
}

static void add_to(uint64_t *digest, uint64_t hash)
{
	*digest = ((*digest << 7 | *digest >> 57) ^ hash) * WORDS_EACH_WORD;
}

/* Adds three numbers bit by bit, each position on its own: *sum becomes the
 * sums, and the carries are returned. */
static inline uint64_t add_bits(uint64_t *sum, uint64_t a, uint64_t b)
{
	const uint64_t differ = *sum ^ a;
	const uint64_t carry = (*sum & a) | (differ & b);

	*sum = differ ^ b;
	return carry;
}

/* Adds the eight hashes in r->waiting to the counters. */
static void count_waiting(struct page_text_reader *r)
{
	uint64_t *p = r->planes;
	const uint64_t *x = r->waiting;
	uint64_t a, b, fours, carry;

	a = add_bits(&p[0], x[0], x[1]);
	b = add_bits(&p[0], x[2], x[3]);
	fours = add_bits(&p[1], a, b);
	a = add_bits(&p[0], x[4], x[5]);
	b = add_bits(&p[0], x[6], x[7]);
	carry = add_bits(&p[2], fours, add_bits(&p[1], a, b));
	for (size_t i = 3; carry && i < PAGE_TEXT_PLANES; i++) {
		const uint64_t both = p[i] & carry;

		p[i] ^= carry;
		carry = both;
	}
	r->n_waiting = 0;
}

/* Mixes the bits of a word's hash, so that each depends on all bytes of the
 * word. */
static uint64_t mix(uint64_t hash)
{
	hash *= WORDS_EACH_WORD;
	return hash ^ hash >> 29;
}

static inline void count_bits(struct page_text_reader *r, uint64_t hash)
{
	uint64_t *recent = &r->recent[hash % PAGE_TEXT_RECENT];

	if (*recent == hash)
		return;
	*recent = hash;
	r->counted++;
	r->waiting[r->n_waiting++] = mix(hash);
	if (r->n_waiting == PAGE_TEXT_WAITING)
		count_waiting(r);
}

static inline void add_word(struct page_text_reader *r, struct page_text *t,
			    struct word w)
{
	const bool is_of_url = r->url_words[url_slot(r, w.hash)];

	add_to(&t->whole, w.hash);
	if (!is_of_url || !w.has_digit)
		add_to(&t->undated, w.hash);
	if (!is_of_url && w.has_other)
		add_to(&t->wordings, w.hash);
	count_bits(r, w.hash);
}

/* Adds the words of all blocks that can be read now. */
static void add_words(struct page_text_reader *r, bool is_end)
{
	struct page_text t = r->text;
	struct word_block b;

	while (words_read(&r->words_of_text, &b, is_end)) {
		struct word_block here = b;

		if (r->words > WORDS_MAX - WORDS_BLOCK)
			continue;
		for (; here.left; r->words++)
			add_word(r, &t, words_take(&here));
	}
	r->text = t;
}

void page_text_continue(struct page_text_reader *r, struct slice text)
{
	words_fill(&r->words_of_text, &text);
	while (text.len) {
		add_words(r, false);
		words_fill(&r->words_of_text, &text);
	}
}

void page_text_add(struct page_text_reader *r, struct slice text)
{
	if (words_add_piece(&r->words_of_text, text))
		return;
	page_text_continue(r, (struct slice){" ", 1});
	page_text_continue(r, text);
}

void page_text_add_image(struct page_text_reader *r, struct slice src)
{
	struct word_block b;
	struct words w;

	if (r->words >= PAGE_TEXT_FEW_WORDS)
		return;
	r->images++;
	words_init(&w);
	do {
		words_fill(&w, &src);
		while (words_read(&w, &b, !src.len))
			while (b.left)
				add_to(&r->image_digest, words_take(&b).hash);
	} while (src.len);
}

/* Compares all 64 counters with half the number of words, one bit plane after
 * the other, from the highest on. */
static uint64_t simhash_of(struct page_text_reader *r)
{
	uint64_t above = 0, equal = ~UINT64_C(0);
	const size_t half = r->counted / 2;

	/* A hash of 0 adds nothing. */
	while (r->n_waiting % PAGE_TEXT_WAITING)
		r->waiting[r->n_waiting++] = 0;
	if (r->n_waiting)
		count_waiting(r);
	for (unsigned i = PAGE_TEXT_PLANES; i-- > 0;) {
		const uint64_t bit = half >> i & 1 ? ~UINT64_C(0) : 0;

		above |= equal & r->planes[i] & ~bit;
		equal &= ~(r->planes[i] ^ bit);
	}
	return above;
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
	add_words(r, true);
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
