/* Computes the values that the features of all runs have in common. */
#include "parse/article/features.h"

#include <string.h>

#include "base/memory_budget.h"
#include "parse/article/groups.h"
#include "parse/article/scale.h"

static void *zeroes(size_t count, size_t size)
{
	return memset(memory_resize(NULL, 0, count * size), 0, count * size);
}

/* Returns how good an element is as the only container of the page's
 * content: its prose, less for each level and for links. */
static uint64_t worth(const struct blocks *b, const struct block *e,
		      uint32_t per_mille)
{
	const struct run_sums s = blocks_sums(b, e->run, e->run_end);
	const uint64_t all = b->sums.prose;

	if (!s.words || s.prose * 1000ull < all * per_mille)
		return 0;
	return 1000000ull * e->depth + 1000ull * (s.words - s.links) / s.words;
}

/* Finds the deepest element that has this share of the page's prose. */
static uint32_t find_container(const struct blocks *b, uint32_t per_mille)
{
	uint64_t most = 0;
	uint32_t found = 0;

	for (size_t i = 0; i < b->count; i++) {
		const uint64_t w = worth(b, &b->blocks[i], per_mille);

		if (w > most) {
			most = w;
			found = (uint32_t)i;
		}
	}
	return found;
}

static bool is_prose_run(const struct blocks *b, size_t i)
{
	return b->runs[i + 1].before.proses != b->runs[i].before.proses;
}

enum { MAX_GAP = 1000 };

static uint16_t next_gap(uint16_t gap, bool is_prose)
{
	return (uint16_t)(is_prose ? 1 : gap < MAX_GAP ? gap + 1 : gap);
}

static void find_gaps(struct features *f)
{
	const struct blocks *b = f->blocks;
	const size_t n = b->runs_count;
	uint16_t gap = MAX_GAP;

	f->gap_before = zeroes(n + 1, sizeof(*f->gap_before));
	f->gap_after = zeroes(n + 1, sizeof(*f->gap_after));
	for (size_t i = 0; i < n; i++) {
		f->gap_before[i] = gap;
		gap = next_gap(gap, is_prose_run(b, i));
	}
	gap = MAX_GAP;
	for (size_t i = n; i--;) {
		f->gap_after[i] = gap;
		gap = next_gap(gap, is_prose_run(b, i));
	}
}

static void count_elements(struct features *f)
{
	const struct blocks *b = f->blocks;

	f->h1 = (uint32_t)b->runs_count;
	for (size_t i = b->count; i--;) {
		f->article_count += b->blocks[i].tag == N_ARTICLE;
		if (b->blocks[i].tag == N_H1 &&
		    b->blocks[i].run < b->blocks[i].run_end)
			f->h1 = b->blocks[i].run;
	}
	for (size_t i = 0; i < b->runs_count; i++)
		f->prices += b->runs[i].signs & RUN_PRICE ? 1 : 0;
}

static void fill_groups(struct features *f)
{
	const struct blocks *b = f->blocks;

	for (size_t i = 0; i < b->runs_count; i++) {
		const struct run *run = &b->runs[i];
		struct group *g = &f->groups[b->blocks[run->block].group];

		g->runs++;
		g->words += run->words;
		g->links += run->links;
		g->proses += is_prose_run(b, i);
	}
}

/* Returns how many levels above the container the first element is that has
 * both it and block i. above: the result for the parent of the block. */
static int8_t levels_to(const struct blocks *b, uint32_t container,
			 uint32_t i, int8_t above)
{
	const struct block *c = &b->blocks[container];
	int levels;

	if (i >= container && i < c->end)
		return 0;
	if (container < i || container >= b->blocks[i].end)
		return above;
	levels = c->depth - b->blocks[i].depth;
	return (int8_t)(levels < 16 ? levels : 16);
}

static void find_repeat(struct features *f, uint32_t i)
{
	const struct block *e = &f->blocks->blocks[i];
	const struct element_facts *above = &f->facts[e->parent];
	struct element_facts *facts = &f->facts[i];

	facts->repeat = i;
	if (e->twins < 3 && i) {
		facts->repeat = above->repeat;
		facts->distance = (int8_t)(above->distance < 8 ?
					     above->distance + 1 : 8);
	}
}

static void fill_facts(struct features *f, uint32_t i)
{
	const struct blocks *b = f->blocks;
	const struct block *e = &b->blocks[i];
	const struct element_facts *above = &f->facts[e->parent];
	const uint32_t signs = i ? b->blocks[e->parent].signs : 0;
	const struct run_sums s = blocks_sums(b, e->run, e->run_end);
	struct element_facts *facts = &f->facts[i];

	facts->twins = scale_count(e->twins);
	facts->low = scale_none(e->own.low);
	facts->high = scale_none(e->own.high);
	facts->sum = scale_signed(e->own.sum);
	facts->words = scale_count(s.words);
	facts->links = scale_share(s.links, s.words);
	facts->prose = scale_share(s.prose, s.words);
	facts->runs = scale_count(e->run_end - e->run);
	facts->share = scale_share(s.prose, b->sums.prose);
	facts->article = signs & IN_ARTICLE ? above->article :
		e->signs & IN_ARTICLE ? facts->share : INT8_MIN;
	facts->main = signs & IN_MAIN ? above->main :
		e->signs & IN_MAIN ? facts->share : INT8_MIN;
	facts->best = levels_to(b, f->best, i, above->best);
	facts->wider = levels_to(b, f->wider, i, above->wider);
	find_repeat(f, i);
}

void features_init(struct features *f, struct blocks *blocks)
{
	f->blocks = blocks;
	f->groups_count = groups_find(blocks) + 1;
	f->groups = zeroes(f->groups_count, sizeof(*f->groups));
	fill_groups(f);
	f->best = find_container(blocks, 600);
	f->wider = find_container(blocks, 900);
	count_elements(f);
	find_gaps(f);
	f->facts = zeroes(blocks->count + 1, sizeof(*f->facts));
	for (uint32_t i = 0; i < blocks->count; i++)
		fill_facts(f, i);
}

void features_set_first(struct features *f, const int16_t *first)
{
	const struct blocks *b = f->blocks;
	uint64_t sum = 0;

	f->first = first;
	f->content = zeroes(b->runs_count + 1, sizeof(*f->content));
	for (size_t i = 0; i < b->runs_count; i++) {
		const struct run *run = &b->runs[i];
		const uint64_t part = (uint64_t)run->words * (uint64_t)first[i];

		f->content[i] = sum;
		f->groups[b->blocks[run->block].group].content += part;
		sum += part;
	}
	f->content[b->runs_count] = sum;
}

void features_release(struct features *f)
{
	const size_t runs = f->blocks->runs_count + 1;

	memory_resize(f->facts,
		      (f->blocks->count + 1) * sizeof(*f->facts), 0);
	memory_resize(f->groups, f->groups_count * sizeof(*f->groups), 0);
	memory_resize(f->gap_before, runs * sizeof(*f->gap_before), 0);
	memory_resize(f->gap_after, runs * sizeof(*f->gap_after), 0);
	memory_resize(f->content, f->content ? runs * sizeof(*f->content) : 0,
		      0);
	*f = (struct features){0};
}
