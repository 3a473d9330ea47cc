#include "cmd/fleet_worker/batch.h"

#include <stdlib.h>

#include "base/mem.h"

bool batch_is_empty(const struct batch *b)
{
	return !b->n_done && !b->n_rows && !b->n_links && !b->n_others;
}

/* Makes room for one more element. */
static void *grow(void *items, size_t len, size_t *max, size_t size)
{
	if (len < *max)
		return items;
	*max = *max ? 2 * *max : 16;
	return xrealloc(items, *max * size);
}

static void note(struct batch *b, size_t bytes, msec now)
{
	if (b->since <= 0)
		b->since = now;
	b->bytes += bytes;
}

void batch_add_done(struct batch *b, uint64_t id, msec now)
{
	b->done = grow(b->done, b->n_done, &b->max_done, sizeof(*b->done));
	b->done[b->n_done++] = id;
	note(b, sizeof(id), now);
}

static struct slice copy_of(struct slice text)
{
	return (struct slice){xmemdup(text.p, text.len), text.len};
}

void batch_add_row(struct batch *b, struct buf *row, msec now)
{
	const size_t len = row->len;

	b->rows = grow(b->rows, b->n_rows, &b->max_rows, sizeof(*b->rows));
	b->rows[b->n_rows++] = (struct slice){buf_detach(row), len};
	note(b, len, now);
}

void batch_add_link(struct batch *b, const struct hub_link *link, bool is_other,
		    msec now)
{
	struct hub_link copy = *link;

	copy.host = copy_of(link->host);
	copy.text = copy_of(link->text);
	if (is_other) {
		b->others = grow(b->others, b->n_others, &b->max_others,
				 sizeof(copy));
		b->others[b->n_others++] = copy;
	} else {
		b->links = grow(b->links, b->n_links, &b->max_links,
				sizeof(copy));
		b->links[b->n_links++] = copy;
	}
	note(b, copy.host.len + copy.text.len, now);
}

static void free_links(struct hub_link *links, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free((char *)links[i].host.p);
		free((char *)links[i].text.p);
	}
	free(links);
}

void batch_release(struct batch *b)
{
	for (size_t i = 0; i < b->n_rows; i++)
		free((char *)b->rows[i].p);
	free(b->rows);
	free(b->done);
	free_links(b->links, b->n_links);
	free_links(b->others, b->n_others);
	*b = (struct batch){0};
}
