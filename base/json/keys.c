/* A set of names, stored as one buffer and a sorted array of offsets. */
#include "base/json/keys.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

static struct slice name_at(const struct key_set *n, size_t i)
{
	return (struct slice){n->text.data + n->spans[i].at, n->spans[i].len};
}

static int compare_names(struct slice a, struct slice b)
{
	const size_t len = a.len < b.len ? a.len : b.len;
	const int order = len ? memcmp(a.p, b.p, len) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_spans(const void *a, const void *b, void *text)
{
	const struct name_span *const x = a, *const y = b;
	const char *const data = text;

	return compare_names((struct slice){data + x->at, x->len},
			     (struct slice){data + y->at, y->len});
}

void key_set_add(struct key_set *n, struct slice name)
{
	assert(n->text.len + name.len <= UINT32_MAX);
	if (n->len == n->cap) {
		n->cap = n->cap ? n->cap * 2 : 8;
		n->spans = xrealloc(n->spans, n->cap * sizeof(*n->spans));
	}
	n->spans[n->len++] = (struct name_span){
		.at = (uint32_t)n->text.len,
		.len = (uint32_t)name.len,
	};
	buf_add(&n->text, name.p, name.len);
}

bool key_set_sort(struct key_set *n, struct slice *duplicate)
{
	/* Makes sure that data is not NULL, even if the only name is empty. */
	buf_reserve(&n->text, 1);
	if (n->len)
		qsort_r(n->spans, n->len, sizeof(*n->spans), compare_spans,
			n->text.data);
	for (size_t i = 1; i < n->len; i++) {
		*duplicate = name_at(n, i);
		if (!compare_names(name_at(n, i - 1), *duplicate))
			return false;
	}
	return true;
}

bool key_set_has(const struct key_set *n, struct slice name)
{
	size_t low = 0, high = n->len;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = compare_names(name, name_at(n, middle));

		if (!order)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

void key_set_release(struct key_set *n)
{
	free(n->spans);
	buf_release(&n->text);
	*n = (struct key_set){0};
}
