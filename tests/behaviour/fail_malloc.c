/*
 * A library for LD_PRELOAD that makes one allocation of the program fail, so
 * that a test can let each allocation fail in turn.
 *
 * FAIL_AT=N: the N-th call of malloc(), calloc(), realloc() or strdup() in a
 * process (counted on from its parent's, after a fork) returns NULL with
 * ENOMEM. 0 or unset: no call fails. FAIL_COUNT=FILE: the number of calls is
 * written there when the process ends by exit().
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static atomic_long calls;
static long fail_at;

/* The definition that would be used without this library: mimalloc's or
 * glibc's. Until dlsym(), which may allocate, has found it, glibc's is used. */
static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

void *malloc(size_t bytes);
void *calloc(size_t count, size_t bytes);
void *realloc(void *p, size_t bytes);
char *strdup(const char *s);

__attribute__((constructor)) static void set_up(void)
{
	const char *at = getenv("FAIL_AT");

	next_malloc = (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");
	next_calloc = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "calloc");
	next_realloc = (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "realloc");
	fail_at = at ? strtol(at, NULL, 10) : 0;
	calls = 0;
}

__attribute__((destructor)) static void write_count(void)
{
	const char *path = getenv("FAIL_COUNT");
	FILE *out = path ? fopen(path, "w") : NULL;

	if (!out)
		return;
	fprintf(out, "%ld\n", (long)calls);
	fclose(out);
}

static int fails(void)
{
	if (atomic_fetch_add(&calls, 1) + 1 != fail_at)
		return 0;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t bytes)
{
	if (fails())
		return NULL;
	return (next_malloc ? next_malloc : __libc_malloc)(bytes);
}

void *calloc(size_t count, size_t bytes)
{
	if (fails())
		return NULL;
	return (next_calloc ? next_calloc : __libc_calloc)(count, bytes);
}

void *realloc(void *p, size_t bytes)
{
	if (fails())
		return NULL;
	return (next_realloc ? next_realloc : __libc_realloc)(p, bytes);
}

char *strdup(const char *s)
{
	const size_t bytes = strlen(s) + 1;
	char *copy = malloc(bytes);

	return copy ? memcpy(copy, s, bytes) : NULL;
}
