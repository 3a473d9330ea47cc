/*
 * A growable byte buffer. Zero is a valid empty buffer:
 *
 *	struct buf b = {0};
 *	buf_addstr(&b, "hello");
 *	...
 *	buf_release(&b);
 *
 * Large buffers are mapped instead of allocated: never free() data, move it out
 * with buf_detach(). data is NULL until something is added, and is not a C
 * string before buf_cstr(). A buffer has no pointers into itself, so it can be
 * moved by assignment (leave zero behind: buf_take()).
 *
 * From 64 KB on, its memory is charged to the account of the thread that makes
 * it grow (base/memory_budget.h), and uncharged when it is released. The thread
 * may have to wait for the memory.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
	char *data;
	size_t len;
	size_t cap;
};

/* Returns the end of len bytes at p. p may be NULL if len is 0: NULL + 0 is
 * undefined behaviour in C17 (6.5.6), and clang's sanitizer reports it. */
static inline const char *bytes_end(const char *p, size_t len)
{
	return len ? p + len : p;
}

/* Makes room for len more bytes and returns a pointer to the room. The caller
 * adds the number of bytes written to b->len. */
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

/* Appends a number in decimal. */
void buf_add_uint(struct buf *b, uint64_t n);

void buf_addf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static inline void buf_addch(struct buf *b, char c)
{
	if (b->len == b->cap)
		buf_reserve(b, 1);
	b->data[b->len++] = c;
}

/* Returns the contents as a C string ("" if empty), with a NUL past the end.
 * The pointer is valid until the next change. */
const char *buf_cstr(struct buf *b);

/* Moves the contents out; b is empty afterwards. */
struct buf buf_take(struct buf *b);

/* Removes the contents. Keeps the memory. */
static inline void buf_clear(struct buf *b)
{
	b->len = 0;
}

/* Frees the part of the memory that the contents do not use. */
void buf_shrink(struct buf *b);

/* Moves the contents out as memory for free(), with a NUL after them; b is
 * empty afterwards. */
char *buf_detach(struct buf *b);

void buf_release(struct buf *b);

/* Charges the buffer's memory to the account of this thread, if it grew before
 * the account was started, or in another thread. */
void buf_charge(const struct buf *b);

#endif
