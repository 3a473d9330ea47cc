/* Keeps an output as a position in the text of the page, or in a buffer of
 * copies. */
#include "cmd/gather/outputs.h"

#include <stdbool.h>
#include <stdint.h>

struct position {
	const char *p;		/* the output in the page's text; NULL: it is in
				 * the buffer of copies */
	size_t at;		/* offset in the buffer of copies */
	size_t len;
};

/* Returns true if json is a part of text. Compares the addresses as numbers,
 * because comparing pointers into different objects is undefined. */
static bool is_inside(struct slice text, struct slice json)
{
	const uintptr_t start = (uintptr_t)text.p, p = (uintptr_t)json.p;

	return p >= start && p + json.len <= start + text.len;
}

void outputs_add(struct outputs *o, struct slice json)
{
	struct position position = {.at = o->copies.len, .len = json.len};

	if (is_inside(o->text, json))
		position.p = json.p;
	else
		buf_add(&o->copies, json.p, json.len);
	buf_add(&o->list, &position, sizeof(position));
	o->count++;
}

struct slice outputs_get(const struct outputs *o, size_t index)
{
	const struct position *position =
		(const struct position *)(const void *)o->list.data + index;

	if (position->p)
		return (struct slice){position->p, position->len};
	return (struct slice){o->copies.data + position->at, position->len};
}

void outputs_join(const struct outputs *o, struct buf *out)
{
	for (size_t i = 0; i < o->count; i++) {
		const struct slice json = outputs_get(o, i);

		if (i)
			buf_addch(out, ',');
		buf_add(out, json.p, json.len);
	}
}

void outputs_clear(struct outputs *o)
{
	buf_clear(&o->list);
	buf_clear(&o->copies);
	o->count = 0;
}

void outputs_release(struct outputs *o)
{
	buf_release(&o->list);
	buf_release(&o->copies);
	o->count = 0;
}
