/* Redefines libjq's allocator, and those functions of libjq and glibc that
 * would read files, print or end the program. parse/jq/sandbox.h explains
 * why. */
#include "parse/jq/sandbox.h"

#include <assert.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/jq/jq.h"

/* Bytes of stack for libjq, below the frame that enters the sandbox. Records
 * allow 200 levels of nesting; this stack is enough for some thousands. Workers
 * have 4 MB of stack. */
enum { STACK_BYTES = 1 << 20 };

/* Bytes that are charged to the page's account at once. */
enum { CHARGE_STEP = 256 << 10 };

/*
 * Bookkeeping of a block of memory. It is at the end of the block, not in front
 * of it: libjq frees some of its blocks with free(), and some of malloc()'s
 * with jv_mem_free(). A listed block is recognised by its mark, which is made
 * from its own address.
 */
struct jq_block {
	LIST_ENTRY(jq_block) link;
	uintptr_t mark;
};

/* Returns the mark of the block at p. The mark is not the address itself:
 * malloc() does not clear memory, so the unused end of another block may hold
 * an old pointer to p, or a value that looks like one because a string's NUL
 * has replaced its last byte. */
static uintptr_t mark_of(const void *p)
{
	return ~(uintptr_t)p;
}

/* Extra bytes for the bookkeeping of a block, whose alignment may move it
 * forward. */
enum { EXTRA_BYTES = sizeof(struct jq_block) + sizeof(void *) - 1 };

static _Thread_local struct jq_sandbox *current
	__attribute__((tls_model("initial-exec")));

static const char no_memory[] = "no memory for jq";

_Noreturn static void leave_sandbox(struct jq_sandbox *sandbox, const char *why)
{
	sandbox->why = why;
	longjmp(sandbox->out, 1);
}

static void leave_at_floor(struct jq_sandbox *sandbox, uintptr_t here)
{
	if (here < sandbox->lowest)
		leave_sandbox(sandbox, "a value is nested too deep for jq");
	/* The floor was raised by a stop request. The request has to wait while
	 * the stack is being replaced, because a jump would leak the stack, and
	 * while a filter is compiled, because it would leak what strdup()
	 * returned to the compiler. */
	if (!sandbox->starting && !sandbox->compiling)
		leave_sandbox(sandbox, "jq was stopped");
}

static inline void check_stop(struct jq_sandbox *sandbox)
{
	const uintptr_t here = (uintptr_t)__builtin_frame_address(0);
	/* A relaxed load: it does not matter if a stop request is seen a bit
	 * later. */
	const uintptr_t floor =
		atomic_load_explicit(&sandbox->floor, memory_order_relaxed);

	if (__builtin_expect(here < floor, 0))
		leave_at_floor(sandbox, here);
}

static struct jq_block *block_end(void *p, size_t usable)
{
	const size_t at = (usable - sizeof(struct jq_block)) &
			  ~(sizeof(void *) - 1);

	return (struct jq_block *)((char *)p + at);
}

/* Returns the bookkeeping of the block at p; NULL if the block is not
 * listed. */
static struct jq_block *block_find(void *p, size_t usable)
{
	struct jq_block *b;

	if (usable < sizeof(*b))
		return NULL;
	b = block_end(p, usable);
	return b->mark == mark_of(p) ? b : NULL;
}

static void *block_list(struct jq_sandbox *sandbox, void *p)
{
	const size_t usable = malloc_usable_size(p);
	struct jq_block *b = block_end(p, usable);

	b->mark = mark_of(p);
	LIST_INSERT_HEAD(&sandbox->blocks, b, link);
	sandbox->bytes += usable;
	return p;
}

/* Removes a block from the list. Clears its mark, so that the next block in
 * this memory is not taken for a listed one. */
static void block_unlist(struct jq_block *b)
{
	LIST_REMOVE(b, link);
	b->mark = 0;
}

static void uncharge(size_t bytes)
{
	if (current)
		current->bytes -=
			bytes < current->bytes ? bytes : current->bytes;
}

static void charge(struct jq_sandbox *sandbox, size_t bytes)
{
	const size_t step = bytes > CHARGE_STEP ? bytes : CHARGE_STEP;

	sandbox->charged += step;
	if (!memory_charge(step))
		leave_sandbox(sandbox,
			      "jq needs more memory than the page may have "
			      "(--parse-memory)");
}

/* Leaves the sandbox if allocating bytes exceeds a limit. less: bytes of the
 * block that the new one replaces, or 0. */
