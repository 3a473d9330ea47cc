#include "parse/article/page_type.h"

#include "parse/article/page_tokens.h"

/* A set of the tokens seen: each counts once. */
enum { SEEN = 256 };

struct scores {
	int16_t *scores;
	uint32_t seen[SEEN];
	size_t count;
};

static void on_token(void *ctx, uint32_t hash, char kind, const char *text,
		     size_t len)
{
	struct scores *s = ctx;
	const int8_t *add = model_page_token(hash);

	(void)kind;
	(void)text;
	(void)len;
	if (!add || s->count == SEEN)
		return;
	for (size_t i = 0; i < s->count; i++)
		if (s->seen[i] == hash)
			return;
	s->seen[s->count++] = hash;
	for (int i = 0; i < MODEL_TYPES; i++)
		s->scores[i] = (int16_t)(s->scores[i] + add[i]);
}

void page_type_scores(int16_t scores[MODEL_TYPES], const xmlDoc *doc,
		      const char *url)
{
	struct scores s = {.scores = scores};
	const struct token_sink sink = {on_token, &s};

	for (int i = 0; i < MODEL_TYPES; i++)
		scores[i] = 0;
	page_tokens(doc, url, &sink);
}
