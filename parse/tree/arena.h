/*
 * Where libxml2 gets its memory while it builds a tree.
 *
 * A tree is thousands of small blocks that live and die together: taking them
 * from one region by moving a pointer, and dropping all of them at once, makes
 * parsing about 1.4 times as fast as malloc() and free().
 *
 * The hooks (xmlMemSetup) are the process's; the region is the thread's from
 * arena_arm() to arena_reset() (region.h: whose it is otherwise), and in use
 * only between arena_arm() and arena_disarm(). All else that libxml2
 * and its friends allocate, compiled expressions and stylesheets for example,
 * comes from malloc() as ever. Blocks know where they belong: free() and
 * realloc() of either kind work at any time, in the thread that got them.
 *
 * What is in the region must not outlive it. libxml2 makes its state of a
 * thread when it is first used there, and once more with its first error: both
 * must have happened before arming (tree_open() sees to it). Its last error is
 * reset here. There is no region under AddressSanitizer, which sees more
 * without.
 *
 * All that libxml2 allocates is charged to the account of the thread
 * (base/memory_budget.h). It gets the memory also when the page may have no
 * more, because libxml2 2.9.14 does not survive a refusal: who builds a tree
 * looks at memory_is_over() and gives it up.
 */
#ifndef PARSE_TREE_ARENA_H
#define PARSE_TREE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

/* Once, before anything else of libxml2 and before any thread. */
void arena_global_init(void);

/* In each thread that parses; pairs may be nested. Without it, or when the
 * address space is too small, arming has no effect. */
void arena_open(void);
void arena_close(void);

void arena_arm(void);
void arena_disarm(void);

/* Whether all that was allocated while armed is in the region, so that
 * arena_reset() alone frees it. False when none is in use. */
bool arena_has_all(void);

/* Forgets everything in the region, and has none. Must not be armed. */
void arena_reset(void);

/* From now on, whenever this thread gets memory outside of the region and has
 * more than that many bytes of it (what it had before not counted), or its page
 * may have no more, on_over is called. It gets the memory all the same. 0 ends
 * the watch. */
void arena_watch(size_t bytes, void (*on_over)(void *ctx), void *ctx);

#endif
