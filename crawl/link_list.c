/* Encodes each link as a head of fixed size and the bytes of its texts. */
#include "crawl/link_list.h"

#include <string.h>

#include "crawl/url_key.h"

struct head {
	uint32_t url, carried;	/* lengths of the texts after the head, in
				 * bytes */
	uint32_t role;
	uint8_t nofollow, is_cut, is_plain;
	uint8_t padding;
};

size_t link_list_begin(struct buf *list)
{
	const size_t at = list->len;

	buf_reserve(list, sizeof(struct head));
	list->len += sizeof(struct head);
	return at;
}

/* Shortens a URL to the part that is kept: without the fragment, and at most
 * LINK_LENGTH bytes. Returns true if the URL equals its key for certain, so
 * that it has no fragment. */
static bool shorten(struct slice *url)
{
	const bool is_plain = url_key_is_plain(*url);
	const char *fragment = is_plain || !url->len
				       ? NULL : memchr(url->p, '#', url->len);

	if (fragment)
		url->len = (size_t)(fragment - url->p);
	if (url->len > LINK_LENGTH)
		url->len = LINK_LENGTH;
	return is_plain;
}

bool link_list_end(struct buf *list, size_t at, const struct page_link *link,
		   unsigned *count)
{
	const size_t start = at + sizeof(struct head);
	const bool is_full = *count >= LINK_LIST_MAX ||
			     at > LINK_LIST_MAX_BYTES;
	struct slice url = {list->data + start, list->len - start};
	const bool is_plain = shorten(&url);
	struct head head = {0};

	list->len = at;
	if (*count > LINK_LIST_MAX)
		return false;
	if (!is_full)
		head = (struct head){
			.url = (uint32_t)url.len,
			.carried = (uint32_t)link->carried.len,
			.role = link->role,
			.nofollow = link->nofollow,
			.is_cut = link->is_cut,
			.is_plain = is_plain,
		};
	memcpy(list->data + at, &head, sizeof(head));
	list->len = start + head.url;
	if (head.carried)
		buf_add(list, link->carried.p, head.carried);
	*count = is_full ? LINK_LIST_MAX + 1 : *count + 1;
	return !is_full;
}

bool link_list_add(struct buf *list, const struct page_link *link,
		   unsigned *count)
{
	const size_t at = link_list_begin(list);

	buf_add(list, link->url.p, link->url.len);
	return link_list_end(list, at, link, count);
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
		.is_plain = head.is_plain,
		.role = head.role,
		.carried = {p + head.url, head.carried},
	};
	*at += sizeof(head) + head.url + head.carried;
	return true;
}
