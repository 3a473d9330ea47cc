/*
 * Allocator for libxml2 while it builds a tree.
 *
 * A tree is thousands of small blocks with the same lifetime. Taking them from
 * one region by moving a pointer, and dropping the region at once, makes
 * parsing about 1.4 times as fast as malloc() and free().
 *
 * The hooks (xmlMemSetup) apply to the process. The region belongs to the
 * thread from arena_arm() to arena_reset() (region.h keeps it otherwise), and
 * is used only between arena_arm() and arena_disarm(). Everything else that
 * libxml2 and libraries on top of it allocate, such as compiled expressions and
 * stylesheets, comes from malloc(). The hooks for free() and realloc()
 * recognise both kinds of block and work at any time, in the thread that
 * allocated the block.
 *
 * Nothing in the region may be used after arena_reset(). libxml2 allocates
 * per-thread state on first use in a thread, and more at its first error: both
 * must happen before arming (tree_begin() does it). arena_reset() resets
 * libxml2's last error. Under AddressSanitizer there is no region, because
 * separate blocks reveal more.
 *
 * All memory that libxml2 allocates is charged to the thread's account
 * (base/memory_budget.h). Allocation succeeds even if the page's memory is used
 * up, because libxml2 2.9.14 does not survive a refusal: code that builds a
 * tree has to check memory_limit_reached() and give up the tree.
 */
#ifndef PARSE_TREE_ARENA_H
#define PARSE_TREE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

/* Installs the hooks in libxml2. Call this after loading libxml2, before any
 * other of its functions. */
void arena_install(void);

/* Optional, for speed: called in each thread that parses; calls may be nested.
 * Without it, or if the address space is too small, arming has no effect. */
void arena_open(void);
void arena_close(void);

void arena_arm(void);
void arena_disarm(void);

/* Returns true if everything allocated while armed is in the region, so that
 * arena_reset() alone frees all of it. Returns false if there is no region. */
bool arena_has_all(void);

/* Drops all blocks in the region and gives the region back to the pool. The
 * arena must not be armed. */
void arena_reset(void);

/*
 * Sets a limit for this thread's memory outside the region: on_over is called
 * whenever the thread allocates memory outside the region and has allocated
 * more than the given bytes there since this call, or its page's memory is used
 * up. The allocation succeeds all the same. With bytes 0, the limit is removed.
 */
void arena_watch(size_t bytes, void (*on_over)(void *ctx), void *ctx);

#endif
