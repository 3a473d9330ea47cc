/*
 * Memory allocation that never fails.
 *
 * If a few bytes cannot be allocated, no request can be finished, so these
 * functions end the program (exit 3, "the run could not be completed") instead
 * of returning NULL. Sizes that a server chooses are limited before they get
 * here. Free the results with free().
 *
 * Libraries that accept allocators use these functions, too (libcurl, OpenSSL,
 * c-ares, jansson, ICU): several of them crash, or continue with half a result,
 * when an allocation fails.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *xmalloc(size_t bytes);
void *xcalloc(size_t count, size_t bytes);
void *xrealloc(void *p, size_t bytes);
char *xstrdup(const char *s);

/* Returns the list (count elements of `size` bytes; NULL: empty) with room for
 * `more` elements at its end. The list is reallocated only when its length
 * passes a power of two, so the list must only be grown by this function. */
void *xgrow(void *list, size_t count, size_t more, size_t size);

/* Returns p; ends the program if p is NULL. For memory that a library has
 * allocated. */
void *mem_must(void *p);

/* Returns a copy of the len bytes at s, with a NUL after them. */
char *xmemdup(const void *s, size_t len);

/* Map whole pages, for large blocks: they grow without being copied, and go
 * back to the system as soon as they are freed, which only xunmap() may do. */
void *xmap(size_t bytes);
void *xremap(void *p, size_t bytes, size_t new_bytes);
void xunmap(void *p, size_t bytes);

/* Ends the program with a message (exit 3). For failed allocations of
 * libraries. May be called in any thread. */
_Noreturn void mem_exhausted(void);

/* Sets a function that ends the process instead of mem_exhausted(), for
 * processes that report the failure in another way. The function must not
 * return. */
void mem_set_on_exhausted(void (*end)(void));

/* Returns a formatted string, which the caller frees. */
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
