/* A table says of each byte whether something is to be done with it. */
#include "parse/article/run_text.h"

#include "parse/article/model.h"
#include "parse/article/tokens.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Kinds of bytes. Bytes of the kind WORD are parts of words and nothing
 * more. */
enum kind {
	WORD,
	END,			/* NUL */
	SPACE,
	COMMA,
	STOP,
	DIGIT,
	DOLLAR,
	/* First bytes of characters of which some have a meaning. */
	LATIN,			/* U+0080 to U+00BF */
	CURRENCY,		/* U+2000 to U+2FFF */
	KANA,			/* U+3000 to U+3FFF */
	IDEOGRAPH,
	WIDE,			/* U+F000 to U+FFFF */
	RARE_IDEOGRAPH,		/* U+20000 and above, of four bytes */
};

static const unsigned char kinds[256] = {
	[0] = END,
	['\t' ... '\n'] = SPACE, ['\f' ... '\r'] = SPACE, [' '] = SPACE,
	['!'] = STOP, ['.'] = STOP, ['?'] = STOP,
	[','] = COMMA, [';'] = COMMA, ['$'] = DOLLAR,
	['0' ... '9'] = DIGIT,
	[0xc2] = LATIN, [0xe2] = CURRENCY, [0xe3] = KANA,
	[0xe4 ... 0xe9] = IDEOGRAPH, [0xef] = WIDE, [0xf0] = RARE_IDEOGRAPH,
};

/* The bytes of a word's token: letters in lower case, a digit for all digits,
 * nothing for other characters of ASCII. */
static const unsigned char folded[256] = {
	['0' ... '9'] = '0',
#define LETTER(upper) [upper] = (upper) | 0x20, [(upper) | 0x20] = (upper) | 0x20
	LETTER('A'), LETTER('B'), LETTER('C'), LETTER('D'), LETTER('E'),
	LETTER('F'), LETTER('G'), LETTER('H'), LETTER('I'), LETTER('J'),
	LETTER('K'), LETTER('L'), LETTER('M'), LETTER('N'), LETTER('O'),
	LETTER('P'), LETTER('Q'), LETTER('R'), LETTER('S'), LETTER('T'),
	LETTER('U'), LETTER('V'), LETTER('W'), LETTER('X'), LETTER('Y'),
	LETTER('Z'),
#undef LETTER
#define FOUR(byte) [byte] = byte, [(byte) + 1] = (byte) + 1, \
		   [(byte) + 2] = (byte) + 2, [(byte) + 3] = (byte) + 3
#define SIXTEEN(byte) FOUR(byte), FOUR((byte) + 4), FOUR((byte) + 8), \
		      FOUR((byte) + 12)
	SIXTEEN(0x80), SIXTEEN(0x90), SIXTEEN(0xa0), SIXTEEN(0xb0),
	SIXTEEN(0xc0), SIXTEEN(0xd0), SIXTEEN(0xe0), SIXTEEN(0xf0),
#undef SIXTEEN
#undef FOUR
};

void run_text_begin(struct run_text *t)
{
	*t = (struct run_text){.anchors = t->anchors,
			       .line = token_begin(OF_LINE)};
}

/* Counts words that end here. */
static void add_words(struct run_text *t, uint32_t words)
{
	t->run.words += words;
	t->run.links += t->anchors ? words : 0;
}

/* Looks up one of the first words. */
static void score_word(struct run_text *t)
{
	const uint32_t hash = token_end(t->hash);

	t->scored++;
	t->run.upper = (uint8_t)(t->run.upper + t->upper);
	token_scores_add(&t->run.text_scores, model_token(hash));
	t->line = token_add(t->line, (unsigned char)hash);
	t->line = token_add(t->line, (unsigned char)(hash >> 8));
	t->line = token_add(t->line, (unsigned char)(hash >> 16));
}

void run_text_end_word(struct run_text *t)
{
	if (!t->open)
		return;
	t->open = false;
	add_words(t, 1);
	if (t->scored < LINE_WORDS)
		score_word(t);
}

void run_text_end(struct run_text *t)
{
	run_text_end_word(t);
	if (t->scored && t->scored <= LINE_WORDS / 2)
		t->run.line = (int16_t)model_token(token_end(t->line));
}

