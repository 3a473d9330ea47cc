/* Objects made from the outputs of a jq filter. The outputs are first collected
 * as text, because each of them then becomes the input of the fields' own
 * filters. */
#include <string.h>

#include "parse/extract/internal.h"

/* State while outputs are collected. */
struct collecting {
	struct extractor *e;
	struct buf *out;
	bool all;
};

static bool on_output(void *ctx, struct slice json)
{
	const struct collecting *c = ctx;

	/* A line is one value: line ends inside of strings are escaped. */
	buf_add(c->out, json.p, json.len);
	buf_addch(c->out, '\n');
	if (c->out->len > EXTRACTED_MAX) {
		c->e->limit_reached = true;
		extractor_fail(c->e, NULL,
			       "the outputs of a jq filter are over 64 MB");
	}
	return c->all && !extractor_is_done(c->e);
}

const char *json_items_find(struct extractor *e, struct jq *jq, bool all,
			    struct buf *out)
{
	struct collecting collecting = {e, out, all};
	const char *why =
		jq_run(jq, extractor_jq_input(e), on_output, &collecting);

	if (why)
		buf_clear(out);
	return why;
}

void json_items_visit(struct extractor *e, const struct lookup *l,
		      struct slice items,
		      bool (*on_item)(void *ctx, size_t index), void *ctx)
{
	struct jq_input *const input = e->jq_input;
	const struct jq_plan *const plan = e->plan;
	const struct slice json = e->json;
	bool more = true;

	e->plan = l->plan;
	for (size_t i = 0; items.len && more && !extractor_is_done(e); i++) {
		const char *end = memchr(items.p, '\n', items.len);

		e->json = (struct slice){items.p, (size_t)(end - items.p)};
		e->jq_input = NULL;
		items.p += e->json.len + 1;
		items.len -= e->json.len + 1;
		more = on_item(ctx, i);
		jq_input_free(e->jq_input);
	}
	e->plan = plan;
	e->jq_input = input;
	e->json = json;
}