static void check_memory(struct jq_sandbox *sandbox, size_t bytes, size_t less)
{
	const size_t others = sandbox->bytes > less ? sandbox->bytes - less : 0;
	const size_t paid = sandbox->free_until + sandbox->charged;

	check_stop(sandbox);
	if (others > JQ_MAX_BYTES || bytes > JQ_MAX_BYTES - others)
		leave_sandbox(sandbox, JQ_TOO_MUCH);
	if (others + bytes > paid)
		charge(sandbox, others + bytes - paid);
}

static void *require_memory(struct jq_sandbox *sandbox, void *p)
{
	if (!p)
		leave_sandbox(sandbox, no_memory);
	return p;
}

static void *stack_grow(struct jq_sandbox *sandbox, size_t bytes)
{
	const size_t before =
		sandbox->stack ? malloc_usable_size(sandbox->stack) : 0;

	check_memory(sandbox, bytes, before);
	sandbox->stack =
		require_memory(sandbox, realloc(sandbox->stack, bytes));
	sandbox->starting = false;
	uncharge(before);
	sandbox->bytes += malloc_usable_size(sandbox->stack);
	return sandbox->stack;
}

/* --- Replacements for functions of libjq and glibc ------------------------ */

/* libjq declares these in a header that is not installed. */
void *jv_mem_alloc(size_t bytes);
void *jv_mem_alloc_unguarded(size_t bytes);
void *jv_mem_calloc(size_t count, size_t bytes);
void *jv_mem_calloc_unguarded(size_t count, size_t bytes);
char *jv_mem_strdup(const char *s);
char *jv_mem_strdup_unguarded(const char *s);
void *jv_mem_realloc(void *p, size_t bytes);
void jv_mem_free(void *p);
jv jq_realpath(jv path);

void *jv_mem_alloc(size_t bytes)
{
	if (!current)
		return xmalloc(bytes);
	check_memory(current, bytes, 0);
	return block_list(current,
			  require_memory(current, malloc(bytes + EXTRA_BYTES)));
}

void *jv_mem_alloc_unguarded(size_t bytes)
{
	return jv_mem_alloc(bytes);
}

void *jv_mem_calloc(size_t count, size_t bytes)
{
	if (!current)
		return xcalloc(count, bytes);
	if (bytes && count > JQ_MAX_BYTES / bytes)
		check_memory(current, SIZE_MAX, 0);
	check_memory(current, count * bytes, 0);
	/* In a running filter this call comes from @base64d, which frees the
	 * block with free(). */
	if (bytes == 1 && current->stack)
		return require_memory(current, calloc(count ? count : 1, 1));
	return block_list(
		current,
		require_memory(current,
			       calloc(1, count * bytes + EXTRA_BYTES)));
}

void *jv_mem_calloc_unguarded(size_t count, size_t bytes)
{
	return jv_mem_calloc(count, bytes);
}

char *jv_mem_strdup(const char *s)
{
	const size_t bytes = strlen(s) + 1;

	return memcpy(jv_mem_alloc(bytes), s, bytes);
}

char *jv_mem_strdup_unguarded(const char *s)
{
	return jv_mem_strdup(s);
}

void *jv_mem_realloc(void *p, size_t bytes)
{
	struct jq_block *b;
	void *moved;
	size_t before;

	if (!current)
		return xrealloc(p, bytes);
	if (p ? p == current->stack : current->starting)
		return stack_grow(current, bytes);
	if (!p)
		return jv_mem_alloc(bytes);
	before = malloc_usable_size(p);
	b = block_find(p, before);
	if (!b)
		return require_memory(current, realloc(p, bytes));
	check_memory(current, bytes, before);
	block_unlist(b);
	uncharge(before);
	moved = realloc(p, bytes + EXTRA_BYTES);
	block_list(current, moved ? moved : p);
	return require_memory(current, moved);
}

void jv_mem_free(void *p)
{
	const size_t usable = malloc_usable_size(p);
	struct jq_block *b = p ? block_find(p, usable) : NULL;

	if (b) {
		block_unlist(b);
		uncharge(usable);
	}
	free(p);
}

jv_kind jv_get_kind(jv value)
{
	if (current)
		check_stop(current);
	return value.kind_flags & 0xf;
}

/* Leaves the sandbox if there is no memory, because libjq does not check the
 * result of strdup(). The copies are not listed, because libjq frees them with
 * free() or with jv_mem_free(). */
char *strdup(const char *s)
{
	const size_t bytes = strlen(s) + 1;
	char *copy = malloc(bytes);

	if (current)
		require_memory(current, copy);
	return copy ? memcpy(copy, s, bytes) : NULL;
}

/* Prints nothing: this silences `stderr`, which has no callback. */
void jv_dumpf(jv value, FILE *file, int flags)
{
	(void)file;
	(void)flags;
	jv_free(value);
}