static void count(uint16_t *counter)
{
	*counter = (uint16_t)(*counter + (*counter < UINT16_MAX));
}

/* Returns the length of the ideograph or the letter of kana at s; 0: there is
 * none. */
static unsigned ideograph_at(const unsigned char *s)
{
	switch (kinds[*s]) {
	case KANA:
		return s[1] > 0x80 ? 3 : 0;
	case IDEOGRAPH:
		return 3;
	case RARE_IDEOGRAPH:
		return s[1] >= 0xa0 && s[1] <= 0xb3 ? 4 : 0;
	default:
		return 0;
	}
}

/* Returns the length of the white space or the punctuation that separates words
 * at s; 0: there is none. */
static unsigned separator_at(const unsigned char *s)
{
	switch (kinds[*s]) {
	case SPACE:
		return 1;
	case LATIN:
		return s[1] == 0xa0 ? 2 : 0;
	case KANA:
		return s[1] == 0x80 ? 3 : 0;
	case WIDE:
		/* U+FF01 to U+FF0F, U+FF1A to U+FF1F */
		return s[1] == 0xbc && (s[2] <= 0x8f ||
					(s[2] >= 0x9a && s[2] <= 0x9f)) ? 3 : 0;
	default:
		return 0;
	}
}

/* Notes a character that means something besides being part of the text. */
static void note(struct run *run, const unsigned char *s)
{
	switch (kinds[*s]) {
	case COMMA:
		count(&run->commas);
		break;
	case STOP:
		if (kinds[s[1]] == SPACE || !s[1])
			count(&run->stops);
		break;
	case DIGIT:
		run->digits++;
		break;
	case DOLLAR:
		run->signs |= RUN_PRICE;
		break;
	case LATIN:
		if (s[1] == 0xa9)
			run->signs |= RUN_COPYRIGHT;
		if (s[1] == 0xa3 || s[1] == 0xa5)
			run->signs |= RUN_PRICE;
		break;
	case CURRENCY:
		if (s[1] == 0x82 && s[2] == 0xac)
			run->signs |= RUN_PRICE;
		break;
	case KANA:
		if (s[1] == 0x80 && s[2] == 0x81)
			count(&run->commas);
		if (s[1] == 0x80 && s[2] == 0x82)
			count(&run->stops);
		break;
	case WIDE:
		if (s[1] == 0xbc && s[2] == 0x8c)
			count(&run->commas);
		if (s[1] == 0xbc && (s[2] == 0x81 || s[2] == 0x9f))
			count(&run->stops);
		break;
	}
}

/* Reads a byte that is not of the kind WORD. Returns the length of the
 * character if it separates words, or is a word of its own; or else 0. */
static unsigned read_special(struct run_text *t, const unsigned char *s)
{
	unsigned len = separator_at(s);

	note(&t->run, s);
	if (len) {
		/* Punctuation is text. */
		if (len == 3)
			t->run.bytes += s[1] == 0x80 && s[2] == 0x80 ? 0 : 3;
		return len;
	}
	len = ideograph_at(s);
	if (len) {
		add_words(t, 1);
		t->run.bytes += len;
	}
	return len;
}

static void begin_word(struct run_text *t, unsigned char c)
{
	t->open = true;
	t->upper = c >= 'A' && c <= 'Z';
	t->hash = token_begin(OF_WORD);
}

/* Reads a byte, and all bytes of the kind WORD behind it. Returns the end of
 * these bytes. */
static const unsigned char *read_letters(struct run_text *t,
					 const unsigned char *s)
{
	const unsigned char *start = s;
	uint32_t hash = t->hash;

	do {
		if (folded[*s])
			hash = token_add(hash, folded[*s]);
		s++;
	} while (kinds[*s] == WORD);
	t->hash = hash;
	t->run.bytes += (uint32_t)(s - start);
	return s;
}

/* Reads until the first words are complete. Returns where the rest begins. */
static const unsigned char *read_first(struct run_text *t,
				       const unsigned char *s)
{
	while (*s && t->scored < LINE_WORDS) {
		const enum kind kind = kinds[*s];
		const unsigned len = kind == WORD ? 0 : kind == SPACE ? 1 :
				     read_special(t, s);

		if (len) {
			run_text_end_word(t);
			s += len;
			continue;
		}
		if (!t->open)
			begin_word(t, *s);
		s = read_letters(t, s);
	}
	return s;
}

