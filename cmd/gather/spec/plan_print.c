/* Prints the plan for --dry-run: the endpoints in the order in which they can
 * start. */
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/gather/spec/reader.h"

void gather_plan_end_line(struct buf *plan, size_t start)
{
	for (size_t i = start; i < plan->len; i++) {
		unsigned char *c = (unsigned char *)plan->data + i;

		if (*c < 0x20 || *c == 0x7f)
			*c = ' ';
		else if (*c == 0xc2 && i + 1 < plan->len && c[1] < 0xa0)
			c[0] = c[1] = ' ';
	}
	buf_addch(plan, '\n');
}

static void add_endpoint(const struct gather_endpoint *e, struct buf *out)
{
	const size_t start = out->len;

	buf_addstr(out, e->name);
	if (e->each == EACH_FROM)
		buf_addf(out, ", when %s has arrived, for each of %s",
			 e->from->name,
			 e->each_filter ? e->each_filter : "its items");
	else if (e->each == EACH_VALUES)
		buf_addf(out, ", at once, for each of %zu values",
			 gather_values_count(e));
	else
		buf_addstr(out, ", at once");
	gather_plan_end_line(out, start);
	buf_addstr(out, e->plan);
}

/* Adds the endpoints by a counting sort on their depth. */
static void add_endpoints(const struct gather_spec *spec, const size_t *depth,
			  struct buf *out)
{
	size_t *starts = xcalloc(spec->count + 2, sizeof(*starts));
	size_t *order = xcalloc(spec->count + 1, sizeof(*order));

	for (size_t i = 0; i < spec->count; i++)
		starts[depth[i] + 1]++;
	for (size_t i = 1; i <= spec->count; i++)
		starts[i] += starts[i - 1];
	for (size_t i = 0; i < spec->count; i++)
		order[starts[depth[i]]++] = i;
	for (size_t i = 0; i < spec->count; i++)
		add_endpoint(spec->list[order[i]], out);
	free(starts);
	free(order);
}

void gather_spec_print(const struct gather_spec *spec, struct buf *out)
{
	struct buf why = {0};
	size_t *depth = gather_order(spec, &why), start;

	if (depth)
		add_endpoints(spec, depth, out);
	start = out->len;
	if (spec->result) {
		buf_addf(out, "result: %s", spec->result);
		gather_plan_end_line(out, start);
	}
	free(depth);
	buf_release(&why);
}
