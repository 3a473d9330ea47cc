/* Computes the features of one run. */
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

static struct run_sums sums_of(const struct blocks *b, const struct block *e)
{
	return blocks_sums(b, e->run, e->run_end);
}

static void add_text(const struct run *run, int16_t *row)
{
	const uint32_t words = run->words ? run->words : 1;
	const uint32_t line = words < LINE_WORDS ? words : LINE_WORDS;

	row[F_WORDS] = limit(run->words);
	row[F_LINKS] = share(run->links, words);
	row[F_WORD_LENGTH] = limit(10ll * run->bytes / words);
	row[F_COMMAS] = limit(run->commas);
	row[F_DIGITS] = share(run->digits, run->bytes);
	row[F_STOPS] = limit(run->stops);
	row[F_UPPER] = share(run->upper, line);
	row[F_LAST] = run->last;
	row[F_SIGNS] = run->signs & (RUN_TIME | RUN_BOLD | RUN_CODE | RUN_IMAGE);
	row[F_PRICE] = run->signs & RUN_PRICE ? 1 : 0;
	row[F_COPYRIGHT] = run->signs & RUN_COPYRIGHT ? 1 : 0;
	row[F_TEXT_LOW] = run->text.low;
	row[F_TEXT_HIGH] = run->text.high;
	row[F_TEXT_SUM] = run->text.sum;
	row[F_TEXT_MEAN] = limit(4 * run->text.sum / (int)line);
	row[F_LINE] = run->line;
	row[F_INLINE_LOW] = run->inlines.low;
	row[F_INLINE_HIGH] = run->inlines.high;
	row[F_INLINE_SUM] = run->inlines.sum;
}

static void add_place(const struct features *f, size_t i, int16_t *row)
{
	const struct blocks *b = f->blocks;
	const struct run *run = &b->runs[i];
	const struct run *previous = i ? run - 1 : NULL;
	const struct run *next = i + 1 < b->runs_count ? run + 1 : NULL;

	row[F_WORDS_BEFORE] = share(run->before.words, b->sums.words);
	row[F_RUNS_BEFORE] = share(i, b->runs_count);
	row[F_INDEX] = limit((int64_t)i);
	row[F_INDEX_FROM_END] = limit((int64_t)(b->runs_count - i));
	row[F_PROSE_BEFORE] = share(run->before.prose, b->sums.prose);
	row[F_PROSE_AFTER] = limit(b->sums.prose - run->before.prose);
	row[F_H1_DISTANCE] = limit((int64_t)i - f->h1);
	row[F_PREVIOUS_WORDS] = previous ? limit(previous->words) : 0;
	row[F_PREVIOUS_LINKS] = previous ? share(previous->links,
						 previous->words) : 0;
	row[F_NEXT_WORDS] = next ? limit(next->words) : 0;
	row[F_NEXT_LINKS] = next ? share(next->links, next->words) : 0;
	row[F_PROSE_GAP_BEFORE] = limit(f->gap_before[i]);
	row[F_PROSE_GAP_AFTER] = limit(f->gap_after[i]);
}

static int16_t has(uint32_t signs, uint32_t sign)
{
	return signs & sign ? 1 : 0;
}

static void add_signs(uint32_t s, int16_t *row)
{
	row[F_IN_HEADER] = has(s, IN_HEADER);
	row[F_IN_FOOTER] = has(s, IN_FOOTER);
	row[F_IN_NAV] = has(s, IN_NAV);
	row[F_IN_ASIDE] = has(s, IN_ASIDE);
	row[F_IN_MAIN] = has(s, IN_MAIN);
	row[F_IN_ARTICLE] = has(s, IN_ARTICLE);
	row[F_IN_FORM] = has(s, IN_FORM);
	row[F_IN_TABLE] = has(s, IN_TABLE);
	row[F_IN_LIST] = has(s, IN_LIST);
	row[F_IN_BUTTON] = has(s, IN_BUTTON);
	row[F_IN_DIALOG] = has(s, IN_DIALOG);
	row[F_IN_DETAILS] = has(s, IN_DETAILS);
	row[F_IN_HIDDEN] = has(s, IN_HIDDEN);
	row[F_IN_ARIA_HIDDEN] = has(s, IN_ARIA_HIDDEN);
	row[F_IN_SELECT] = has(s, IN_SELECT);
	row[F_IN_NOSCRIPT] = has(s, IN_NOSCRIPT);
	row[F_IN_OTHERS] = (int16_t)(has(s, IN_FIGURE) + 2 * has(s, IN_QUOTE) +
				     4 * has(s, IN_PRE) + 8 * has(s, IN_LABEL) +
				     16 * has(s, IN_DEFINITION));
}

