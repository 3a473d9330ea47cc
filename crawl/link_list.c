/* A link is its length, a byte of flags, and its bytes. */
#include "crawl/link_list.h"

#include <string.h>

enum { HEAD = sizeof(uint32_t) + 1 };

bool link_list_add(struct buf *list, const struct page_link *link,
		   unsigned *count)
{
	const uint32_t len = (uint32_t)link->url.len;

	if (*count >= LINK_LIST_MAX)
		return false;
	buf_add(list, &len, sizeof(len));
	buf_addch(list, link->nofollow);
	buf_add(list, link->url.p, link->url.len);
	++*count;
	return true;
}

bool link_list_next(struct slice list, size_t *at, struct page_link *link)
{
	const size_t left = list.len - *at;
	uint32_t len;

	if (left < HEAD)
		return false;
	memcpy(&len, list.p + *at, sizeof(len));
	if (len > left - HEAD)
		return false;
	link->nofollow = list.p[*at + sizeof(len)];
	link->url = (struct slice){list.p + *at + HEAD, len};
	*at += HEAD + len;
	return true;
}
