/* Packs the state of a form into one number, the value of a map. */
#include "crawl/traps/yield.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/mem.h"
#include "crawl/traps/number_map.h"

struct yield {
	struct number_map *map;
	bool has_closed;	/* a form, a path or the mixtures of a group
				 * were closed */
};

/* State of a form, of a path, or of the mixtures of a group. */
struct counts {
	uint8_t pages, new_texts;	/* counts in the current block */
	bool is_closed;
	bool has_had_block;
	bool is_productive;		/* an earlier block had enough new
					 * texts */
	uint8_t unused[3];
};

_Static_assert(sizeof(struct counts) == sizeof(uint64_t), "a map's value");
_Static_assert(YIELD_BLOCK < 256, "counted in a byte");

static struct counts counts_of(uint64_t value)
{
	struct counts c;

	memcpy(&c, &value, sizeof(c));
	return c;
}

static uint64_t value_of(const struct counts *c)
{
	uint64_t value;

	memcpy(&value, c, sizeof(value));
	return value;
}

struct yield *yield_open(const char *folder)
{
	struct yield *y = xcalloc(1, sizeof(*y));

	y->map = number_map_open(folder);
	if (y->map)
		return y;
	yield_close(y);
	return NULL;
}

void yield_close(struct yield *y)
{
	const int error = errno;

	if (!y)
		return;
	number_map_close(y->map);
	free(y);
	errno = error;
}

static bool has_query(const struct url_form *form)
{
	return form->path_len < form->text.len;
}

static uint64_t key_of(const char *text, size_t len)
{
	const uint64_t key = XXH3_64bits(text, len);

	return key ? key : 1;
}

static uint64_t form_key(const struct url_form *form)
{
	return key_of(form->text.data, form->text.len);
}

/* Returns the key of a path with any query: a hash of the path and "?". */
static uint64_t path_key(const struct url_form *form)
{
	return key_of(form->text.data, form->path_len + 1);
}

static void count_page(struct counts *c, bool is_new)
{
	c->pages++;
	c->new_texts += is_new;
	c->is_productive |= c->new_texts >= YIELD_LEAST;
	if (c->pages < YIELD_BLOCK)
		return;
	c->is_closed |= c->new_texts < YIELD_LEAST;
	c->has_had_block = true;
	c->pages = c->new_texts = 0;
}

/* Counts a page in the entry with the key. Returns -1 on failure. */
static int count_in(struct yield *y, uint64_t key, bool is_new,
		    struct counts *before, struct counts *after)
{
	uint64_t *value = number_map_get(y->map, key);

	if (!value)
		return -1;
	*before = *after = counts_of(*value);
	count_page(after, is_new);
	y->has_closed |= after->is_closed;
	*value = value_of(after);
	return 0;
}

/* Restarts the block of a path or group after one of its forms was closed,
 * because most pages of the current block belong to that form. */
static int restart_block(struct yield *y, uint64_t key)
{
	uint64_t *value = number_map_get(y->map, key);
	struct counts c;

	if (!value)
		return -1;
	c = counts_of(*value);
	c.pages = c.new_texts = 0;
	*value = value_of(&c);
	return 0;
}

static bool is_mixture(const struct yield *y, const struct url_form *form)
{
	for (unsigned i = 0; i < form->n_segments; i++) {
		const uint64_t *pages = number_map_find(y->map,
							form->segments[i]);

		if (!pages || *pages < YIELD_FAMILIAR)
			return false;
	}
	return form->n_segments > 1;
}

static int note_segments(struct yield *y, const struct url_form *form)
{
	for (unsigned i = 0; i < form->n_segments; i++) {
		uint64_t *pages = number_map_get(y->map, form->segments[i]);

		if (!pages)
			return -1;
		if (*pages < YIELD_FAMILIAR)
			++*pages;
	}
	return 0;
}

/* Counts a page in the entry of its path or group. Only for pages whose form
 * has not had a full block of its own. */
static int count_with_others(struct yield *y, uint64_t key, bool is_new,
			     enum yield_change closed,
			     enum yield_change *change)
{
	struct counts before, after;

	if (*change == YIELD_CLOSED_FORM)
		return restart_block(y, key);
	if (count_in(y, key, is_new, &before, &after))
		return -1;
	if (after.is_closed && !before.is_closed)
		*change = closed;
	return 0;
}

int yield_add(struct yield *y, const struct url_form *form, bool is_new,
	      enum yield_change *change)
{
	struct counts before, after;
	int result = 0;

	*change = YIELD_AS_BEFORE;
	if (count_in(y, form_key(form), is_new, &before, &after))
		return -1;
	if (after.is_closed && !before.is_closed)
		*change = YIELD_CLOSED_FORM;
	if (has_query(form))
		return before.has_had_block ? 0
			: count_with_others(y, path_key(form), is_new,
					    YIELD_CLOSED_PATH, change);
	if (!before.has_had_block && is_mixture(y, form))
		result = count_with_others(y, form->group, is_new,
					   YIELD_CLOSED_MIXTURES, change);
	return result ? result : note_segments(y, form);
}

static struct counts find(const struct yield *y, uint64_t key)
{
	const uint64_t *value = number_map_find(y->map, key);

	return counts_of(value ? *value : 0);
}

bool yield_is_closed(const struct yield *y, const struct url_form *form)
{
	const struct counts c = find(y, form_key(form));

	if (c.is_closed || c.is_productive)
		return c.is_closed;
	if (has_query(form))
		return find(y, path_key(form)).is_closed;
	return find(y, form->group).is_closed && is_mixture(y, form);
}

bool yield_has_closed(const struct yield *y)
{
	return y->has_closed;
}

size_t yield_bytes(const struct yield *y)
{
	return number_map_bytes(y->map);
}
