/* Computes the features of one run. A lane is a column of the rows: one feature
 * is MODEL_LANES numbers after the one before it. */
#include "parse/article/features.h"

#include "parse/article/tags.h"

static int16_t limit(int64_t n)
{
	return (int16_t)(n > INT16_MAX ? INT16_MAX : n < INT16_MIN ? INT16_MIN :
			 n);
}

static int16_t share(uint64_t part, uint64_t all)
{
	return all ? limit((int64_t)(1000 * part / all)) : 0;
}

static void add_text(const struct run *run, int16_t *row)
{
	const uint32_t words = run->words ? run->words : 1;
	const uint32_t line = words < LINE_WORDS ? words : LINE_WORDS;

	row[F_WORDS * MODEL_LANES] = limit(run->words);
	row[F_LINKS * MODEL_LANES] = share(run->links, words);
	row[F_WORD_LENGTH * MODEL_LANES] = limit(10ll * run->bytes / words);
	row[F_COMMAS * MODEL_LANES] = limit(run->commas);
	row[F_DIGITS * MODEL_LANES] = share(run->digits, run->bytes);
	row[F_STOPS * MODEL_LANES] = limit(run->stops);
	row[F_UPPER * MODEL_LANES] = share(run->upper, line);
	row[F_LAST * MODEL_LANES] = run->last;
	row[F_SIGNS * MODEL_LANES] = run->signs & (RUN_TIME | RUN_BOLD | RUN_CODE | RUN_IMAGE);
	row[F_PRICE * MODEL_LANES] = run->signs & RUN_PRICE ? 1 : 0;
	row[F_COPYRIGHT * MODEL_LANES] = run->signs & RUN_COPYRIGHT ? 1 : 0;
	row[F_TEXT_LOW * MODEL_LANES] = run->text_scores.low;
	row[F_TEXT_HIGH * MODEL_LANES] = run->text_scores.high;
	row[F_TEXT_SUM * MODEL_LANES] = run->text_scores.sum;
	row[F_TEXT_MEAN * MODEL_LANES] = limit(4 * run->text_scores.sum / (int)line);
	row[F_LINE * MODEL_LANES] = run->line;
	row[F_INLINE_LOW * MODEL_LANES] = run->inlines.low;
	row[F_INLINE_HIGH * MODEL_LANES] = run->inlines.high;
	row[F_INLINE_SUM * MODEL_LANES] = run->inlines.sum;
}

static void add_place(const struct features *f, size_t i, int16_t *row)
{
	const struct blocks *b = f->blocks;
	const struct run *run = &b->runs[i];
	const struct run *previous = i ? run - 1 : NULL;
	const struct run *next = i + 1 < b->runs_count ? run + 1 : NULL;

	row[F_WORDS_BEFORE * MODEL_LANES] = share(run->before.words, b->sums.words);
	row[F_RUNS_BEFORE * MODEL_LANES] = share(i, b->runs_count);
	row[F_INDEX * MODEL_LANES] = limit((int64_t)i);
	row[F_INDEX_FROM_END * MODEL_LANES] = limit((int64_t)(b->runs_count - i));
	row[F_PROSE_BEFORE * MODEL_LANES] = share(run->before.prose, b->sums.prose);
	row[F_PROSE_AFTER * MODEL_LANES] = limit(b->sums.prose - run->before.prose);
	row[F_H1_DISTANCE * MODEL_LANES] = limit((int64_t)i - f->h1);
	row[F_PREVIOUS_WORDS * MODEL_LANES] = previous ? limit(previous->words) : 0;
	row[F_PREVIOUS_LINKS * MODEL_LANES] = previous ? share(previous->links,
						 previous->words) : 0;
	row[F_NEXT_WORDS * MODEL_LANES] = next ? limit(next->words) : 0;
	row[F_NEXT_LINKS * MODEL_LANES] = next ? share(next->links, next->words) : 0;
	row[F_PROSE_GAP_BEFORE * MODEL_LANES] = limit(f->gap_before[i]);
	row[F_PROSE_GAP_AFTER * MODEL_LANES] = limit(f->gap_after[i]);
}

