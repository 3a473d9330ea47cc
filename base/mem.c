/* Wrappers of the C library's allocator, and of mmap(). */
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/exit_code.h"

static void (*on_exhausted)(void);

_Noreturn void mem_exhausted(void)
{
	static const char message[] = "scrape: out of memory\n";

	if (on_exhausted)
		on_exhausted();
	/* Nothing here may allocate memory; the rest of the run is lost. */
	(void)!write(STDERR_FILENO, message, sizeof(message) - 1);
	_exit(EXIT_NOT_COMPLETED);
}

void *mem_must(void *p)
{
	if (!p)
		mem_exhausted();
	return p;
}

void mem_set_on_exhausted(void (*end)(void))
{
	on_exhausted = end;
}

void *xmalloc(size_t bytes)
{
	return mem_must(malloc(bytes ? bytes : 1));
}

void *xcalloc(size_t count, size_t bytes)
{
	return mem_must(calloc(count ? count : 1, bytes ? bytes : 1));
}

void *xrealloc(void *p, size_t bytes)
{
	return mem_must(realloc(p, bytes ? bytes : 1));
}

static size_t power_of_two(size_t least)
{
	size_t n = least ? 1 : 0;

	while (n < least)
		n *= 2;
	return n;
}

void *xgrow(void *list, size_t count, size_t more, size_t size)
{
	const size_t room = power_of_two(count + more);

	if (list && room == power_of_two(count))
		return list;
	return xrealloc(list, room * size);
}

char *xmemdup(const void *s, size_t len)
{
	char *copy = xmalloc(len + 1);

	if (len)
		memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *xstrdup(const char *s)
{
	return xmemdup(s, strlen(s));
}

void *xmap(size_t bytes)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mem_must(p == MAP_FAILED ? NULL : p);
}

void *xremap(void *p, size_t bytes, size_t new_bytes)
{
	p = mremap(p, bytes, new_bytes, MREMAP_MAYMOVE);
	return mem_must(p == MAP_FAILED ? NULL : p);
}

void xunmap(void *p, size_t bytes)
{
	munmap(p, bytes);
}

char *xasprintf(const char *fmt, ...)
{
	va_list args;
	char *s;
	int len;

	va_start(args, fmt);
	len = vasprintf(&s, fmt, args);
	va_end(args);
	return mem_must(len < 0 ? NULL : s);
}
