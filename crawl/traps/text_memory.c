/* Keys are mixed with a secret: a site cannot prepare a text that has the key
 * of another site's text. URLs are collected in a buffer and appended to their
 * file when it is full. */
#include "crawl/traps/text_memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include <xxhash.h>

#include "base/mem.h"
#include "crawl/mapped_table.h"
#include "crawl/traps/number_map.h"
#include "crawl/traps/page_text.h"

enum {
	URLS_SIZE = 64 << 10,	/* size of the buffer of URLs */
	COUNT_BITS = 24,	/* bits for the number of pages with a text */
	COUNT_MAX = (1 << COUNT_BITS) - 1,
};

/* Kinds of keys; the comment after each describes the value. */
enum kind {
	WHOLE,		/* value: position of the first page's URL, and number
			 * of pages */
	UNDATED,
	WORDINGS,	/* value: simhash of the text */
};

struct text_memory {
	struct number_map *map;
	uint64_t secret;
	int fd;			/* file of URLs: each with its length before
				 * it */
	uint64_t written;	/* bytes written to the file */
	struct buf urls;	/* URLs not written to the file yet */
};

struct text_memory *text_memory_open(const char *folder)
{
	struct text_memory *m = xcalloc(1, sizeof(*m));

	if (getrandom(&m->secret, sizeof(m->secret), 0) != sizeof(m->secret))
		m->secret = (uintptr_t)m;
	m->fd = mapped_table_file(folder);
	m->map = m->fd < 0 ? NULL : number_map_open(folder);
	if (m->map)
		return m;
	text_memory_close(m);
	return NULL;
}

void text_memory_close(struct text_memory *m)
{
	const int error = errno;

	if (!m)
		return;
	if (m->fd >= 0)
		close(m->fd);
	number_map_close(m->map);
	buf_release(&m->urls);
	free(m);
	errno = error;
}

static uint64_t key_of(const struct text_memory *m, enum kind kind,
		       struct slice host, uint64_t digest)
{
	const uint64_t parts[] = {
		digest, kind,
		XXH3_64bits_withSeed(host.p, host.len, m->secret),
	};
	const uint64_t key = XXH3_64bits_withSeed(parts, sizeof(parts),
						  m->secret);

	return key ? key : 1;
}

static int write_urls(struct text_memory *m)
{
	size_t done = 0;

	while (done < m->urls.len) {
		const ssize_t n = pwrite(m->fd, m->urls.data + done,
					 m->urls.len - done,
					 (off_t)(m->written + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		done += (size_t)n;
	}
	m->written += m->urls.len;
	buf_clear(&m->urls);
	return 0;
}

/* Stores a URL; sets *place to its position in the file. */
static int add_url(struct text_memory *m, struct slice url, uint64_t *place)
{
	const uint32_t len = (uint32_t)url.len;

	if (m->urls.len > URLS_SIZE && write_urls(m))
		return -1;
	*place = m->written + m->urls.len;
	buf_add(&m->urls, &len, sizeof(len));
	buf_add(&m->urls, url.p, url.len);
	return 0;
}

/* Reads stored bytes, which are either all in the file or all in the buffer. */
static int read_bytes(const struct text_memory *m, uint64_t place, void *to,
		      size_t len)
{
	if (place >= m->written) {
		memcpy(to, m->urls.data + (place - m->written), len);
		return 0;
	}
	return pread(m->fd, to, len, (off_t)place) == (ssize_t)len ? 0 : -1;
}

/* Counts a page with the text. */
static int add_whole(struct text_memory *m, struct slice host,
		     struct slice url, uint64_t digest, unsigned *pages)
{
	uint64_t *value = number_map_get(m->map,
					 key_of(m, WHOLE, host, digest));
	uint64_t place;

	if (!value)
		return -1;
	if (!*value) {
		if (add_url(m, url, &place))
			return -1;
		*value = place << COUNT_BITS;
	}
	if ((*value & COUNT_MAX) < COUNT_MAX)
		++*value;
	*pages = *value & COUNT_MAX;
	return 0;
}

/* Adds a digest; *is_seen becomes true if the digest was already there. */
static int add_undated(struct text_memory *m, struct slice host,
		       uint64_t digest, bool *is_seen)
{
	uint64_t *value = number_map_get(m->map,
					 key_of(m, UNDATED, host, digest));

	if (!value)
		return -1;
	*is_seen |= *value;
	*value = 1;
	return 0;
}

/* Adds the digest `wordings` with the simhash of the text; *is_seen becomes
 * true if this digest was there with a similar simhash. */
static int add_wordings(struct text_memory *m, struct slice host,
			const struct page_text *text, bool *is_seen)
{
	const uint64_t key = key_of(m, WORDINGS, host, text->wordings);
	const uint64_t *known = number_map_find(m->map, key);
	uint64_t *value;

	if (known && page_text_is_near(*known, text->simhash)) {
		*is_seen = true;
		return 0;
	}
	/* Store the latest simhash, because a template whose numbers grow
	 * changes slowly from page to page. */
	value = number_map_get(m->map, key);
	if (!value)
		return -1;
	*value = text->simhash;
	return 0;
}

int text_memory_add(struct text_memory *m, struct slice host, struct slice url,
		    const struct page_text *text, bool without_date,
		    struct text_seen *seen)
{
	bool is_seen = false;

	*seen = (struct text_seen){0};
	if (add_whole(m, host, url, text->whole, &seen->pages))
		return -1;
	seen->is_repeated = seen->pages > 1;
	if (seen->is_repeated)
		return 0;
	if ((without_date &&
	     add_undated(m, host, text->undated, &is_seen)) ||
	    add_wordings(m, host, text, &is_seen))
		return -1;
	seen->is_new = !is_seen;
	return 0;
}

int text_memory_first_url(struct text_memory *m, struct slice host,
			  const struct page_text *text, struct buf *out)
{
	const uint64_t *value = number_map_find(m->map, key_of(m, WHOLE, host,
							       text->whole));
	const uint64_t place = *value >> COUNT_BITS;
	uint32_t len;

	if (read_bytes(m, place, &len, sizeof(len)) ||
	    read_bytes(m, place + sizeof(len), buf_reserve(out, len), len))
		return -1;
	out->len += len;
	return 0;
}

size_t text_memory_bytes(const struct text_memory *m)
{
	return number_map_bytes(m->map) + (size_t)m->written;
}
