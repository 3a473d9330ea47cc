#include "cmd/crawl/limits.h"

#include <stddef.h>

void limits_reach(struct limits *l, const char *option)
{
	if (!l->reached)
		l->reached = option;
}

bool limits_end(struct limits *l)
{
	const unsigned max = l->options->max_pages;

	if (max && l->given >= max)
		limits_reach(l, "--max-pages");
	return l->reached;
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
