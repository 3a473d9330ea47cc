/* The lines of --map: the URLs that a crawl finds, without records. */
#ifndef CMD_CRAWL_MAP_H
#define CMD_CRAWL_MAP_H

#include <stdbool.h>

#include "cmd/output/output.h"
#include "crawl/frontier.h"
#include "parse/extract/roles.h"

/* Writes the line of a page that was found, unless --rows leaves out the page's
 * role; roles as in struct follow. All members of the page but url and index
 * are set. */
void map_put(struct output *output, const struct roles *roles, uint64_t index,
	     const char *url, const struct frontier_page *page);

/* Checks that a resumed crawl writes the same kind of lines as the previous
 * run: URLs (is_map), or records. Returns 0, or the exit code after logging the
 * reason. */
int map_check(bool is_map, struct frontier *f, const char *folder);

#endif
