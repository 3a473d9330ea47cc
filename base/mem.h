/*
 * Memory that is always there.
 *
 * A scraper that cannot get a few bytes cannot finish any of its requests,
 * so these end the program (exit 3, "the run could not be completed") in
 * place of returning NULL. Sizes that a server chooses are bounded by limits
 * before they come here. Free what they return with free().
 *
 * The libraries get these functions as their allocators, too, where they take
 * some (libcurl, OpenSSL, c-ares, jansson, ICU): several of them crash, or go
 * on with half a result, when an allocation fails.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *xmalloc(size_t bytes);
void *xcalloc(size_t count, size_t bytes);
void *xrealloc(void *p, size_t bytes);
char *xstrdup(const char *s);

/* The list of count elements of that size, with room for more of them behind;
 * NULL: an empty one. It must have come from here each time it grew: it is
 * copied only when its length passes a power of two. */
void *xgrow(void *list, size_t count, size_t more, size_t size);

/* What a library has allocated: p, unless it is NULL. */
void *mem_must(void *p);

/* The len bytes at s and a NUL after them. */
char *xmemdup(const void *s, size_t len);

/* Whole pages, for what is large: they grow without being copied, and go back
 * to the system when they are not needed. Not to be freed but by xunmap(). */
void *xmap(size_t bytes);
void *xremap(void *p, size_t bytes, size_t new_bytes);
void xunmap(void *p, size_t bytes);

/* Ends the program: exit 3, with a message. For failed allocations of
 * libraries. Any thread. */
_Noreturn void mem_exhausted(void);

/* Called in place of that end, and does not return: for a process that has a
 * way of its own to say so. */
void mem_set_on_exhausted(void (*end)(void));

/* A formatted string, to be freed. */
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
