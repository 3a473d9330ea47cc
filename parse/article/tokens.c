#include "parse/article/tokens.h"

#include <string.h>

#include "base/ascii.h"
#include "parse/html/html.h"

/* A token that is being read. */
struct token {
	uint32_t hash;
	uint32_t len;
	char last;
	char text[TOKEN_MAX];
};

struct reader {
	const struct token_sink *sink;
	size_t count;		/* tokens so far */
};

/* Bytes as they are in tokens: in lower case; digits are all alike, because
 * "post-4711" and "post-4712" mean the same. */
static char fold(char c)
{
	return ascii_is_digit(c) ? '0' : ascii_lower(c);
}

static inline void begin(struct token *t, enum token_kind kind)
{
	t->hash = token_begin(kind);
	t->len = 0;
	t->last = 0;
}

/* Adds a byte from fold() to the token. A run of digits becomes a single 0. */
static inline void add(struct token *t, char c)
{
	if (c == '0' && t->last == '0')
		return;
	if (t->len < TOKEN_MAX) {
		t->hash = token_add(t->hash, (unsigned char)c);
		t->text[t->len] = c;
	}
	t->len++;
	t->last = c;
}

static inline void end(struct reader *r, const struct token *t,
		       enum token_kind kind)
{
	if (!t->len || t->len > TOKEN_MAX || r->count >= TOKENS_MAX)
		return;
	r->count++;
	r->sink->on_token(r->sink->ctx, token_end(t->hash), (char)kind, t->text,
			  t->len);
}

enum { PARTS_MAX = 64 };	/* bytes of a class or id that have parts */

/* Reads a word of a class or id, and its parts. Returns its end. */
static const char *read_name(struct reader *r, enum token_kind kind,
			     const char *s)
{
	const char *start = s;
	struct token whole, part;
	bool lower = false;	/* the byte before is a letter in lower case */

	begin(&whole, kind);
	begin(&part, OF_PART);
	for (; *s && !ascii_is_space(*s); s++) {
		const char c = fold(*s);
		const bool letter = c >= 'a' && c <= 'z';

		add(&whole, c);
		if (s - start >= PARTS_MAX)
			continue;
		if (!letter || (lower && c != *s)) {
			end(r, &part, OF_PART);
			begin(&part, OF_PART);
		}
		if (letter)
			add(&part, c);
		lower = letter && c == *s;
	}
	end(r, &part, OF_PART);
	end(r, &whole, kind);
	return s;
}

static const char *read_word(struct reader *r, enum token_kind kind,
			     const char *s)
{
	struct token t;

	begin(&t, kind);
	for (; *s && !ascii_is_space(*s); s++)
		add(&t, fold(*s));
	end(r, &t, kind);
	return s;
}

void tokens_of_value(enum token_kind kind, const char *value,
		     const struct token_sink *sink)
{
	const bool parts = kind == OF_CLASS || kind == OF_ID;
	struct reader r = {.sink = sink};
	const char *s = value;

	while (*s && r.count < TOKENS_MAX) {
		if (ascii_is_space(*s))
			s++;
		else
			s = parts ? read_name(&r, kind, s)
				  : read_word(&r, kind, s);
	}
}

void tokens_of_tag(const xmlNode *element, const struct token_sink *sink)
{
	struct reader r = {.sink = sink};

	read_word(&r, OF_TAG, (const char *)element->name);
}

void tokens_of_words(enum token_kind kind, const char *s, size_t len,
		     const struct token_sink *sink)
{
	struct reader r = {.sink = sink};
	struct token t;

	begin(&t, kind);
	for (size_t i = 0; i < len; i++) {
		if (ascii_is_letter(s[i]) || (s[i] & 0x80)) {
			add(&t, fold(s[i]));
			continue;
		}
		end(&r, &t, kind);
		begin(&t, kind);
	}
	end(&r, &t, kind);
}
