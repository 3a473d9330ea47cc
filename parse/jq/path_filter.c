/* Compiles path filters. */
#include "parse/jq/path_filter.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parse/jq/path_node.h"

/* The outputs of a filter may be at most this many times as large as the
 * input. */
static const double cost_max = 1000;

struct path_filter *path_filter_compile(const char *text, size_t len)
{
	struct path_filter *f = xcalloc(1, sizeof(*f));

	f->text = xmemdup(text, len);
	if (path_parse(f, len) &&
	    path_cost(f->root, PATH_TEXTS_ARE_FREE) <= cost_max) {
		f->is_bounded = !path_has_product(f->root) &&
				path_cost(f->root, PATH_TEXTS_COUNT) <=
					cost_max;
		return f;
	}
	path_filter_free(f);
	return NULL;
}

void path_filter_free(struct path_filter *filter)
{
	if (!filter)
		return;
	free(filter->nodes);
	free(filter->text);
	free(filter);
}

bool path_filter_is_bounded(const struct path_filter *filter)
{
	return filter->is_bounded;
}
