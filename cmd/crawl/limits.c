#include "cmd/crawl/limits.h"

#include <stddef.h>

void limits_reach(struct limits *l, const char *option)
{
	if (!l->reached)
		l->reached = option;
}

static bool has_all_pages(const struct limits *l)
{
	return l->options->max_pages && l->given >= l->options->max_pages;
}

bool limits_end(struct limits *l)
{
	limits_add_bytes(l, 0);
	return l->reached || has_all_pages(l);
}

const char *limits_name(const struct limits *l, uint64_t left)
{
	if (l->reached || !left)
		return l->reached;
	if (has_all_pages(l))
		return "--max-pages";
	return l->options->max_pages_host ? "--max-pages-host" : NULL;
}

bool limits_add_bytes(struct limits *l, uint64_t bytes)
{
	const uint64_t quota = l->options->quota;

	l->bytes += bytes;
	if (!quota || l->bytes < quota || l->reached)
		return false;
	limits_reach(l, "--quota");
	return true;
}
