/*
 * The capacity doubles while the buffer is small, then grows by half. Mapped
 * memory grows without being copied (mremap) and goes back to the system at
 * once.
 */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "base/sanitizers.h"

enum {
	FIRST_CAP = 64,
	LARGE = 1 << 16,	/* from this size on, grow by half */
	MAPPED = 1 << 20,	/* from this size on, memory is mapped */
	PAGE = 1 << 16,		/* a multiple of every page size in use */
};

/* Returns true if a buffer of this capacity is mapped. With sanitizers all
 * memory comes from malloc: they check only such memory, and the thread
 * sanitizer does not notice that mremap() moves memory. */
static bool is_mapped(size_t cap)
{
	return !ADDRESS_SANITIZER && !THREAD_SANITIZER && cap >= MAPPED;
}

/* Returns the number of bytes to charge for a capacity; 0 for small buffers. */
static size_t charged(size_t cap)
{
	return cap >= LARGE ? cap : 0;
}

/* Changes the capacity to cap bytes (at least len), allocated or mapped. */
static void set_cap(struct buf *b, size_t cap)
{
	char *data;

	if (is_mapped(cap))
		cap = (cap + PAGE - 1) & ~(size_t)(PAGE - 1);
	if (cap == b->cap)
		return;
	/* Memory is charged before it is used. */
	(void)memory_recharge(charged(b->cap), charged(cap));
	if (is_mapped(cap) && is_mapped(b->cap)) {
		b->data = xremap(b->data, b->cap, cap);
	} else if (!is_mapped(cap) && !is_mapped(b->cap)) {
		b->data = xrealloc(b->data, cap);
	} else {
		data = is_mapped(cap) ? xmap(cap) : xmalloc(cap);
		if (b->len)
			memcpy(data, b->data, b->len);
		if (is_mapped(b->cap))
			xunmap(b->data, b->cap);
		else
			free(b->data);
		b->data = data;
	}
	b->cap = cap;
}

char *buf_reserve(struct buf *b, size_t len)
{
	if (!b->data || b->cap - b->len < len) {
		size_t cap = b->cap + (b->cap < LARGE ? b->cap : b->cap / 2);

		if (cap < b->len + len)
			cap = b->len + len;
		set_cap(b, cap < FIRST_CAP ? FIRST_CAP : cap);
	}
	return b->data + b->len;
}

void buf_add_uint(struct buf *b, uint64_t n)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	buf_add(b, digits + at, sizeof(digits) - at);
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
	else if (b->cap - b->len > b->len / 8)
		set_cap(b, b->len);
}

char *buf_detach(struct buf *b)
{
	char *data;

	buf_cstr(b);
	if (is_mapped(b->cap)) {
		data = xmemdup(b->data, b->len);
		buf_release(b);
	} else {
		data = xrealloc(b->data, b->len + 1);
		memory_uncharge(charged(b->cap));
		*b = (struct buf){0};
	}
	return data;
}

void buf_charge(const struct buf *b)
{
	(void)memory_charge(charged(b->cap));
}

void buf_release(struct buf *b)
{
	memory_uncharge(charged(b->cap));
	if (is_mapped(b->cap))
		xunmap(b->data, b->cap);
	else
		free(b->data);
	*b = (struct buf){0};
}
