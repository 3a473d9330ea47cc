/*
 * A buffer of bytes that grows. Zero is a valid empty one:
 *
 *	struct buf b = {0};
 *	buf_addstr(&b, "hello");
 *	...
 *	buf_release(&b);
 *
 * Large ones are mapped, not from malloc: never free() data, take it out with
 * buf_detach(). data is NULL as long as nothing was ever added; it is not a C
 * string until buf_cstr() was called on it. Holds no pointer into itself, so
 * assigning it moves it (leave zero behind: buf_take()).
 *
 * From 64 KB on, its memory is charged to the account of the thread that makes
 * it grow (base/memory_budget.h), which may wait there, and given back with it.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct buf {
	char *data;
	size_t len;
	size_t cap;
};

/* Where len bytes at p end. p may be NULL when there are none: NULL + 0 is
 * undefined behaviour in C17 (6.5.6), and clang's sanitizer stops at it. */
static inline const char *bytes_end(const char *p, size_t len)
{
	return len ? p + len : p;
}

/* Makes room for len more bytes and returns where they go; len is not
 * changed until the caller adds what it wrote to b->len. */
char *buf_reserve(struct buf *b, size_t len);

static inline void buf_add(struct buf *b, const void *data, size_t len)
{
	if (!len)
		return;
	if (b->cap - b->len < len)
		buf_reserve(b, len);
	memcpy(b->data + b->len, data, len);
	b->len += len;
}

static inline void buf_addstr(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_addf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static inline void buf_addch(struct buf *b, char c)
{
	if (b->len == b->cap)
		buf_reserve(b, 1);
	b->data[b->len++] = c;
}

/* The contents as a C string ("" when empty): adds a NUL past the end. The
 * pointer is good until the next change. */
const char *buf_cstr(struct buf *b);

/* Moves the contents out; b is empty afterwards. */
struct buf buf_take(struct buf *b);

/* Forgets the contents, keeps the memory. */
static inline void buf_clear(struct buf *b)
{
	b->len = 0;
}

/* Gives back memory that is not used. */
void buf_shrink(struct buf *b);

/* Moves the contents out as memory for free(), with a NUL behind them; b is
 * empty afterwards. */
char *buf_detach(struct buf *b);

void buf_release(struct buf *b);

/* To the thread's account: it grew before, or in another thread. */
void buf_charge(const struct buf *b);

#endif
