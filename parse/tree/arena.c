/* A bump allocator over one region. Only the block taken last can be freed or
 * grown in place; blocks that do not fit come from malloc() and are counted. */
#include "parse/tree/arena.h"

#include <assert.h>
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "base/sanitizers.h"
#include "parse/tree/libxml2.h"
#include "parse/tree/region.h"

enum {
	ALIGN = 16,
	CHARGE_STEP = 64 << 10,	/* the region is charged to the page in steps of
				 * this many bytes */
};

/* Header before each block. Its size keeps blocks aligned. */
struct header {
	size_t bytes;		/* size of the block, without the header */
};

static _Thread_local struct {
	char *start, *end;	/* borders of the region; NULL: the thread has
				 * none now */
	char *next;		/* first free byte; the block that begins there
				 * is aligned */
	char *top;		/* highest value that next has had */
	char *charged;		/* the page's account is charged up to here */
	char *last;		/* the block taken last, or NULL */
	unsigned users;
	bool armed;
	bool overflowed;	/* a block did not fit into the region */
} arena;

/* Memory of this thread outside the region. */
static _Thread_local struct {
	size_t limit;		/* limit of bytes; 0: the bytes are not
				 * counted */
	size_t bytes;
	void (*on_over)(void *ctx);
	void *ctx;
} outside;

static bool is_counting(void)
{
	return outside.limit || memory_account_current;
}

static void forget_bytes(void *p)
{
	size_t bytes;

	if (!is_counting())
		return;
	bytes = malloc_usable_size(p);
	/* The block may have been allocated before counting began. */
	outside.bytes -= bytes < outside.bytes ? bytes : outside.bytes;
	memory_uncharge(bytes);
}

static void *count_bytes(void *p)
{
	size_t bytes;
	bool may_go_on;

	if (!is_counting())
		return p;
	bytes = malloc_usable_size(p);
	may_go_on = memory_charge(bytes);
	if (!outside.limit)
		return p;
	outside.bytes += bytes;
	if (!may_go_on || outside.bytes > outside.limit)
		outside.on_over(outside.ctx);
	return p;
}

/* libxml2 2.9.14 does not survive a failed allocation: its HTML parser loops
 * for ever, and a tree may lack nodes without an error. */
static void *malloc_outside(size_t bytes)
{
	return count_bytes(xmalloc(bytes));
}

static void *realloc_outside(void *p, size_t bytes)
{
	forget_bytes(p);
	return count_bytes(xrealloc(p, bytes));
}

static void free_outside(void *p)
{
	forget_bytes(p);
	free(p);
}

static bool is_ours(const void *p)
{
	return (uintptr_t)p >= (uintptr_t)arena.start &&
	       (uintptr_t)p < (uintptr_t)arena.end;
}

static struct header *header_of(char *block)
{
	return (struct header *)(void *)(block - sizeof(struct header));
}

/* Returns the number of bytes that a block needs with its header. */
static size_t room_for(size_t bytes)
{
	return (bytes + sizeof(struct header) + ALIGN - 1) &
	       ~(size_t)(ALIGN - 1);
}

/* Charges the page's account for the region up to arena.next, in steps. */
static void charge_region(void)
{
	const size_t missing = (size_t)(arena.next - arena.charged);
	const size_t left = (size_t)(arena.end - arena.charged);
	size_t bytes = (missing + CHARGE_STEP - 1) & ~(size_t)(CHARGE_STEP - 1);

	if (bytes > left)
		bytes = left;
	arena.charged += bytes;
	(void)memory_charge(bytes);
}

static void *on_malloc(size_t bytes)
{
	char *block;

	if (!arena.armed)
		return malloc_outside(bytes);
	if (bytes > REGION_BYTES ||
	    room_for(bytes) > (size_t)(arena.end - arena.next)) {
		arena.overflowed = true;
		return malloc_outside(bytes);
	}
	block = arena.next + sizeof(struct header);
	header_of(block)->bytes = room_for(bytes) - sizeof(struct header);
	arena.next += room_for(bytes);
	arena.last = block;
	if (arena.next > arena.charged)
		charge_region();
	return block;
}

static void on_free(void *p)
{
	if (!is_ours(p)) {
		free_outside(p);
	} else if (p == arena.last) {
		if (arena.top < arena.next)
			arena.top = arena.next;
		arena.next = arena.last - sizeof(struct header);
		arena.last = NULL;
	}
}

static void *on_realloc(void *p, size_t bytes)
{
	size_t old;
	void *moved;

	if (!p)
		return on_malloc(bytes);
	if (!is_ours(p))
		return realloc_outside(p, bytes);
	old = header_of(p)->bytes;
	if (bytes <= old)
		return p;
	if (p == arena.last && bytes <= REGION_BYTES &&
	    room_for(bytes) - sizeof(struct header) <=
		    (size_t)(arena.end - arena.last)) {
		header_of(p)->bytes = room_for(bytes) - sizeof(struct header);
		arena.next = arena.last + header_of(p)->bytes;
		if (arena.next > arena.charged)
			charge_region();
		return p;
	}
	moved = on_malloc(bytes);
	if (moved) {
		memcpy(moved, p, old);
		on_free(p);
	}
	return moved;
}

static char *on_strdup(const char *s)
{
	const size_t len = strlen(s) + 1;
	char *copy = on_malloc(len);

	return copy ? memcpy(copy, s, len) : NULL;
}

static void use_region(char *region)
{
	if (!region)
		return;
	arena.start = arena.top = arena.charged = region;
	arena.end = region + REGION_BYTES;
	arena.next = region + ALIGN - sizeof(struct header);
}

void arena_install(void)
{
	libxml2_functions.xmlMemSetup_(on_free, on_malloc, on_realloc, on_strdup);
}

void arena_open(void)
{
	arena.users++;
}

void arena_close(void)
{
	assert(arena.users && !arena.armed);
	if (!--arena.users)
		arena_reset();
}

void arena_arm(void)
{
	if (!arena.start && arena.users && !ADDRESS_SANITIZER)
		use_region(region_acquire());
	arena.armed = arena.start;
}

void arena_disarm(void)
{
	arena.armed = false;
}

bool arena_has_all(void)
{
	return arena.start && !arena.overflowed;
}

void arena_reset(void)
{
	const char *top;

	assert(!arena.armed);
	if (!arena.start)
		return;
	xmlResetLastError();
	top = arena.top > arena.next ? arena.top : arena.next;
	region_release(arena.start, (size_t)(top - arena.start));
	memory_uncharge((size_t)(arena.charged - arena.start));
	arena.start = arena.end = arena.next = arena.last = NULL;
	arena.overflowed = false;
}

void arena_watch(size_t bytes, void (*on_over)(void *ctx), void *ctx)
{
	outside.limit = bytes;
	outside.bytes = 0;
	outside.on_over = on_over;
	outside.ctx = ctx;
}
