/*
 * Counts the blocks of the heap that are not freed, so that tests find leaks in
 * builds without a leak checker, too. It replaces the allocator's functions for
 * the whole program, so it is included by one file of a program. Aligned blocks
 * are not counted.
 */
#ifndef TESTS_HEAP_BLOCKS_H
#define TESTS_HEAP_BLOCKS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

static atomic_long blocks;

/* glibc's own names of the replaced functions. With a sanitizer, which replaces
 * them as well, the count stays 0, and the leak checker of the sanitizer finds
 * leaks. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);
extern void __libc_free(void *p);

void *malloc(size_t size)
{
	void *p = __libc_malloc(size);

	blocks += p != NULL;
	return p;
}

void *calloc(size_t count, size_t size)
{
	void *p = __libc_calloc(count, size);

	blocks += p != NULL;
	return p;
}

void *realloc(void *old, size_t size)
{
	void *p = __libc_realloc(old, size);

	if (old && !size)
		blocks--;	/* glibc frees the old block */
	else
		blocks += p && !old;
	return p;
}

void free(void *p)
{
	blocks -= p != NULL;
	__libc_free(p);
}
#endif

/* Returns the number of blocks that are not freed. */
static inline long heap_blocks(void)
{
	return blocks;
}

#endif