/* Reads no file: libjq would try to read ~/.jq for each filter that it
 * compiles, even in processes that are killed if they open a file. */
jv jv_load_file(const char *path, int raw)
{
	(void)path;
	(void)raw;
	return jv_invalid_with_msg(jv_string("filters cannot read files"));
}

/* Makes sure that there is no directory to search for modules. */
jv jq_realpath(jv path)
{
	jv_free(path);
	return jv_string("");
}

/* Replaces the function that assert() calls, for the whole program. A failed
 * assertion leaves the sandbox: inside one, only libjq and functions called by
 * it run. */
void __assert_fail(const char *claim, const char *file, unsigned line,
		   const char *function)
{
	(void)function;
	/* The old stack still exists at this point: jq_start() contains no
	 * assertion between freeing the old stack and allocating the new
	 * one. */
	if (current && current->starting)
		current->stack = current->old_stack;
	if (current)
		leave_sandbox(
			current,
			"jq cannot do that (an assertion of libjq failed)");
	__assert(claim, file, (int)line);
}

/* --- The sandbox ---------------------------------------------------------- */

const char *jq_sandbox_enter(struct jq_sandbox *sandbox,
			     void (*work)(void *arg), void *arg)
{
	struct jq_sandbox *const outside = current;
	uintptr_t nobody = 0;
	uintptr_t floor = (uintptr_t)__builtin_frame_address(0) - STACK_BYTES;

	sandbox->why = NULL;
	sandbox->lowest = floor;
	atomic_compare_exchange_strong(&sandbox->floor, &nobody, floor);
	if (!setjmp(sandbox->out)) {
		current = sandbox;
		work(arg);
	}
	current = outside;
	if (sandbox->why)
		jq_sandbox_clear(sandbox);
	/* Keeps a stop request that arrived after the sandbox was left. */
	atomic_compare_exchange_strong(&sandbox->floor, &floor, 0);
	return sandbox->why;
}

void jq_sandbox_start(struct jq_sandbox *sandbox, jq_state *state, jv input)
{
	const size_t before =
		sandbox->stack ? malloc_usable_size(sandbox->stack) : 0;

	/* libjq frees the old stack with free(); the next block allocated by
	 * realloc() is the new one. If a jump happens in between (a value on
	 * the stack is nested too deep), it is unknown whether the old stack
	 * still exists, so it is leaked. */
	sandbox->old_stack = sandbox->stack;
	sandbox->stack = NULL;
	sandbox->starting = true;
	jq_start(state, input, 0);
	uncharge(before);
}

void jq_sandbox_stop(struct jq_sandbox *sandbox)
{
	atomic_store(&sandbox->floor, UINTPTR_MAX);
}

bool jq_sandbox_is_stopped(const struct jq_sandbox *sandbox)
{
	return atomic_load(&sandbox->floor) == UINTPTR_MAX;
}

void jq_sandbox_reset_stop(struct jq_sandbox *sandbox)
{
	atomic_store(&sandbox->floor, 0);
}

bool jq_sandbox_had_no_memory(const struct jq_sandbox *sandbox)
{
	return sandbox->why == no_memory;
}

static void make_value(void *value)
{
	*(jv *)value = jv_string("a string that libjq has to allocate");
}

static void free_value(void *value)
{
	jv_free(*(jv *)value);
}

static void print_true(void *unused)
{
	(void)unused;
	jv_free(jv_dump_string(jv_true(), 0));
}

bool jq_sandbox_works(void)
{
	struct jq_sandbox sandbox = {0};
	bool counts, frees, stops;
	jv value;

	counts = !jq_sandbox_enter(&sandbox, make_value, &value) &&
		 sandbox.bytes > 0;
	frees = counts && !jq_sandbox_enter(&sandbox, free_value, &value) &&
		sandbox.bytes == 0;
	jq_sandbox_stop(&sandbox);
	stops = jq_sandbox_enter(&sandbox, print_true, NULL) != NULL;
	jq_sandbox_clear(&sandbox);
	return counts && frees && stops;
}

void jq_sandbox_settle(struct jq_sandbox *sandbox)
{
	memory_uncharge(sandbox->charged);
	sandbox->charged = 0;
	sandbox->free_until = sandbox->bytes;
}

void jq_sandbox_clear(struct jq_sandbox *sandbox)
{
	struct jq_block *b;

	while ((b = LIST_FIRST(&sandbox->blocks)) != NULL) {
		void *start = (void *)~b->mark;

		block_unlist(b);
		free(start);
	}
	free(sandbox->stack);
	sandbox->stack = NULL;
	sandbox->starting = false;
	sandbox->bytes = 0;
	jq_sandbox_settle(sandbox);
}
