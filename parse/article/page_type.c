#include "parse/article/page_type.h"

#include "parse/article/page_tokens.h"
#include "parse/article/scale.h"

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

void page_type_scores(int16_t scores[MODEL_TYPES], const struct blocks *b,
		      const xmlDoc *doc, const char *url)
{
	struct scores s = {.scores = scores};
	const struct token_sink sink = {NULL, on_token, &s};

	for (int i = 0; i < MODEL_TYPES; i++)
		scores[i] = 0;
	page_tokens(b, doc, url, &sink);
}

/* Sums over the runs of a page, or of its content. */
struct totals {
	uint64_t words, links, runs, prices, times, codes, headings;
	uint64_t long_words, short_runs, table_words;
};

static void add_run(struct totals *t, const struct run *run, uint32_t signs)
{
	t->words += run->words;
	t->links += run->links;
	t->runs++;
	t->prices += run->signs & RUN_PRICE ? 1 : 0;
	t->times += run->signs & RUN_TIME ? 1 : 0;
	t->codes += run->signs & RUN_CODE || signs & IN_PRE;
	t->headings += signs & IN_HEADING ? 1 : 0;
	t->long_words += run->words >= 40 ? run->words : 0;
	t->short_runs += run->words <= 5;
	t->table_words += signs & (IN_TABLE | IN_LIST) ? run->words : 0;
}

void page_type_features(int8_t row[PAGE_FEATURES],
			const int16_t scores[MODEL_TYPES],
			const struct blocks *b, const int16_t *p, int limit)
{
	struct totals page = {0}, content = {0};
	uint64_t articles = 0;

	for (size_t i = 0; i < b->runs_count; i++) {
		const uint32_t signs = b->blocks[b->runs[i].block].signs;

		add_run(&page, &b->runs[i], signs);
		if (p[i] >= limit)
			add_run(&content, &b->runs[i], signs);
	}
	for (size_t i = 0; i < b->count; i++)
		articles += b->blocks[i].tag == N_ARTICLE;
	for (int i = 0; i < MODEL_TYPES; i++)
		row[PAGE_SCORES + i] = scale_signed(scores[i]);
	row[PAGE_WORDS] = scale_count(page.words);
	row[PAGE_RUNS] = scale_count(page.runs);
	row[PAGE_LINKS] = scale_share(page.links, page.words);
	row[PAGE_PROSES] = scale_count(b->sums.proses);
	row[PAGE_ARTICLES] = scale_count(articles);
	row[PAGE_PRICES] = scale_count(page.prices);
	row[PAGE_TIMES] = scale_count(page.times);
	row[PAGE_CODES] = scale_count(content.codes);
	row[PAGE_HEADINGS] = scale_count(content.headings);
	row[PAGE_CONTENT] = scale_count(content.words);
	row[PAGE_CONTENT_SHARE] = scale_share(content.words, page.words);
	row[PAGE_CONTENT_RUNS] = scale_count(content.runs);
	row[PAGE_CONTENT_LINKS] = scale_share(content.links, content.words);
	row[PAGE_CONTENT_PRICES] = scale_count(content.prices);
	row[PAGE_CONTENT_TIMES] = scale_count(content.times);
	row[PAGE_CONTENT_LONG] = scale_share(content.long_words, content.words);
	row[PAGE_CONTENT_SHORT] = scale_share(content.short_runs, content.runs);
	row[PAGE_CONTENT_TABLE] = scale_share(content.table_words, content.words);
}

int page_type_of(const int8_t row[PAGE_FEATURES])
{
	int best = 0, most = INT32_MIN;

	for (int i = 0; i < MODEL_TYPES; i++) {
		const int sum = model_sum(&model_get()->types[i], row);

		if (sum > most) {
			most = sum;
			best = i;
		}
	}
	return best;
}