static void add_scores(const struct token_scores *s, int16_t *to)
{
	to[0] = s->low;
	to[1] = s->high;
	to[2] = s->sum;
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

	row[F_TAG] = tag_number(e->tag);
	row[F_HEADING] = (int16_t)(e->signs & IN_HEADING ?
				   1 + tag_heading(e->node) : 0);
	row[F_DEPTH] = (int16_t)e->depth;
	add_scores(&e->own, &row[F_OWN_LOW]);
	add_scores(&p->own, &row[F_P_LOW]);
	add_scores(&g->own, &row[F_G_LOW]);
	add_scores(&e->chain, &row[F_CHAIN_LOW]);
	row[F_CHAIN_MEAN] = limit(16 * e->chain.sum / (e->depth + 1));
	add_signs(e->signs, row);
}

/* Writes words, share of links and share of prose of an element. */
static void add_sums(const struct features *f, const struct block *e,
		     int16_t *to)
{
	const struct run_sums s = sums_of(f->blocks, e);

	to[0] = limit(s.words);
	to[1] = share(s.links, s.words);
	to[2] = share(s.prose, s.words);
}

static void add_around(const struct features *f, const struct block *e,
		       int16_t *row)
{
	const struct block *all = f->blocks->blocks;
	const struct block *p = &all[e->parent], *g = &all[p->parent];
	const struct block *gg = &all[g->parent], *t = &all[gg->parent];
	const uint32_t prose = f->blocks->sums.prose;

	row[F_OWN_WORDS] = limit(sums_of(f->blocks, e).words);
	row[F_OWN_RUNS] = limit(e->run_end - e->run);
	add_sums(f, p, &row[F_P_WORDS]);
	row[F_P_RUNS] = limit(p->run_end - p->run);
	add_sums(f, g, &row[F_G_WORDS]);
	row[F_G_RUNS] = limit(g->run_end - g->run);
	add_sums(f, gg, &row[F_GG_WORDS]);
	row[F_GG_RUNS] = limit(gg->run_end - gg->run);
	add_sums(f, t, &row[F_T_WORDS]);
	row[F_G_SHARE] = share(sums_of(f->blocks, g).prose, prose);
	row[F_T_SHARE] = share(sums_of(f->blocks, t).prose, prose);
	row[F_TWINS] = limit(e->twins);
	row[F_P_TWINS] = limit(p->twins);
	row[F_G_TWINS] = limit(g->twins);
	row[F_GG_TWINS] = limit(gg->twins);
}

static void add_repetition(const struct features *f, const struct block *e,
			   int16_t *row)
{
	const struct group *group = &f->groups[e->group];
	int distance = 0;

	row[F_GROUP_RUNS] = limit(group->runs);
	row[F_GROUP_WORDS] = limit(10ll * group->words /
				   (group->runs + !group->runs));
	row[F_GROUP_LINKS] = share(group->links, group->words);
	row[F_GROUP_PROSE] = share(group->proses, group->runs);
	while (distance < 8 && e->twins < 3) {
		e = &f->blocks->blocks[e->parent];
		distance++;
	}
	row[F_REPEAT_TWINS] = limit(e->twins);
	row[F_REPEAT_DISTANCE] = (int16_t)distance;
	row[F_REPEAT_WORDS] = limit(sums_of(f->blocks, e).words);
	row[F_REPEAT_LINKS] = share(sums_of(f->blocks, e).links,
				    sums_of(f->blocks, e).words);
}

