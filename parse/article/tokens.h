/*
 * Tokens: the words of an element's class, id, role and similar attributes, and
 * the words of its text, each with a score that says how likely content has
 * this token. The scores were learned from pages (model.h); a token is a whole
 * word, so that "widget" is another token than "elementor-widget".
 */
#ifndef PARSE_ARTICLE_TOKENS_H
#define PARSE_ARTICLE_TOKENS_H

#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

/* First byte of a token: where it is from. */
enum token_kind {
	OF_CLASS = '.',
	OF_PART = '~',	/* a part of a class or id: main of main-text */
	OF_ID = '#',
	OF_TAG = '<',
	OF_ROLE = '@',
	OF_PROPERTY = '%',	/* itemprop, data-testid */
	OF_WORD = '=',	/* a word of a text */
	OF_LINE = '"',	/* a whole short text */
};

enum {
	TOKEN_MAX = 32,		/* bytes of a token; longer ones are left out */
	TOKENS_MAX = 24,	/* tokens of an attribute */
};

/* Hash of a token, byte by byte. */
static inline uint32_t token_begin(enum token_kind kind)
{
	return (2166136261u ^ (uint32_t)kind) * 16777619u;
}

static inline uint32_t token_add(uint32_t hash, unsigned char c)
{
	return (hash ^ c) * 16777619u;
}

static inline uint32_t token_end(uint32_t hash)
{
	hash ^= hash >> 15;
	return hash ? hash : 1;
}

/* Scores of several tokens: the lowest, the highest, and their sum. */
struct token_scores {
	int16_t low, high, sum;
};

static inline int16_t token_scores_limit(int sum)
{
	return (int16_t)(sum < -2000 ? -2000 : sum > 2000 ? 2000 : sum);
}

static inline void token_scores_add(struct token_scores *s, int score)
{
	if (score < s->low)
		s->low = (int16_t)score;
	if (score > s->high)
		s->high = (int16_t)score;
	s->sum = token_scores_limit(s->sum + score);
}

static inline void token_scores_join(struct token_scores *s,
				     const struct token_scores *add)
{
	if (add->low < s->low)
		s->low = add->low;
	if (add->high > s->high)
		s->high = add->high;
	s->sum = token_scores_limit(s->sum + add->sum);
}

/* Receivers of tokens; both may be NULL. */
struct token_sink {
	struct token_scores *scores;	/* the scores of all tokens are added to
					 * it */
	/* Called with each token: its hash and, for programs that train the
	 * model, its kind and its text. */
	void (*on_token)(void *ctx, uint32_t hash, char kind, const char *text,
			 size_t len);
	void *ctx;
};

/* Finds the token of an element's name. */
void tokens_of_tag(const xmlNode *element, const struct token_sink *sink);

/* Finds the tokens of an attribute's value. */
void tokens_of_value(enum token_kind kind, const char *value,
		     const struct token_sink *sink);

/* Finds the tokens of the words of a text: letters and digits, in lower
 * case. */
void tokens_of_words(enum token_kind kind, const char *s, size_t len,
		     const struct token_sink *sink);

#endif
