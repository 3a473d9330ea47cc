/* Compiles and runs the jq filters of paging. */
#include "cmd/gather/paging/filters.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool open_one(struct jq **jq, const char *filter, const char *name,
		     struct buf *why)
{
	const size_t before = why->len;

	if (!filter)
		return true;
	buf_addf(why, "paginate.%s: ", name);
	*jq = jq_open(filter, strlen(filter), why);
	if (!*jq)
		return false;
	why->len = before;
	return true;
}

struct gather_filters *gather_filters_open(const struct gather_pages *pages,
					   struct buf *why)
{
	struct gather_filters *f = xcalloc(1, sizeof(*f));
	const char *name = pages->kind == PAGES_NEXT ? "next" : "cursor";

	if (open_one(&f->filter, pages->filter, name, why) &&
	    open_one(&f->more, pages->more, "more", why) &&
	    open_one(&f->total, pages->total, "total", why))
		return f;
	gather_filters_close(f);
	return NULL;
}

void gather_filters_close(struct gather_filters *f)
{
	if (!f)
		return;
	jq_close(f->filter);
	jq_close(f->more);
	jq_close(f->total);
	free(f);
}

void gather_filters_stop(struct gather_filters *f)
{
	struct jq *const all[] = {f->filter, f->more, f->total};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (all[i])
			jq_stop(all[i]);
}

static bool on_first(void *ctx, struct slice json)
{
	struct buf *out = ctx;

	buf_add(out, json.p, json.len);
	return false;
}

int gather_filter_first(struct jq *jq, struct jq_input *input,
			struct buf *out, struct buf *why)
{
	const char *error;

	buf_clear(out);
	error = jq_run(jq, input, on_first, out);
	if (!error)
		return 0;
	buf_addstr(why, error);
	return -1;
}
