#include "parse/article/between.h"

#include <stddef.h>

/* A gap: runs that are not content, between two that are. */
struct gap {
	uint32_t from, to;
};

/* Returns true if the words of an element are not mostly links, unlike the
 * words of a menu. */
static bool is_text(const struct blocks *b, const struct block *e)
{
	const struct run_sums s = blocks_sums(b, e->run, e->run_end);

	return 3 * (uint64_t)s.links < 2 * (uint64_t)s.words;
}

static bool is_wanted(const struct blocks *b, const struct block *e)
{
	switch (e->tag) {
	case N_PRE:
		return true;
	case N_TABLE:
	case N_DETAILS:
		return is_text(b, e);
	default:
		return false;
	}
}

/* Returns the outermost element inside the gap that is wanted and has the run
 * as its first one; NULL if there is none. */
static const struct block *element_at(const struct blocks *b,
				      const struct gap *gap, uint32_t run)
{
	const struct block *e = &b->blocks[b->runs[run].block];
	const struct block *found = NULL;

	while (e->run == run && e->run_end <= gap->to) {
		if (is_wanted(b, e))
			found = e;
		if (e == &b->blocks[e->parent])
			break;
		e = &b->blocks[e->parent];
	}
	return found;
}

/* Returns true if the gap has wanted elements and nothing else. */
static bool is_filled(const struct blocks *b, const struct gap *gap)
{
	uint32_t run = gap->from;

	while (run < gap->to) {
		const struct block *e = element_at(b, gap, run);

		if (!e)
			return false;
		run = e->run_end;
	}
	return true;
}

bool between_raise(const struct blocks *b, int16_t *p, int limit)
{
	struct gap gap = {0, 0};
	bool raised = false, begun = false;

	for (uint32_t i = 0; i < b->runs_count; i++) {
		if (p[i] < limit)
			continue;
		gap.to = i;
		if (begun && gap.from < gap.to && is_filled(b, &gap)) {
			raised = true;
			for (uint32_t k = gap.from; k < gap.to; k++)
				p[k] = (int16_t)limit;
		}
		gap.from = i + 1;
		begun = true;
	}
	return raised;
}