/* Reads the words after the first ones, which are only counted. Returns the
 * end. */
static const unsigned char *read_rest(struct run_text *t,
				      const unsigned char *s)
{
	const unsigned char *start = s;
	bool open = t->open;
	uint32_t words = 0;

	for (;;) {
		unsigned len;

		while (!kinds[*s])
			s++;
		if (!*s)
			break;
		len = kinds[*s] == SPACE ? 1 : read_special(t, s);
		if (!len) {
			s++;
			continue;
		}
		words += open || s > start;
		t->run.bytes += (uint32_t)(s - start);
		open = false;
		s += len;
		start = s;
	}
	t->open = open || s > start;
	t->run.bytes += (uint32_t)(s - start);
	add_words(t, words);
	return s;
}

/* Returns the last byte of the text that is no white space; 0: none. */
static uint8_t last_byte(const unsigned char *text, const unsigned char *end)
{
	while (end > text) {
		if (end - text > 1 && end[-1] == 0xa0 && end[-2] == 0xc2)
			end -= 2;
		else if (kinds[end[-1]] == SPACE)
			end--;
		else
			return end[-1];
	}
	return 0;
}

void run_text_add(struct run_text *t, const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	const unsigned char *end = read_rest(t, read_first(t, s));
	const uint8_t last = last_byte(s, end);

	if (last)
		t->run.last = last;
}

/* Returns the length of the blank at s; 0: there is none. */
static unsigned blank_at(const unsigned char *s)
{
	const unsigned len = kinds[*s] ? separator_at(s) : 0;

	return len == 3 && (s[0] != 0xe3 || s[2] != 0x80) ? 0 : len;
}

bool run_text_has_word(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	unsigned len;

	while (kinds[*s] == SPACE)
		s++;
	while ((len = blank_at(s)))
		s += len;
	return *s;
}

/* Counts words. */
struct count {
	uint64_t words;		/* number of words that have ended */
	bool open;		/* the last character is within a word */
};

/* Reads the characters that begin before `end`. Returns the end of the last
 * one. */
static const unsigned char *count_characters(struct count *c,
					     const unsigned char *s,
					     const unsigned char *end)
{
	while (s < end) {
		const unsigned ideograph = ideograph_at(s);
		const unsigned step = ideograph ? ideograph : separator_at(s);

		c->words += ideograph > 0;
		c->words += step && c->open;
		c->open = !step;
		s += step ? step : 1;
		while (c->open && s < end && kinds[*s] == WORD)
			s++;
	}
	return s;
}

#ifdef __SSE2__
enum { CHUNK = sizeof(__m128i) };

/* Reads a chunk. Returns false if some of its bytes are not ASCII. */
static bool count_chunk(struct count *c, const unsigned char *s)
{
	const __m128i text = _mm_loadu_si128((const __m128i *)s);
	const __m128i spaces = _mm_or_si128(
		_mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8(' ')),
			     _mm_cmpeq_epi8(text, _mm_set1_epi8('\t'))),
		_mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8('\n')),
			     _mm_or_si128(
				_mm_cmpeq_epi8(text, _mm_set1_epi8('\f')),
				_mm_cmpeq_epi8(text, _mm_set1_epi8('\r')))));
	const unsigned mask = (unsigned)_mm_movemask_epi8(spaces);
	const unsigned before = mask << 1 | !c->open;

	if (_mm_movemask_epi8(text))
		return false;
	c->words += (unsigned)__builtin_popcount(mask & ~before);
	c->open = !(mask >> (CHUNK - 1));
	return true;
}
#else
enum { CHUNK = 4096 };

static bool count_chunk(struct count *c, const unsigned char *s)
{
	(void)c;
	(void)s;
	return false;
}
#endif

uint64_t run_text_count_words(const char *text, size_t len)
{
	const unsigned char *s = (const unsigned char *)text;
	const unsigned char *end = s + len;
	struct count c = {0, false};

	while (end - s >= CHUNK)
		s = count_chunk(&c, s) ? s + CHUNK :
			count_characters(&c, s, s + CHUNK);
	count_characters(&c, s, end);
	return c.words + c.open;
}
