#include "parse/article/metadata/words.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* Writes a character of two bytes in lower case. */
static void lower_pair(char to[2], const char from[2])
{
	const unsigned first = (unsigned char)from[0];
	const unsigned second = (unsigned char)from[1];

	memcpy(to, from, 2);
	if (first == 0xc3 && second >= 0x80 && second <= 0x9e) {
		to[1] = (char)(second + 0x20);
	} else if (first == 0xd0 && second >= 0x90 && second <= 0x9f) {
		to[1] = (char)(second + 0x20);
	} else if (first == 0xd0 && second >= 0xa0 && second <= 0xaf) {
		to[0] = (char)0xd1;
		to[1] = (char)(second - 0x20);
	}
}

static bool begins_pair(struct slice text, size_t at)
{
	return ((unsigned char)text.p[at] & 0xe0) == 0xc0 &&
	       at + 1 < text.len;
}

size_t words_lower(char *to, size_t size, struct slice text)
{
	if (text.len > size)
		return 0;
	for (size_t i = 0; i < text.len; i++) {
		if (begins_pair(text, i)) {
			lower_pair(to + i, text.p + i);
			i++;
		} else {
			to[i] = ascii_lower(text.p[i]);
		}
	}
	return text.len;
}

size_t words_letters(struct slice text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += ((unsigned char)text.p[i] & 0xc0) != 0x80;
	return n;
}

bool words_is_inside(char c)
{
	return ascii_is_alphanumeric(c) || (c & 0x80);
}

bool words_next(struct slice text, size_t *at, struct slice *word)
{
	size_t i = *at;

	while (i < text.len && !words_is_inside(text.p[i]))
		i++;
	word->p = text.p + i;
	while (i < text.len && words_is_inside(text.p[i]))
		i++;
	word->len = (size_t)(text.p + i - word->p);
	*at = i;
	return word->len;
}

struct slice words_trim(struct slice text)
{
	static const char space[] = "\xc2\xa0";
	size_t before;

	do {
		before = text.len;
		text = ascii_trim(text);
		if (!text.len || (*text.p != space[0] &&
				  text.p[text.len - 1] != space[1]))
			return text;
		if (text.len >= 2 && !memcmp(text.p, space, 2)) {
			text.p += 2;
			text.len -= 2;
		}
		if (text.len >= 2 &&
		    !memcmp(text.p + text.len - 2, space, 2))
			text.len -= 2;
	} while (text.len < before);
	return text;
}

struct slice words_clip(const char *s, size_t max)
{
	const size_t len = strnlen(s, max + 1);

	return (struct slice){s, len <= max ? len
					    : utf8_valid_prefix(s, max)};
}

void words_add_folded(struct buf *out, struct slice text)
{
	struct slice word;
	size_t at = 0;

	while (words_next(text, &at, &word)) {
		buf_addch(out, ' ');
		words_lower(buf_reserve(out, word.len), word.len, word);
		out->len += word.len;
	}
}

/* Kinds of bytes in the value of a class or id. */
enum { LOWER = 1, UPPER = 2, DIGIT = 4 };

static const unsigned char kinds[256] = {
	['a' ... 'z'] = LOWER, ['A' ... 'Z'] = UPPER, ['0' ... '9'] = DIGIT,
};

/* Returns true if a part ends, or begins, between two bytes. */
static bool is_boundary(unsigned before, unsigned after)
{
	return !before || !after || (before == LOWER && after == UPPER);
}

/* Returns true if the part that begins at p is the word. */
static bool is_part(const char *p, const char *word)
{
	size_t i = 0;

	for (; word[i]; i++)
		if (ascii_lower(p[i]) != word[i] ||
		    (i && is_boundary(kinds[(unsigned char)p[i - 1]],
				      kinds[(unsigned char)p[i]])))
			return false;
	return i && is_boundary(kinds[(unsigned char)p[i - 1]],
				kinds[(unsigned char)p[i]]);
}

bool words_are_listed(struct slice word, const char *const *list)
{
	const char first = word.len ? ascii_lower(*word.p) : '\0';

	for (; *list; list++)
		if (**list == first && ascii_is(word, *list))
			return true;
	return false;
}

/* Returns a set of the first letters of the words: bit 0 is "a". */
static uint32_t first_letters(const char *const *words)
{
	uint32_t set = 0;

	for (; *words; words++)
		set |= UINT32_C(1) << ((**words - 'a') & 31);
	return set;
}

bool words_have_part(const char *value, const char *const *parts)
{
	/* The kinds of bytes that begin a part after a byte of some kind. */
	static const unsigned char beginnings[] = {
		[0] = LOWER | UPPER | DIGIT, [LOWER] = UPPER, [DIGIT] = 0,
	};
	const uint32_t letters = first_letters(parts);
	const char *const end = value + strnlen(value, WORDS_ATTRIBUTE_MAX);
	unsigned begins = beginnings[0];

	for (const char *p = value; p < end; p++) {
		const unsigned kind = kinds[(unsigned char)*p];

		if (kind & begins && letters >> ((*p - 'a') & 31) & 1)
			for (size_t i = 0; parts[i]; i++)
				if (is_part(p, parts[i]))
					return true;
		begins = beginnings[kind];
	}
	return false;
}

bool words_have_token(const char *value, const char *const *words)
{
	const char *p = value;

	for (size_t len; *p && p < value + WORDS_ATTRIBUTE_MAX; p += len) {
		p += strspn(p, " \t\n\f\r");
		len = strcspn(p, " \t\n\f\r");
		if (words_are_listed((struct slice){p, len}, words))
			return true;
	}
	return false;
}
