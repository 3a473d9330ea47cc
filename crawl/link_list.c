/* Encodes each link as a head of fixed size and the bytes of its texts. */
#include "crawl/link_list.h"

#include <string.h>

struct head {
	uint32_t url, carried;	/* lengths of the texts after the head, in
				 * bytes */
	uint32_t role;
	uint8_t nofollow, is_cut;
	uint8_t padding[2];
};

bool link_list_add(struct buf *list, const struct page_link *link,
		   unsigned *count)
{
	const bool is_full = *count >= LINK_LIST_MAX ||
			     list->len > LINK_LIST_MAX_BYTES;
	struct head head = {0};

	if (*count > LINK_LIST_MAX)
		return false;
	if (!is_full)
		head = (struct head){
			.url = link->url.len < LINK_LENGTH
				       ? (uint32_t)link->url.len : LINK_LENGTH,
			.carried = (uint32_t)link->carried.len,
			.role = link->role,
			.nofollow = link->nofollow,
			.is_cut = link->is_cut,
		};
	buf_add(list, &head, sizeof(head));
	buf_add(list, link->url.p, head.url);
	buf_add(list, link->carried.p, head.carried);
	*count = is_full ? LINK_LIST_MAX + 1 : *count + 1;
	return !is_full;
}

bool link_list_next(struct slice list, size_t *at, struct page_link *link)
{
	const size_t left = list.len - *at;
	const char *p = list.p + *at;
	struct head head;

	if (left < sizeof(head))
		return false;
	memcpy(&head, p, sizeof(head));
	p += sizeof(head);
	if ((uint64_t)head.url + head.carried > left - sizeof(head))
		return false;
	*link = (struct page_link){
		.url = {p, head.url},
		.nofollow = head.nofollow,
		.is_cut = head.is_cut,
		.role = head.role,
		.carried = {p + head.url, head.carried},
	};
	*at += sizeof(head) + head.url + head.carried;
	return true;
}
