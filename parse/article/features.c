/* Computes the features of one run. A lane is a column of the rows: one feature
 * is MODEL_LANES numbers after the one before it. */
#include "parse/article/features.h"

#include "parse/article/scale.h"
#include "parse/article/tags.h"

static inline void set(int8_t *row, enum feature feature, int8_t value)
{
	row[feature * MODEL_LANES] = value;
}

static void add_text(const struct run *run, int8_t *row)
{
	const uint32_t words = run->words ? run->words : 1;
	const uint32_t line = words < LINE_WORDS ? words : LINE_WORDS;

	set(row, F_WORDS, scale_count(run->words));
	set(row, F_LINKS, scale_share(run->links, words));
	set(row, F_WORD_LENGTH, scale_count(10ull * run->bytes / words));
	set(row, F_COMMAS, scale_count(run->commas));
	set(row, F_DIGITS, scale_share(run->digits, run->bytes));
	set(row, F_STOPS, scale_count(run->stops));
	set(row, F_UPPER, scale_share(run->upper, line));
	set(row, F_LAST, (int8_t)(run->last + INT8_MIN));
	set(row, F_SIGNS,
	    (int8_t)(run->signs &
		     (RUN_TIME | RUN_BOLD | RUN_CODE | RUN_IMAGE)));
	set(row, F_PRICE, run->signs & RUN_PRICE ? 1 : 0);
	set(row, F_COPYRIGHT, run->signs & RUN_COPYRIGHT ? 1 : 0);
	set(row, F_TEXT_LOW, scale_none(run->text_scores.low));
	set(row, F_TEXT_HIGH, scale_none(run->text_scores.high));
	set(row, F_TEXT_SUM, scale_signed(run->text_scores.sum));
	set(row, F_TEXT_MEAN,
	    scale_signed(4 * run->text_scores.sum / (int)line));
	set(row, F_LINE, scale_none(run->line));
	set(row, F_INLINE_LOW, scale_none(run->inlines.low));
	set(row, F_INLINE_HIGH, scale_none(run->inlines.high));
	set(row, F_INLINE_SUM, scale_signed(run->inlines.sum));
}

static void add_place(const struct features *f, size_t i, int8_t *row)
{
	const struct blocks *b = f->blocks;
	const struct run *run = &b->runs[i];
	const struct run *previous = i ? run - 1 : NULL;
	const struct run *next = i + 1 < b->runs_count ? run + 1 : NULL;

	set(row, F_WORDS_BEFORE, scale_share(run->before.words, b->sums.words));
	set(row, F_RUNS_BEFORE, scale_share(i, b->runs_count));
	set(row, F_PROSE_BEFORE, scale_share(run->before.prose, b->sums.prose));
	set(row, F_H1_DISTANCE, scale_signed((int64_t)i - f->h1));
	set(row, F_PREVIOUS_WORDS,
	    previous ? scale_count(previous->words) : INT8_MIN);
	set(row, F_PREVIOUS_LINKS,
	    previous ? scale_share(previous->links, previous->words)
		     : INT8_MIN);
	set(row, F_NEXT_WORDS, next ? scale_count(next->words) : INT8_MIN);
	set(row, F_NEXT_LINKS,
	    next ? scale_share(next->links, next->words) : INT8_MIN);
	set(row, F_PROSE_GAP_BEFORE, scale_count(f->gap_before[i]));
	set(row, F_PROSE_GAP_AFTER, scale_count(f->gap_after[i]));
}

static int8_t has(uint32_t signs, uint32_t sign)
{
	return signs & sign ? 1 : 0;
}

