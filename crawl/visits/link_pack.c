#include "crawl/visits/link_pack.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "crawl/link_list.h"

/* First byte of a link. */
enum { NOFOLLOW = 1, CUT = 2, ROLE = 4, CARRIED = 8 };

/* --- Packing -------------------------------------------------------------- */

/* Appends a number, seven bits a byte, the lowest first; the highest bit of a
 * byte says that another one follows. */
static void add_number(struct buf *out, size_t n)
{
	for (; n > 0x7f; n >>= 7)
		buf_addch(out, (char)(n | 0x80));
	buf_addch(out, (char)n);
}

static void add_bytes(struct buf *out, struct slice s)
{
	add_number(out, s.len);
	buf_add(out, s.p, s.len);
}

/* Returns the number of bytes that both begin with; compares eight at once. */
static size_t shared_length(struct slice a, struct slice b)
{
	const size_t most = a.len < b.len ? a.len : b.len;
	uint64_t x, y;
	size_t i = 0;

	for (; i + sizeof(x) <= most; i += sizeof(x)) {
		memcpy(&x, a.p + i, sizeof(x));
		memcpy(&y, b.p + i, sizeof(y));
		if (x != y)
			break;
	}
	while (i < most && a.p[i] == b.p[i])
		i++;
	return i;
}

void link_pack_add(struct buf *out, struct slice list)
{
	struct slice before = {"", 0};
	struct page_link link;
	size_t at = 0;

	while (link_list_next(list, &at, &link) && link.url.len) {
		const size_t shared = shared_length(before, link.url);

		buf_addch(out, (char)((link.nofollow ? NOFOLLOW : 0) |
				      (link.is_cut ? CUT : 0) |
				      (link.role ? ROLE : 0) |
				      (link.carried.len ? CARRIED : 0)));
		add_number(out, shared);
		add_bytes(out, (struct slice){link.url.p + shared,
					      link.url.len - shared});
		if (link.role)
			add_number(out, link.role);
		if (link.carried.len)
			add_bytes(out, link.carried);
		before = link.url;
	}
}

/* --- Unpacking ------------------------------------------------------------ */

/* Takes a number off the bytes. Returns false if they are damaged. */
static bool take_number(struct slice *s, size_t *n)
{
	enum { MOST_BITS = 28 };

	*n = 0;
	for (unsigned shift = 0; s->len && shift <= MOST_BITS; shift += 7) {
		const unsigned char c = (unsigned char)*s->p;

		s->p++;
		s->len--;
		*n |= (size_t)(c & 0x7f) << shift;
		if (c < 0x80)
			return true;
	}
	return false;
}

static bool take_bytes(struct slice *s, struct slice *bytes)
{
	size_t len;

	if (!take_number(s, &len) || len > s->len)
		return false;
	*bytes = (struct slice){s->p, len};
	s->p += len;
	s->len -= len;
	return true;
}

/* Takes a link off the bytes. url has the URL of the link before, and gets that
 * of this one. */
static bool take_link(struct slice *s, struct buf *url, struct page_link *link)
{
	const int flags = *s->p;
	size_t shared, role = 0;
	struct slice rest;

	s->p++;
	s->len--;
	*link = (struct page_link){.nofollow = flags & NOFOLLOW,
				   .is_cut = flags & CUT};
	if (!take_number(s, &shared) || shared > url->len ||
	    !take_bytes(s, &rest) || rest.len > LINK_LENGTH ||
	    (flags & ROLE && !take_number(s, &role)) ||
	    (flags & CARRIED && !take_bytes(s, &link->carried)))
		return false;
	url->len = shared;
	buf_add(url, rest.p, rest.len);
	link->url = slice_of(url);
	link->role = (unsigned)role;
	return true;
}

int link_pack_read(struct buf *list, struct slice packed)
{
	struct buf url = {0};
	struct page_link link;
	unsigned count = 0;
	bool ok = true;

	while (ok && packed.len) {
		ok = take_link(&packed, &url, &link);
		if (ok && !link_list_add(list, &link, &count))
			break;
	}
	buf_release(&url);
	return ok ? 0 : -1;
}