static int16_t has(uint32_t signs, uint32_t sign)
{
	return signs & sign ? 1 : 0;
}

static void add_signs(uint32_t s, int16_t *row)
{
	row[F_IN_HEADER * MODEL_LANES] = has(s, IN_HEADER);
	row[F_IN_FOOTER * MODEL_LANES] = has(s, IN_FOOTER);
	row[F_IN_NAV * MODEL_LANES] = has(s, IN_NAV);
	row[F_IN_ASIDE * MODEL_LANES] = has(s, IN_ASIDE);
	row[F_IN_MAIN * MODEL_LANES] = has(s, IN_MAIN);
	row[F_IN_ARTICLE * MODEL_LANES] = has(s, IN_ARTICLE);
	row[F_IN_FORM * MODEL_LANES] = has(s, IN_FORM);
	row[F_IN_TABLE * MODEL_LANES] = has(s, IN_TABLE);
	row[F_IN_LIST * MODEL_LANES] = has(s, IN_LIST);
	row[F_IN_BUTTON * MODEL_LANES] = has(s, IN_BUTTON);
	row[F_IN_DIALOG * MODEL_LANES] = has(s, IN_DIALOG);
	row[F_IN_DETAILS * MODEL_LANES] = has(s, IN_DETAILS);
	row[F_IN_HIDDEN * MODEL_LANES] = has(s, IN_HIDDEN);
	row[F_IN_ARIA_HIDDEN * MODEL_LANES] = has(s, IN_ARIA_HIDDEN);
	row[F_IN_SELECT * MODEL_LANES] = has(s, IN_SELECT);
	row[F_IN_NOSCRIPT * MODEL_LANES] = has(s, IN_NOSCRIPT);
	row[F_IN_OTHERS * MODEL_LANES] = (int16_t)(has(s, IN_FIGURE) + 2 * has(s, IN_QUOTE) +
				     4 * has(s, IN_PRE) + 8 * has(s, IN_LABEL) +
				     16 * has(s, IN_DEFINITION));
}

static void add_scores(const struct token_scores *s, int16_t *to)
{
	to[0] = s->low;
	to[MODEL_LANES] = s->high;
	to[2 * MODEL_LANES] = s->sum;
}

/* A tag's number in an order that groups similar ones. */
static int16_t tag_number(uint16_t tag)
{
	static const uint8_t numbers[N_COUNT] = {
		[N_P] = 40, [N_PRE] = 41, [N_BLOCKQUOTE] = 39, [N_LI] = 20,
		[N_DD] = 25, [N_DT] = 24, [N_TD] = 30, [N_TH] = 31,
		[N_H1] = 50, [N_H2] = 49, [N_H3] = 48, [N_H4] = 47,
		[N_H5] = 46, [N_H6] = 45, [N_DIV] = 10, [N_SECTION] = 11,
		[N_ARTICLE] = 12, [N_MAIN] = 13, [N_FIGCAPTION] = 35,
		[N_BUTTON] = 1, [N_LABEL] = 2, [N_OPTION] = 3,
		[N_ADDRESS] = 5, [N_NAV] = 6, [N_FOOTER] = 7, [N_HEADER] = 8,
		[N_SUMMARY] = 44, [N_CAPTION] = 34, [N_UL] = 19, [N_OL] = 18,
	};

	return numbers[tag];
}

static void add_element(const struct features *f, const struct block *e,
			int16_t *row)
{
	const struct block *p = &f->blocks->blocks[e->parent];
	const struct block *g = &f->blocks->blocks[p->parent];

	row[F_TAG * MODEL_LANES] = tag_number(e->tag);
	row[F_HEADING * MODEL_LANES] = (int16_t)(e->signs & IN_HEADING ?
				   1 + tag_heading(e->node) : 0);
	row[F_DEPTH * MODEL_LANES] = (int16_t)e->depth;
	add_scores(&e->own, &row[F_OWN_LOW * MODEL_LANES]);
	add_scores(&p->own, &row[F_P_LOW * MODEL_LANES]);
	add_scores(&g->own, &row[F_G_LOW * MODEL_LANES]);
	add_scores(&e->chain, &row[F_CHAIN_LOW * MODEL_LANES]);
	row[F_CHAIN_MEAN * MODEL_LANES] = limit(16 * e->chain.sum / (e->depth + 1));
	add_signs(e->signs, row);
}