/* Returns how many levels above the container the first element is that has
 * both. */
static int16_t levels_to(const struct blocks *b, uint32_t container,
			 uint32_t block)
{
	int16_t levels = 0;

	while (levels < 16 && (block < container ||
			       block >= b->blocks[container].end)) {
		container = b->blocks[container].parent;
		levels++;
	}
	return levels;
}

/* Returns the share of the page's prose in the nearest element around that has
 * the tag; -1: none. */
static int16_t share_around(const struct blocks *b, const struct block *e,
			    uint32_t sign)
{
	const struct block *top = NULL;

	for (int i = 0; i < 24 && e->signs & sign; i++) {
		top = e;
		if (e == &b->blocks[e->parent])
			break;
		e = &b->blocks[e->parent];
	}
	return top ? share(sums_of(b, top).prose, b->sums.prose) : -1;
}

static void add_containers(const struct features *f, uint32_t block,
			   int16_t *row)
{
	const struct blocks *b = f->blocks;
	const struct run_sums best = sums_of(b, &b->blocks[f->best]);

	row[F_BEST] = levels_to(b, f->best, block);
	row[F_BEST_SHARE] = share(best.prose, b->sums.prose);
	row[F_BEST_LINKS] = share(best.links, best.words);
	row[F_WIDER] = levels_to(b, f->wider, block);
	row[F_ARTICLE_SHARE] = share_around(b, &b->blocks[block], IN_ARTICLE);
	row[F_MAIN_SHARE] = share_around(b, &b->blocks[block], IN_MAIN);
}

static void add_page(const struct features *f, int16_t *row)
{
	const struct run_sums *s = &f->blocks->sums;

	row[F_PAGE_WORDS] = limit(s->words);
	row[F_PAGE_RUNS] = limit((int64_t)f->blocks->runs_count);
	row[F_PAGE_LINKS] = share(s->links, s->words);
	row[F_PAGE_PROSE] = share(s->prose, s->words);
	row[F_PAGE_PROSES] = limit(s->proses);
	row[F_PAGE_ARTICLES] = limit(f->article_count);
	row[F_PAGE_PRICES] = limit(f->prices);
	for (int i = 0; i < MODEL_TYPES; i++)
		row[F_PAGE_TYPE_0 + i] = f->types[i];
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

	row[F_FIRST] = f->first[i];
	row[F_FIRST_PREVIOUS] = i ? f->first[i - 1] : 0;
	row[F_FIRST_NEXT] = i + 1 < n ? f->first[i + 1] : 0;
	row[F_FIRST_PREVIOUS_2] = i > 1 ? f->first[i - 2] : 0;
	row[F_FIRST_NEXT_2] = i + 2 < n ? f->first[i + 2] : 0;
	row[F_FIRST_OWN] = mean_in(f, e);
	row[F_FIRST_P] = mean_in(f, p);
	row[F_FIRST_G] = mean_in(f, g);
	row[F_FIRST_GG] = mean_in(f, gg);
	row[F_FIRST_T] = mean_in(f, &all[gg->parent]);
	row[F_FIRST_GROUP] = group->words ?
		limit((int64_t)(group->content / group->words)) : 0;
	row[F_FIRST_BEFORE] = share(f->content[i], f->content[n]);
	row[F_FIRST_PAGE] = mean_of(f, 0, (uint32_t)n);
	row[F_FIRST_WINDOW] = mean_of(f, (uint32_t)(i > 4 ? i - 4 : 0),
				      (uint32_t)(i + 5 < n ? i + 5 : n));
}

void features_of_run(const struct features *f, size_t i, int16_t row[FEATURES])
{
	const struct run *run = &f->blocks->runs[i];
	const struct block *e = &f->blocks->blocks[run->block];

	add_text(run, row);
	add_place(f, i, row);
	add_element(f, e, row);
	add_around(f, e, row);
	add_repetition(f, e, row);
	add_containers(f, run->block, row);
	add_page(f, row);
	if (f->first)
		add_first(f, i, e, row);
}
