#include "parse/article/tokens.h"

#include <stdbool.h>

#include "base/ascii.h"
#include "parse/article/model.h"

/* A token that is being read. */
struct token {
	const char *start;
	uint32_t hash;
	uint32_t len;
};

struct reader {
	const struct token_sink *sink;
	size_t count;		/* tokens so far */
};

/* Kinds of bytes. */
enum kind {
	OTHER,
	DIGIT,
	LOWER,			/* letters */
	UPPER,
	END,			/* white space, NUL */
};

static const unsigned char kinds[256] = {
	[0] = END, ['\t'] = END, ['\n'] = END, ['\f'] = END, ['\r'] = END,
	[' '] = END,
	['0' ... '9'] = DIGIT, ['A' ... 'Z'] = UPPER, ['a' ... 'z'] = LOWER,
};

/* Returns the form that a byte has in tokens: letters in lower case, and all
 * digits alike, because "post-4711" and "post-4712" mean the same. */
static inline unsigned char fold(unsigned char c, enum kind kind)
{
	return kind >= LOWER ? c | 0x20 : kind == DIGIT ? '0' : c;
}

static inline struct token begin(enum token_kind kind, const char *start)
{
	return (struct token){start, token_begin(kind), 0};
}

static inline void add(struct token *t, unsigned char folded)
{
	t->hash = token_add(t->hash, folded);
	t->len++;
}

/* Adds the lower-case letters at s, most bytes of most tokens. Returns their
 * end. */
static inline const char *add_letters(struct token *t, const char *s)
{
	const char *start = s;
	uint32_t hash = t->hash;

	for (; kinds[(unsigned char)*s] == LOWER; s++)
		hash = token_add(hash, (unsigned char)*s);
	t->hash = hash;
	t->len += (uint32_t)(s - start);
	return s;
}

/* Adds the lower-case letters at s. The letters before parts_end also belong to
 * the part of the word. Returns their end. */
static inline const char *add_letters_of_both(struct token *whole,
					      struct token *part,
					      const char *s,
					      const char *parts_end)
{
	const char *start = s;
	uint32_t hash = whole->hash, part_hash = part->hash;

	for (; s < parts_end && kinds[(unsigned char)*s] == LOWER; s++) {
		hash = token_add(hash, (unsigned char)*s);
		part_hash = token_add(part_hash, (unsigned char)*s);
	}
	whole->hash = hash;
	part->hash = part_hash;
	whole->len += (uint32_t)(s - start);
	part->len += (uint32_t)(s - start);
	return s < parts_end ? s : add_letters(whole, s);
}

/* Writes the text of a token. A sequence of digits becomes a single 0. */
static void write_text(char text[TOKEN_MAX], const struct token *t)
{
	const unsigned char *s = (const unsigned char *)t->start;
	enum kind last = OTHER;

	for (uint32_t i = 0; i < t->len; s++) {
		const enum kind kind = kinds[*s];

		if (kind != DIGIT || last != DIGIT)
			text[i++] = (char)fold(*s, kind);
		last = kind;
	}
}

static void pass_on(const struct token_sink *sink, const struct token *t,
		    uint32_t hash, enum token_kind kind)
{
	char text[TOKEN_MAX];

	write_text(text, t);
	sink->on_token(sink->ctx, hash, (char)kind, text, t->len);
}

static inline void end(struct reader *r, const struct token *t,
		       enum token_kind kind)
{
	uint32_t hash;

	if (!t->len || t->len > TOKEN_MAX || r->count >= TOKENS_MAX)
		return;
	r->count++;
	hash = token_end(t->hash);
	if (r->sink->scores)
		token_scores_add(r->sink->scores, model_token(hash));
	if (r->sink->on_token)
		pass_on(r->sink, t, hash, kind);
}

enum { PARTS_MAX = 64 };	/* bytes of a class or id that have parts */

/* Reads a word of a class or id, and its parts. Returns its end. */
static const char *read_name(struct reader *r, enum token_kind kind,
			     const char *s)
{
	const char *const parts_end = s + PARTS_MAX;
	struct token whole = begin(kind, s), part = begin(OF_PART, s);
	enum kind last = OTHER, here;

	while ((here = kinds[(unsigned char)*s]) != END) {
		const bool letter = here >= LOWER;
		const unsigned char c = fold((unsigned char)*s, here);

		if (here == LOWER) {
			s = add_letters_of_both(&whole, &part, s, parts_end);
			last = here;
			continue;
		}
		if (here != DIGIT || last != DIGIT)
			add(&whole, c);
		if (s < parts_end) {
			if (!letter || (here == UPPER && last == LOWER)) {
				end(r, &part, OF_PART);
				part = begin(OF_PART, s + !letter);
			}
			if (letter)
				add(&part, c);
		}
		last = here;
		s++;
	}
	end(r, &part, OF_PART);
	end(r, &whole, kind);
	return s;
}

static const char *read_word(struct reader *r, enum token_kind kind,
			     const char *s)
{
	struct token t = begin(kind, s);
	enum kind last = OTHER, here;

	while ((here = kinds[(unsigned char)*s]) != END) {
		if (here == LOWER) {
			s = add_letters(&t, s);
		} else {
			if (here != DIGIT || last != DIGIT)
				add(&t, fold((unsigned char)*s, here));
			s++;
		}
		last = here;
	}
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
	struct token t = begin(kind, s);

	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)s[i];
		const enum kind here = kinds[c];

		if (here == LOWER || here == UPPER || c >= 0x80) {
			add(&t, fold(c, here));
			continue;
		}
		end(&r, &t, kind);
		t = begin(kind, s + i + 1);
	}
	end(&r, &t, kind);
}
