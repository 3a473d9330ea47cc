/* Counts, for each of the 64 bits of a hash, the words whose hash has this bit.
 * The 64 counters are stored as bit planes: one number has the same bit of all
 * counters. Eight hashes are added at a time (a carry-save adder). */
#include "crawl/traps/page_text.h"

#include "crawl/traps/word_block.h"

enum { WORDS_MAX = (1 << PAGE_TEXT_PLANES) - 1 };

/* Bits of a word's hash that must be 0 for the word to be counted, after the
 * first PAGE_TEXT_ALL_COUNTED words. The bits are 0 in a quarter of all
 * words. */
#define SAMPLE (UINT64_C(3) << 62)

/* Returns the slot that holds the word's hash, or the empty slot where it
 * belongs. */
static size_t url_slot(const struct page_text_reader *r, uint64_t hash)
{
	size_t i = hash % PAGE_TEXT_URL_SLOTS;

	while (r->url_words[i] && r->url_words[i] != hash)
		i = (i + 1) % PAGE_TEXT_URL_SLOTS;
	return i;
}

static void add_url_word(struct page_text_reader *r, uint64_t hash)
{
	const size_t at = url_slot(r, hash);

	/* Leave some slots empty, because a search ends at an empty slot. */
	if (r->n_url_words >= PAGE_TEXT_URL_WORDS)
		return;
	r->n_url_words += !r->url_words[at];
	r->url_words[at] = hash;
	r->url_bits |= UINT64_C(1) << hash % 64;
}

/* Returns the URL without its scheme and host: the words of these are the same
 * in all URLs of a host, and texts are compared with those of their host. */
static struct slice path_of(struct slice url)
{
	const char *end = url.p + url.len;
	const char *host = url.len ? memmem(url.p, url.len, "://", 3) : NULL;
	const char *path = host ? memchr(host + 3, '/',
					 (size_t)(end - host) - 3) : NULL;

	return path ? (struct slice){path, (size_t)(end - path)} : url;
}

void page_text_begin(struct page_text_reader *r, struct slice url)
{
	struct words *w = &r->words_of_text;
	struct word_block b;
	uint64_t bits;

	memset(r, 0, offsetof(struct page_text_reader, powers));
	r->powers[0] = 1;
	for (unsigned i = 1; i <= PAGE_TEXT_RUN; i++)
		r->powers[i] = r->powers[i - 1] * WORDS_FACTOR;
	words_init(w);
	url = path_of(url);
	do {
		words_fill(w, &url);
		while (words_read(w, &b, !url.len))
			while (b.edges)
				add_url_word(r, words_take(&b, &bits));
	} while (url.len);
}

/* The digest of a sequence of words is a polynomial of WORDS_FACTOR (modulo
 * 2^64), with the hashes of the words as coefficients. */
static void add_to(uint64_t *digest, uint64_t hash)
{
	*digest = *digest * WORDS_FACTOR + hash;
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
	r->counted += r->n_waiting;
	r->n_waiting = 0;
}

static inline void count_bits(struct page_text_reader *r, uint64_t hash)
{
	uint64_t *recent = &r->recent[hash % PAGE_TEXT_RECENT];

	if (*recent == hash)
		return;
	*recent = hash;
	/* Mix the bits again: those in SAMPLE are the same in most words. */
	hash *= WORDS_FACTOR;
	r->waiting[r->n_waiting++] = hash ^ hash >> 29;
	if (r->n_waiting == PAGE_TEXT_WAITING)
		count_waiting(r);
}

/* Words that follow each other and have not been added to the digests yet,
 * because one multiplication of the digests is enough for all of them. */
struct run {
	uint64_t digest;
	size_t first;	/* number of the first word */
};

/* Adds a run of words to all digests. The next run begins with the word
 * `next`. */
static inline void add_run(struct page_text_reader *r, struct run *run,
			   size_t end, size_t next)
{
	const uint64_t power = r->powers[end - run->first];
	struct page_text *t = &r->text;

	t->whole = t->whole * power + run->digest;
	t->undated = t->undated * power + run->digest;
	t->wordings = t->wordings * power + run->digest;
	*run = (struct run){.first = next};
}

/* Adds a number or a word of the URL to the digests, except for the digest
 * `wordings`. Returns false, and adds nothing, if the word is neither. Not
 * inlined, because there are few such words, and the loop over all words needs
 * the registers. */
static __attribute__((noinline))
bool add_special(struct page_text_reader *r, uint64_t hash, bool has_digit,
		 bool has_other, struct run *run, size_t word)
{
	const bool is_of_url = r->url_words[url_slot(r, hash)];

	if (!is_of_url && has_other)
		return false;
	add_run(r, run, word, word + 1);
	add_to(&r->text.whole, hash);
	if (!is_of_url || !has_digit)
		add_to(&r->text.undated, hash);
	return true;
}

/* Adds the words of a block. words: number of words before. Returns the number
 * of words after the block. */
static inline __attribute__((always_inline))
size_t add_block(struct page_text_reader *r, struct word_block b,
		 struct run *run, size_t words)
{
	const uint64_t left_out = words < PAGE_TEXT_ALL_COUNTED ? 0 : SAMPLE;
	/* In a block with digits, any word may be a number. */
	const uint64_t suspects = b.digits ? ~UINT64_C(0) : r->url_bits;

	for (; b.edges; words++) {
		uint64_t bits;
		const uint64_t hash = words_take(&b, &bits);

		if (__builtin_expect(!(suspects >> hash % 64 & 1), 1) ||
		    !add_special(r, hash, bits & b.digits, bits & ~b.digits,
				 run, words))
			add_to(&run->digest, hash);
		if (!(hash & left_out))
			count_bits(r, hash);
	}
	return words;
}

/* Adds the words of all blocks that can be read now. */
static void add_words(struct page_text_reader *r, bool is_end)
{
	struct run run = {.first = r->words};
	size_t words = r->words;
	struct word_block b;

	while (words_read_inline(&r->words_of_text, &b, is_end)) {
		if (words > WORDS_MAX - WORDS_BLOCK)
			continue;
		words = add_block(r, b, &run, words);
		if (words - run.first > PAGE_TEXT_RUN - WORDS_IN_BLOCK)
			add_run(r, &run, words, words);
	}
	add_run(r, &run, words, words);
	r->words = words;
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
	uint64_t bits;

	if (r->words >= PAGE_TEXT_FEW_WORDS)
		return;
	r->images++;
	words_init(&w);
	do {
		words_fill(&w, &src);
		while (words_read(&w, &b, !src.len))
			while (b.edges)
				add_to(&r->image_digest,
				       words_take(&b, &bits));
	} while (src.len);
}

/* Compares all 64 counters with half the number of words, one bit plane after
 * the other, from the highest on. */
static uint64_t simhash_of(struct page_text_reader *r)
{
	uint64_t above = 0, equal = ~UINT64_C(0);
	size_t half;

	/* A hash of 0 adds nothing. */
	for (size_t i = r->n_waiting; i < PAGE_TEXT_WAITING; i++)
		r->waiting[i] = 0;
	count_waiting(r);
	half = r->counted / 2;
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
