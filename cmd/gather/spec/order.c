/* Orders endpoints so that each comes after the endpoints that it waits for,
 * and finds cycles. */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/gather/spec/reader.h"

enum { SHOWN = 10 };	/* number of endpoints named in a message about a long
			 * cycle */

/* Special values of a depth, larger than any real one: not visited yet, and on
 * the chain that is being walked. */
static const size_t UNKNOWN = SIZE_MAX, ON_CHAIN = SIZE_MAX - 1;

static void name_cycle(const struct gather_endpoint *e, struct buf *why)
{
	const struct gather_endpoint *at = e;

	buf_addf(why, "endpoints.%s.each.from: these wait for each other: "
		      "%s", e->name, e->name);
	for (unsigned i = 1; (at = at->from) != e; i++)
		if (i < SHOWN)
			buf_addf(why, " -> %s", at->name);
		else if (i == SHOWN)
			buf_addstr(why, " -> ...");
	buf_addf(why, " -> %s", e->name);
}

/* Sets the depth of an endpoint and of all that it waits for. Each endpoint
 * waits for one other at most, so these form a chain; endpoints whose depth is
 * known are not visited again. */
static int walk_chain(struct gather_endpoint *from,
		      struct gather_endpoint **chain, size_t *depth,
		      struct buf *why)
{
	struct gather_endpoint *e = from;
	size_t len = 0, below;

	for (; e && depth[e->number] == UNKNOWN; e = e->from) {
		depth[e->number] = ON_CHAIN;
		chain[len++] = e;
	}
	if (e && depth[e->number] == ON_CHAIN) {
		name_cycle(e, why);
		return -1;
	}
	below = e ? depth[e->number] + 1 : 0;
	while (len--)
		depth[chain[len]->number] = below++;
	return 0;
}

size_t *gather_order(const struct gather_spec *spec, struct buf *why)
{
	struct gather_endpoint **chain =
		xcalloc(spec->count + 1, sizeof(*chain));
	size_t *depth = xcalloc(spec->count + 1, sizeof(*depth));

	for (size_t i = 0; i < spec->count; i++)
		depth[i] = UNKNOWN;
	for (size_t i = 0; i < spec->count; i++)
		if (walk_chain(spec->list[i], chain, depth, why)) {
			free(depth);
			depth = NULL;
			break;
		}
	free(chain);
	return depth;
}