/* Writes words, share of links and share of prose of an element. */
static void add_sums(const struct element_facts *facts, int16_t *to)
{
	to[0] = facts->words;
	to[MODEL_LANES] = facts->links;
	to[2 * MODEL_LANES] = facts->prose;
}

static void add_around(const struct features *f, uint32_t block, int16_t *row)
{
	const struct block *all = f->blocks->blocks;
	const uint32_t p = all[block].parent, g = all[p].parent;
	const uint32_t gg = all[g].parent, t = all[gg].parent;

	row[F_OWN_WORDS * MODEL_LANES] = f->facts[block].words;
	row[F_OWN_RUNS * MODEL_LANES] = f->facts[block].runs;
	add_sums(&f->facts[p], &row[F_P_WORDS * MODEL_LANES]);
	row[F_P_RUNS * MODEL_LANES] = f->facts[p].runs;
	add_sums(&f->facts[g], &row[F_G_WORDS * MODEL_LANES]);
	row[F_G_RUNS * MODEL_LANES] = f->facts[g].runs;
	add_sums(&f->facts[gg], &row[F_GG_WORDS * MODEL_LANES]);
	row[F_GG_RUNS * MODEL_LANES] = f->facts[gg].runs;
	add_sums(&f->facts[t], &row[F_T_WORDS * MODEL_LANES]);
	row[F_G_SHARE * MODEL_LANES] = f->facts[g].share;
	row[F_T_SHARE * MODEL_LANES] = f->facts[t].share;
	row[F_TWINS * MODEL_LANES] = limit(all[block].twins);
	row[F_P_TWINS * MODEL_LANES] = limit(all[p].twins);
	row[F_G_TWINS * MODEL_LANES] = limit(all[g].twins);
	row[F_GG_TWINS * MODEL_LANES] = limit(all[gg].twins);
}

static void add_repetition(const struct features *f, uint32_t block,
			   int16_t *row)
{
	const struct block *all = f->blocks->blocks;
	const struct group *group = &f->groups[all[block].group];
	const struct element_facts *facts = &f->facts[block];
	const struct element_facts *repeat = &f->facts[facts->repeat];

	row[F_GROUP_RUNS * MODEL_LANES] = limit(group->runs);
	row[F_GROUP_WORDS * MODEL_LANES] = limit(10ll * group->words /
				   (group->runs + !group->runs));
	row[F_GROUP_LINKS * MODEL_LANES] = share(group->links, group->words);
	row[F_GROUP_PROSE * MODEL_LANES] = share(group->proses, group->runs);
	row[F_REPEAT_TWINS * MODEL_LANES] = limit(all[facts->repeat].twins);
	row[F_REPEAT_DISTANCE * MODEL_LANES] = (int16_t)facts->distance;
	row[F_REPEAT_WORDS * MODEL_LANES] = repeat->words;
	row[F_REPEAT_LINKS * MODEL_LANES] = repeat->links;
}

static void add_containers(const struct element_facts *facts, int16_t *row)
{
	row[F_BEST * MODEL_LANES] = facts->best;
	row[F_WIDER * MODEL_LANES] = facts->wider;
	row[F_ARTICLE_SHARE * MODEL_LANES] = facts->article;
	row[F_MAIN_SHARE * MODEL_LANES] = facts->main;
}

static void fill(model_lanes rows[FEATURES], enum feature feature, int16_t value)
{
	for (size_t i = 0; i < MODEL_LANES; i++)
		rows[feature][i] = value;
}

