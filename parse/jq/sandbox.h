/*
 * The sandbox that libjq runs in.
 *
 * libjq 1.6 stops at nothing: a filter gets any memory it asks for, values
 * nested a million deep are freed by recursion, and a failed assertion or a
 * malloc() that gives nothing ends the program. But it calls its own functions
 * through the linker's table, where the definitions of the program come first.
 * So parse/jq/sandbox.c defines some of them again: the allocator, which
 * counts; and jv_get_kind(), which libjq calls at each step and for each value
 * it touches, so that it is the place to look at the stack and at whether to
 * stop.
 *
 * There is one way out, at a limit or when told to stop: a jump to where the
 * sandbox was entered. What libjq was at is left as it was, so all of it is
 * forgotten: each sandbox has a list of the blocks that were allocated in it,
 * and frees them all. So values must not outlive their sandbox, nor be handed
 * over from one that may be cleared earlier.
 *
 * What is allocated in a sandbox is charged to the account of the thread
 * (base/memory_budget.h) until the sandbox is cleared or jq_sandbox_settle() is
 * called: libjq leaves when the page may have no more.
 *
 * What libjq has from malloc() itself at that moment is lost: the copy that
 * qsort() works on, a regular expression, names in a filter that is compiled.
 */
#ifndef PARSE_JQ_SANDBOX_H
#define PARSE_JQ_SANDBOX_H

#include <setjmp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include <jq.h>

struct jq_block;

/* Zero is empty and open. One thread's, and never moved. */
struct jq_sandbox {
	/* The stack's end; 0: nobody is inside; UINTPTR_MAX: stop. By any
	 * thread. */
	_Atomic(uintptr_t) floor;
	uintptr_t lowest;	/* the floor, also after a stop */
	LIST_HEAD(jq_blocks, jq_block) blocks;
	size_t bytes;
	size_t charged;		/* of them, to the account of the thread */
	size_t free_until;	/* bytes up to which nothing is charged */
	void *stack;		/* of the jq_state */
	void *old_stack;	/* while starting */
	bool starting;		/* it is about to be allocated */
	const char *why;
	jmp_buf out;
};

/* Calls work with all that libjq does charged to the sandbox. NULL; or why it
 * was left by a jump (static): all values and states in it are gone. */
const char *jq_sandbox_enter(struct jq_sandbox *sandbox,
			     void (*work)(void *arg), void *arg);

/* jq_start(), inside of a sandbox with not more than one jq_state. */
void jq_sandbox_start(struct jq_sandbox *sandbox, jq_state *state, jv input);

/* From any thread: who is inside leaves soon; if nobody is, then who comes
 * next. */
void jq_sandbox_stop(struct jq_sandbox *sandbox);

/* Forgets jq_sandbox_stop(). */
void jq_sandbox_reset_stop(struct jq_sandbox *sandbox);

/* True if jq_sandbox_enter() was left because malloc() failed (not at a limit). */
bool jq_sandbox_had_no_memory(const struct jq_sandbox *sandbox);

/* Tries whether this libjq calls the functions defined in parse/jq/sandbox.c: its
 * allocations are counted, its blocks come back, and it can be stopped. One that
 * was linked statically or with -Bsymbolic does not. */
bool jq_sandbox_works(void);

/* What is in it now is not charged to a page any more: it was there before the
 * page and stays. */
void jq_sandbox_settle(struct jq_sandbox *sandbox);

/* Frees all that is in it. */
void jq_sandbox_clear(struct jq_sandbox *sandbox);

#endif
