/* Computes what the features of all runs have in common. */
#include "parse/article/features.h"

#include <string.h>

#include "base/memory_budget.h"
#include "parse/article/groups.h"

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

static void find_gaps(struct features *f)
{
	const struct blocks *b = f->blocks;
	const size_t n = b->runs_count;
	uint32_t gap = 1000;

	f->gap_before = zeroes(n + 1, sizeof(*f->gap_before));
	f->gap_after = zeroes(n + 1, sizeof(*f->gap_after));
	for (size_t i = 0; i < n; i++) {
		f->gap_before[i] = gap;
		gap = is_prose_run(b, i) ? 1 : gap + 1;
	}
	gap = 1000;
	for (size_t i = n; i--;) {
		f->gap_after[i] = gap;
		gap = is_prose_run(b, i) ? 1 : gap + 1;
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

	memory_resize(f->groups, f->groups_count * sizeof(*f->groups), 0);
	memory_resize(f->gap_before, runs * sizeof(*f->gap_before), 0);
	memory_resize(f->gap_after, runs * sizeof(*f->gap_after), 0);
	memory_resize(f->content, f->content ? runs * sizeof(*f->content) : 0,
		      0);
	*f = (struct features){0};
}
