/* The entries of a sitemap, as a parse worker hands them to a crawl: one after
 * the other, in one buffer, with absolute URLs. */
#ifndef CRAWL_SITEMAP_SITEMAP_LIST_H
#define CRAWL_SITEMAP_SITEMAP_LIST_H

#include <stdbool.h>

#include "base/buf.h"
#include "crawl/sitemap/sitemap.h"

/* Appends an entry. */
void sitemap_list_add(struct buf *list, const struct sitemap_entry *entry);

/* Iterates over the list: start with *at = 0; returns false at the end, or
 * where the bytes are not valid: the list may come from a process that is not
 * trusted. Slices are borrowed from the list. */
bool sitemap_list_next(struct slice list, size_t *at,
		       struct sitemap_entry *entry);

#endif