static void add_signs(uint32_t s, int8_t *row)
{
	set(row, F_IN_HEADER, has(s, IN_HEADER));
	set(row, F_IN_FOOTER, has(s, IN_FOOTER));
	set(row, F_IN_NAV, has(s, IN_NAV));
	set(row, F_IN_ASIDE, has(s, IN_ASIDE));
	set(row, F_IN_MAIN, has(s, IN_MAIN));
	set(row, F_IN_ARTICLE, has(s, IN_ARTICLE));
	set(row, F_IN_FORM, has(s, IN_FORM));
	set(row, F_IN_TABLE, has(s, IN_TABLE));
	set(row, F_IN_LIST, has(s, IN_LIST));
	set(row, F_IN_BUTTON, has(s, IN_BUTTON));
	set(row, F_IN_DIALOG, has(s, IN_DIALOG));
	set(row, F_IN_DETAILS, has(s, IN_DETAILS));
	set(row, F_IN_HIDDEN, has(s, IN_HIDDEN));
	set(row, F_IN_ARIA_HIDDEN, has(s, IN_ARIA_HIDDEN));
	set(row, F_IN_SELECT, has(s, IN_SELECT));
	set(row, F_IN_NOSCRIPT, has(s, IN_NOSCRIPT));
	set(row, F_IN_OTHERS,
	    (int8_t)(has(s, IN_FIGURE) + 2 * has(s, IN_QUOTE) +
		     4 * has(s, IN_PRE) + 8 * has(s, IN_LABEL) +
		     16 * has(s, IN_DEFINITION)));
}

/* Writes the scores of an element's tokens. */
static void add_scores(const struct element_facts *facts, int8_t *to)
{
	to[0] = facts->low;
	to[MODEL_LANES] = facts->high;
	to[2 * MODEL_LANES] = facts->sum;
}

