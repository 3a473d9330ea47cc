/*
 * Copies of bytes that end where readable memory ends: a function that reads
 * beyond them crashes, in every build.
 */
#ifndef TESTS_EXACT_COPY_H
#define TESTS_EXACT_COPY_H

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { EXACT_COPY_MAX = 1 << 20 };

/* Returns a copy that is valid until exact_free(). There can be one at a time;
 * it has at most EXACT_COPY_MAX bytes. */
static inline char *exact_copy(const void *bytes, size_t len)
{
#ifdef __SANITIZE_ADDRESS__
	/* The sanitizer finds reads before the copy, too. */
	char *copy = malloc(len);

	assert(copy);
	return len ? memcpy(copy, bytes, len) : copy;
#else
	static char *end;

	if (!end) {
		const size_t page = (size_t)sysconf(_SC_PAGESIZE);
		char *room = mmap(NULL, EXACT_COPY_MAX + page,
				  PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		assert(room != MAP_FAILED);
		end = room + EXACT_COPY_MAX;
		assert(!mprotect(end, page, PROT_NONE));
	}
	assert(len <= EXACT_COPY_MAX);
	return len ? memcpy(end - len, bytes, len) : end;
#endif
}

static inline void exact_free(char *copy)
{
#ifdef __SANITIZE_ADDRESS__
	free(copy);
#else
	(void)copy;
#endif
}

#endif
