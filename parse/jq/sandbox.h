/*
 * The sandbox in which libjq runs: limits its memory and stack, and can stop
 * it.
 *
 * libjq 1.6 has no limits: a filter gets any memory it asks for, values nested
 * a million deep are freed by recursion, and a failed assertion or malloc()
 * ends the program. But libjq calls its own exported functions through the
 * dynamic linker, which prefers the program's definitions. So
 * parse/jq/sandbox.c redefines some of them: the allocator, which counts; and
 * jv_get_kind(), which libjq calls at each step and for each value it touches,
 * so it is the place to check the stack and stop requests.
 *
 * At a limit or on a stop request, the sandbox is left by a longjmp to the
 * place where it was entered. libjq's state is inconsistent after that, so all
 * of the state is dropped: each sandbox lists the blocks that were allocated in
 * it and frees them together. So values must not outlive their sandbox, nor be
 * moved to another one from a sandbox that may be cleared earlier.
 *
 * Memory allocated in a sandbox is charged to the thread's account
 * (base/memory_budget.h) until the sandbox is cleared or jq_sandbox_settle() is
 * called; libjq is stopped when the page's memory is used up.
 *
 * A jump leaks what libjq had allocated with malloc() itself: the copy that
 * qsort() works on, a regular expression, names in a filter that is being
 * compiled.
 */
#ifndef PARSE_JQ_SANDBOX_H
#define PARSE_JQ_SANDBOX_H

#include <setjmp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "parse/jq/library.h"

struct jq_block;

/* A sandbox that is all zero is valid: it has no memory and is not stopped. A
 * sandbox belongs to one thread and must not be moved in memory. */
struct jq_sandbox {
	/* Lowest allowed stack address; 0: the sandbox is not entered;
	 * UINTPTR_MAX: a stop is requested. Any thread may write it. */
	_Atomic(uintptr_t) floor;
	uintptr_t lowest;	/* the lowest allowed stack address, kept also
				 * after a stop request */
	LIST_HEAD(jq_blocks, jq_block) blocks;
	size_t bytes;
	size_t charged;		/* bytes charged to the thread's account */
	size_t free_until;	/* this many bytes in the sandbox are not
				 * charged to the page */
	void *stack;		/* block with the stack of the jq_state */
	void *old_stack;	/* the previous stack, while jq_start() runs */
	bool starting;		/* libjq is about to allocate the stack */
	bool compiling;		/* stop requests have to wait: libjq's compiler
				 * has copies of strings that are not listed */
	const char *why;
	jmp_buf out;
};

/* Calls work, with libjq's allocations counted in the sandbox. Returns NULL;
 * or, if the sandbox was left by a jump, the reason (static). After a jump, all
 * values and states in the sandbox are invalid. */
const char *jq_sandbox_enter(struct jq_sandbox *sandbox,
			     void (*work)(void *arg), void *arg);

/* Calls jq_start(). Must be called inside a sandbox, which must have only one
 * jq_state. */
void jq_sandbox_start(struct jq_sandbox *sandbox, jq_state *state, jv input);

/* Makes libjq leave the sandbox soon, or as soon as it is entered next. May be
 * called in any thread. */
void jq_sandbox_stop(struct jq_sandbox *sandbox);

/* Returns true if libjq is to leave the sandbox as soon as it is entered. */
bool jq_sandbox_is_stopped(const struct jq_sandbox *sandbox);

/* Cancels a request by jq_sandbox_stop(). */
void jq_sandbox_reset_stop(struct jq_sandbox *sandbox);

/* Returns true if the last jq_sandbox_enter() failed because malloc() failed,
 * not because of a limit. */
bool jq_sandbox_had_no_memory(const struct jq_sandbox *sandbox);

/* Returns true if the installed libjq calls the functions defined in
 * parse/jq/sandbox.c, so that its allocations are counted, its blocks can be
 * freed here, and it can be stopped. A libjq that is linked statically or with
 * -Bsymbolic does not call them. */
bool jq_sandbox_works(void);

/* Stops charging the memory in the sandbox to the page, because this memory
 * existed before the page or stays after it. */
void jq_sandbox_settle(struct jq_sandbox *sandbox);

/* Frees all memory in the sandbox. */
void jq_sandbox_clear(struct jq_sandbox *sandbox);

#endif