/* A tag's number in an order that groups similar ones. */
static int8_t tag_number(uint16_t tag)
{
	static const int8_t numbers[N_COUNT] = {
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

static void add_element(const struct block *e, int8_t *row)
{
	set(row, F_TAG, tag_number(e->tag));
	set(row, F_HEADING,
	    (int8_t)(e->signs & IN_HEADING ? 1 + tag_heading(e->node) : 0));
	set(row, F_DEPTH, scale_none(e->depth));
	set(row, F_CHAIN_LOW, scale_none(e->chain.low));
	set(row, F_CHAIN_HIGH, scale_none(e->chain.high));
	set(row, F_CHAIN_SUM, scale_signed(e->chain.sum));
	set(row, F_CHAIN_MEAN,
	    scale_signed(16 * e->chain.sum / (e->depth + 1)));
	add_signs(e->signs, row);
}

/* Writes words, share of links and share of prose of an element. */
static void add_sums(const struct element_facts *facts, int8_t *to)
{
	to[0] = facts->words;
	to[MODEL_LANES] = facts->links;
	to[2 * MODEL_LANES] = facts->prose;
}

static void add_around(const struct features *f, uint32_t block, int8_t *row)
{
	const struct block *all = f->blocks->blocks;
	const uint32_t p = all[block].parent, g = all[p].parent;
	const uint32_t gg = all[g].parent;

	set(row, F_OWN_WORDS, f->facts[block].words);
	set(row, F_OWN_RUNS, f->facts[block].runs);
	add_sums(&f->facts[p], &row[F_P_WORDS * MODEL_LANES]);
	set(row, F_P_RUNS, f->facts[p].runs);
	add_sums(&f->facts[g], &row[F_G_WORDS * MODEL_LANES]);
	set(row, F_G_RUNS, f->facts[g].runs);
	set(row, F_TWINS, f->facts[block].twins);
	set(row, F_P_TWINS, f->facts[p].twins);
	set(row, F_G_TWINS, f->facts[g].twins);
	set(row, F_GG_TWINS, f->facts[gg].twins);
	add_scores(&f->facts[block], &row[F_OWN_LOW * MODEL_LANES]);
	add_scores(&f->facts[p], &row[F_P_LOW * MODEL_LANES]);
	add_scores(&f->facts[g], &row[F_G_LOW * MODEL_LANES]);
}

static void add_repetition(const struct features *f, uint32_t block,
			   int8_t *row)
{
	const struct block *all = f->blocks->blocks;
	const struct group *group = &f->groups[all[block].group];
	const struct element_facts *facts = &f->facts[block];
	const struct element_facts *repeat = &f->facts[facts->repeat];

	set(row, F_GROUP_RUNS, scale_count(group->runs));
	set(row, F_GROUP_WORDS,
	    scale_count(10ull * group->words / (group->runs + !group->runs)));
	set(row, F_GROUP_LINKS, scale_share(group->links, group->words));
	set(row, F_GROUP_PROSE, scale_share(group->proses, group->runs));
	set(row, F_REPEAT_TWINS, repeat->twins);
	set(row, F_REPEAT_DISTANCE, facts->distance);
	set(row, F_REPEAT_WORDS, repeat->words);
	set(row, F_REPEAT_LINKS, repeat->links);
}

static void add_containers(const struct element_facts *facts, int8_t *row)
{
	set(row, F_BEST, facts->best);
	set(row, F_WIDER, facts->wider);
	set(row, F_ARTICLE_SHARE, facts->article);
	set(row, F_MAIN_SHARE, facts->main);
}

static void fill(model_lanes rows[FEATURES], int feature, int8_t value)
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
	fill(rows, F_PAGE_WORDS, scale_count(s->words));
	fill(rows, F_PAGE_RUNS, scale_count(f->blocks->runs_count));
	fill(rows, F_PAGE_LINKS, scale_share(s->links, s->words));
	fill(rows, F_PAGE_PROSE, scale_share(s->prose, s->words));
	fill(rows, F_PAGE_PROSES, scale_count(s->proses));
	fill(rows, F_PAGE_ARTICLES, scale_count(f->article_count));
	fill(rows, F_PAGE_PRICES, scale_count(f->prices));
	for (int i = 0; i < MODEL_TYPES; i++)
		fill(rows, F_PAGE_TYPE_0 + i, scale_signed(f->types[i]));
}

static int8_t probability(uint64_t p)
{
	return scale_share(p, MODEL_ONE);
}

/* Returns the mean probability over the words of an element. */
static int8_t mean_of(const struct features *f, uint32_t from, uint32_t to)
{
	const uint64_t words = blocks_sums(f->blocks, from, to).words;

	return probability(words ? (f->content[to] - f->content[from]) / words
				 : 0);
}

static int8_t mean_in(const struct features *f, const struct block *e)
{
	return mean_of(f, e->run, e->run_end);
}

static int8_t first_of(const struct features *f, int64_t run)
{
	return run >= 0 && run < (int64_t)f->blocks->runs_count ?
		probability((uint64_t)f->first[run]) : INT8_MIN;
}

static void add_first(const struct features *f, size_t i, const struct block *e,
		      int8_t *row)
{
	const struct block *all = f->blocks->blocks;
	const struct block *p = &all[e->parent], *g = &all[p->parent];
	const struct block *gg = &all[g->parent];
	const struct group *group = &f->groups[e->group];
	const size_t n = f->blocks->runs_count;

	set(row, F_FIRST, first_of(f, (int64_t)i));
	set(row, F_FIRST_PREVIOUS, first_of(f, (int64_t)i - 1));
	set(row, F_FIRST_NEXT, first_of(f, (int64_t)i + 1));
	set(row, F_FIRST_PREVIOUS_2, first_of(f, (int64_t)i - 2));
	set(row, F_FIRST_NEXT_2, first_of(f, (int64_t)i + 2));
	set(row, F_FIRST_OWN, mean_in(f, e));
	set(row, F_FIRST_P, mean_in(f, p));
	set(row, F_FIRST_G, mean_in(f, g));
	set(row, F_FIRST_GG, mean_in(f, gg));
	set(row, F_FIRST_T, mean_in(f, &all[gg->parent]));
	set(row, F_FIRST_GROUP,
	    probability(group->words ? group->content / group->words : 0));
	set(row, F_FIRST_BEFORE, scale_share(f->content[i], f->content[n]));
	set(row, F_FIRST_PAGE, mean_of(f, 0, (uint32_t)n));
	set(row, F_FIRST_WINDOW,
	    mean_of(f, (uint32_t)(i > 4 ? i - 4 : 0),
		    (uint32_t)(i + 5 < n ? i + 5 : n)));
}

void features_of_run(const struct features *f, size_t i,
		     model_lanes rows[FEATURES], size_t lane)
{
	const struct run *run = &f->blocks->runs[i];
	const struct block *e = &f->blocks->blocks[run->block];
	int8_t *row = rows[0] + lane;

	add_text(run, row);
	add_place(f, i, row);
	add_element(e, row);
	add_around(f, run->block, row);
	add_repetition(f, run->block, row);
	add_containers(&f->facts[run->block], row);
	if (f->first)
		add_first(f, i, e, row);
}