void features_of_page(const struct features *f, model_lanes rows[FEATURES])
{
	const struct run_sums *s = &f->blocks->sums;
	const struct element_facts none = {0};
	const struct element_facts *best =
		f->blocks->count ? &f->facts[f->best] : &none;

	fill(rows, F_BEST_SHARE, best->share);
	fill(rows, F_BEST_LINKS, best->links);
	fill(rows, F_PAGE_WORDS, limit(s->words));
	fill(rows, F_PAGE_RUNS, limit((int64_t)f->blocks->runs_count));
	fill(rows, F_PAGE_LINKS, share(s->links, s->words));
	fill(rows, F_PAGE_PROSE, share(s->prose, s->words));
	fill(rows, F_PAGE_PROSES, limit(s->proses));
	fill(rows, F_PAGE_ARTICLES, limit(f->article_count));
	fill(rows, F_PAGE_PRICES, limit(f->prices));
	for (int i = 0; i < MODEL_TYPES; i++)
		fill(rows, F_PAGE_TYPE_0 + i, f->types[i]);
}

/* Returns the mean probability over the words of an element. */
static int16_t mean_of(const struct features *f, uint32_t from, uint32_t to)
{
	const uint64_t words = blocks_sums(f->blocks, from, to).words;

	return words ? limit((int64_t)((f->content[to] - f->content[from]) /
				       words)) : 0;
}

static int16_t mean_in(const struct features *f, const struct block *e)
{
	return mean_of(f, e->run, e->run_end);
}

static void add_first(const struct features *f, size_t i, const struct block *e,
		      int16_t *row)
{
	const struct block *all = f->blocks->blocks;
	const struct block *p = &all[e->parent], *g = &all[p->parent];
	const struct block *gg = &all[g->parent];
	const struct group *group = &f->groups[e->group];
	const size_t n = f->blocks->runs_count;

	row[F_FIRST * MODEL_LANES] = f->first[i];
	row[F_FIRST_PREVIOUS * MODEL_LANES] = i ? f->first[i - 1] : 0;
	row[F_FIRST_NEXT * MODEL_LANES] = i + 1 < n ? f->first[i + 1] : 0;
	row[F_FIRST_PREVIOUS_2 * MODEL_LANES] = i > 1 ? f->first[i - 2] : 0;
	row[F_FIRST_NEXT_2 * MODEL_LANES] = i + 2 < n ? f->first[i + 2] : 0;
	row[F_FIRST_OWN * MODEL_LANES] = mean_in(f, e);
	row[F_FIRST_P * MODEL_LANES] = mean_in(f, p);
	row[F_FIRST_G * MODEL_LANES] = mean_in(f, g);
	row[F_FIRST_GG * MODEL_LANES] = mean_in(f, gg);
	row[F_FIRST_T * MODEL_LANES] = mean_in(f, &all[gg->parent]);
	row[F_FIRST_GROUP * MODEL_LANES] = group->words ?
		limit((int64_t)(group->content / group->words)) : 0;
	row[F_FIRST_BEFORE * MODEL_LANES] = share(f->content[i], f->content[n]);
	row[F_FIRST_PAGE * MODEL_LANES] = mean_of(f, 0, (uint32_t)n);
	row[F_FIRST_WINDOW * MODEL_LANES] = mean_of(f, (uint32_t)(i > 4 ? i - 4 : 0),
				      (uint32_t)(i + 5 < n ? i + 5 : n));
}

void features_of_run(const struct features *f, size_t i,
		     model_lanes rows[FEATURES], size_t lane)
{
	const struct run *run = &f->blocks->runs[i];
	const struct block *e = &f->blocks->blocks[run->block];
	int16_t *row = rows[0] + lane;

	add_text(run, row);
	add_place(f, i, row);
	add_element(f, e, row);
	add_around(f, run->block, row);
	add_repetition(f, run->block, row);
	add_containers(&f->facts[run->block], row);
	if (f->first)
		add_first(f, i, e, row);
}
