/* An entry is a head of fixed size, its URL, and its date. */
#include "crawl/sitemap/sitemap_list.h"

#include <stdint.h>
#include <string.h>

struct head {
	uint32_t url;		/* length of the URL in bytes */
	uint8_t date;		/* length of the date in bytes */
	int8_t priority;
	uint8_t is_sitemap;
	uint8_t unused;
};

void sitemap_list_add(struct buf *list, const struct sitemap_entry *entry)
{
	const struct head head = {
		.url = (uint32_t)entry->url.len,
		.date = (uint8_t)entry->lastmod.len,
		.priority = (int8_t)entry->priority,
		.is_sitemap = entry->is_sitemap,
	};

	buf_add(list, &head, sizeof(head));
	buf_add(list, entry->url.p, entry->url.len);
	buf_add(list, entry->lastmod.p, entry->lastmod.len);
}

/* Returns true if the values of an entry are possible ones; the list may come
 * from a process that is not trusted. */
static bool is_possible(const struct head *head, struct slice date)
{
	return head->is_sitemap <= 1 && head->priority >= -5 &&
	       head->priority <= 5 && (!date.len || sitemap_is_date(date));
}

bool sitemap_list_next(struct slice list, size_t *at,
		       struct sitemap_entry *entry)
{
	size_t left = list.len - *at;
	const char *p = list.p + *at;
	struct head head;

	if (left < sizeof(head))
		return false;
	memcpy(&head, p, sizeof(head));
	left -= sizeof(head);
	p += sizeof(head);
	if (head.url > left || head.date > left - head.url)
		return false;
	entry->url = (struct slice){p, head.url};
	entry->lastmod = (struct slice){p + head.url, head.date};
	if (!is_possible(&head, entry->lastmod))
		return false;
	entry->priority = head.priority;
	entry->is_sitemap = head.is_sitemap;
	*at += sizeof(head) + head.url + head.date;
	return true;
}
