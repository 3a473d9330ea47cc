/* The lines of --map: the URLs that a crawl finds, without records. */
#ifndef CMD_CRAWL_MAP_H
#define CMD_CRAWL_MAP_H

#include "cmd/output/output.h"
#include "crawl/page.h"

/* Writes the line of a page that was found. The page has all but url and
 * index. */
void map_put(struct output *output, uint64_t index, const char *url,
	     const struct frontier_page *page);

#endif
