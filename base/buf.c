#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

enum { FIRST_CAP = 64, LARGE = 1 << 16 };

char *buf_reserve(struct buf *b, size_t len)
{
	if (!b->data || b->cap - b->len < len) {
		/* Small ones double, large ones waste less. */
		size_t cap = b->cap + (b->cap < LARGE ? b->cap : b->cap / 2);

		if (cap < b->len + len)
			cap = b->len + len;
		if (cap < FIRST_CAP)
			cap = FIRST_CAP;
		b->data = xrealloc(b->data, cap);
		b->cap = cap;
	}
	return b->data + b->len;
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	size_t room = FIRST_CAP;

	for (;;) {
		va_list args;
		int len;

		buf_reserve(b, room);
		va_start(args, fmt);
		len = vsnprintf(b->data + b->len, room, fmt, args);
		va_end(args);
		if (len < 0)
			return;
		if ((size_t)len < room) {
			b->len += (size_t)len;
			return;
		}
		room = (size_t)len + 1;
	}
}

const char *buf_cstr(struct buf *b)
{
	*buf_reserve(b, 1) = '\0';
	return b->data;
}

struct buf buf_take(struct buf *b)
{
	struct buf taken = *b;

	*b = (struct buf){0};
	return taken;
}

void buf_shrink(struct buf *b)
{
	if (b->len == 0)
		buf_release(b);
	else if (b->cap - b->len > b->len / 8) {
		b->data = xrealloc(b->data, b->len);
		b->cap = b->len;
	}
}

void buf_release(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}
