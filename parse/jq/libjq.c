/*
 * Each filter and each input has its own sandbox (parse/jq/sandbox.h). Nothing
 * is cleaned up piece by piece: clearing a sandbox frees everything in it. A
 * filter that had to be stopped is compiled again for the next document.
 *
 * Callbacks, and all our own code, run outside the sandbox.
 */
#include "parse/jq/libjq.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "parse/jq/library.h"
#include "parse/jq/libjq_input.h"
#include "parse/jq/sandbox.h"

/* Maximum bytes of an error message: the filter error(.) makes the whole
 * document the message. */
enum { ERROR_MAX = 1000 };

/* Maximum bytes that libjq may leak before the filter is compiled anew. libjq
 * leaks 200 bytes with each path() that does not run to its end. */
enum { LEAK_MAX = 4 << 20 };

/* Bytes of the output buffer that are kept for the next run. A larger buffer is
 * charged to the page and freed after the run. */
enum { KEEP = 32 << 10 };

struct libjq {
	struct jq_sandbox sandbox;
	char *filter;
	jq_state *state;	/* compiled filter, in the sandbox; NULL: not
				 * compiled */
	size_t bytes;		/* bytes of the sandbox after compiling */
	bool has_run;
	struct buf error;	/* message of the compiler or of a run */
	struct buf out;

	/* Members that are used only during a run. */
	const struct libjq_input *input;
	int at;			/* index of the current value */
	jv text;		/* the current output, in the sandbox */
	bool has_text;
};

/* Drops the compiled state. The text of the filter is kept. */
static void drop_state(struct libjq *jq)
{
	jq_sandbox_clear(&jq->sandbox);
	jq->state = NULL;
	jq->has_text = false;
}

/* Runs work in the sandbox. Returns NULL; or an error message, and then the
 * compiled state is lost. */
static const char *enter_sandbox(struct libjq *jq, void (*work)(void *jq))
{
	const char *why = jq_sandbox_enter(&jq->sandbox, work, jq);

	if (why)
		drop_state(jq);
	return why;
}

/* --- Compiling ------------------------------------------------------------ */

/* Appends the first line of a compiler message. Parts that make sense only for
 * the jq program, such as line numbers of the filter, are left out, because the
 * text of the filter follows on a line of its own. */
static void add_compile_error(struct buf *out, const char *s)
{
	static const char prefix[] = "jq: error: ";
	static const char hint[] = " (Unix shell quoting issues?)";
	static const char where[] = " at <top-level>, line ";
	const size_t len = strcspn(s, "\n");
	const char *end = s + len;
	const char *p;

	if (!strncmp(s, prefix, strlen(prefix)))
		s += strlen(prefix);
	p = memmem(s, (size_t)(end - s), hint, strlen(hint));
	if (p) {
		buf_add(out, s, (size_t)(p - s));
		s = p + strlen(hint);
	}
	p = memmem(s, (size_t)(end - s), where, strlen(where));
	if (p && end[-1] == ':') {
		buf_add(out, s, (size_t)(p - s));
		buf_addstr(out, " at line ");
		s = p + strlen(where);
		end--;
	}
	buf_add(out, s, (size_t)(end - s));
}

/* Called by libjq for each compiler message. Keeps the first message, because
 * later ones are often about the same mistake, and the last one only counts the
 * errors. */
static void on_compile_error(void *ctx, jv message)
{
	struct libjq *jq = ctx;

	if (!jq->error.len && jv_get_kind(message) == JV_KIND_STRING)
		add_compile_error(&jq->error, jv_string_value(message));
	jv_free(message);
}

/* Sets all callbacks, because libjq leaves them uninitialised. */
static void set_callbacks(struct libjq *jq, jq_state *state)
{
	jq_set_nomem_handler(state, NULL, NULL);
	jq_set_input_cb(state, NULL, NULL);
	jq_set_debug_cb(state, NULL, NULL);
	jq_set_error_cb(state, on_compile_error, jq);
}

static void compile_filter(void *arg)
{
	struct libjq *jq = arg;
	jq_state *state = jq_init();

	set_callbacks(jq, state);
	/* Without this attribute, `import` makes an assertion of libjq fail. */
	jq_set_attr(state, jv_string("JQ_LIBRARY_PATH"), jv_array());
	if (jq_compile(state, jq->filter))
		jq->state = state;
}

const char *libjq_compile(struct libjq *jq)
{
	const char *why;

	if (jq->state)
		return NULL;
	buf_clear(&jq->error);
	jq->sandbox.compiling = true;
	why = enter_sandbox(jq, compile_filter);
	jq->sandbox.compiling = false;
	jq->bytes = jq->sandbox.bytes;
	if (why || jq->state)
		return why;
	drop_state(jq);
	return jq->error.len ? buf_cstr(&jq->error)
			     : "the filter does not compile";
}

/* --- Running -------------------------------------------------------------- */

/* Appends a message, shortened and without line breaks at its end. */
static void add_message(struct buf *out, const char *s, size_t len)
{
	while (len && s[len - 1] == '\n')
		len--;
	if (len > ERROR_MAX) {
		buf_add(out, s, utf8_valid_prefix(s, ERROR_MAX));
		buf_addstr(out, "...");
	} else {
		buf_add(out, s, len);
	}
}

/* Sets the error of the run. The message is freed. */
static void set_error(struct libjq *jq, jv message)
{
	size_t len;

	if (jv_get_kind(message) != JV_KIND_STRING) {
		message = jv_dump_string(message, 0);
		buf_addstr(&jq->error, "error (not a string): ");
	}
	len = (size_t)jv_string_length_bytes(jv_copy(message));
	/* libjq's error when `input` finds no further input; the jq program
	 * replaces it by this text. */
	if (!strcmp(jv_string_value(message), "break"))
		buf_addstr(&jq->error, "No more inputs");
	else
		add_message(&jq->error, jv_string_value(message), len);
	jv_free(message);
	/* error("") is an error, too, so an empty message must not count as
	 * none. */
	if (!jq->error.len)
		buf_addstr(&jq->error, "error");
}

static void start_value(void *arg)
{
	struct libjq *jq = arg;

	jq_sandbox_start(&jq->sandbox, jq->state,
			 jv_array_get(jv_copy(jq->input->values), jq->at));
}

/* Called when the filter returns no further output: because it has ended,
 * called `halt`, or failed. */
static void on_no_output(struct libjq *jq, jv invalid)
{
	if (jq_halted(jq->state)) {
		jv code = jq_get_exit_code(jq->state);

		if (jv_is_valid(code))
			set_error(jq, jq_get_error_message(jq->state));
		jv_free(code);
		jv_free(invalid);
	} else if (jv_invalid_has_msg(jv_copy(invalid))) {
		set_error(jq, jv_invalid_get_msg(invalid));
	} else {
		jv_free(invalid);
	}
}

static void next_output(void *arg)
{
	struct libjq *jq = arg;
	jv value;

	if (jq->has_text)
		jv_free(jq->text);
	jq->has_text = false;
	value = jq_next(jq->state);
	if (!jv_is_valid(value)) {
		on_no_output(jq, value);
		return;
	}
	jq->text = jv_dump_string(value, 0);
	jq->has_text = true;
}

/* Releases everything that refers to the input. */
static void release_input(void *arg)
{
	struct libjq *jq = arg;
	const bool was_halted = jq_halted(jq->state);

	if (jq->has_text)
		jv_free(jq->text);
	jq->has_text = false;
	jq_sandbox_start(&jq->sandbox, jq->state, jv_null());
	/* libjq frees the values of `halt_error` at every start, so they must
	 * be reset after they were freed. */
	if (was_halted)
		jq_halt(jq->state, jv_invalid(), jv_invalid());
}

/* Writes the current output to jq->out as compact JSON. It is compacted again
 * after libjq has written it, because libjq escapes only C0 controls and has
 * another limit of nesting than records. */
static const char *read_text(struct libjq *jq)
{
	const int len = jv_string_length_bytes(jv_copy(jq->text));
	size_t at;

	buf_clear(&jq->out);
	if (!json_compact(&jq->out, jv_string_value(jq->text), (size_t)len,
			  &at))
		return NULL;
	/* The value may be nested to any depth. Dropping the sandbox frees it
	 * without recursion. */
	drop_state(jq);
	return "an output is nested deeper than 200";
}

/* Runs the filter on one value and delivers all outputs; sets *more to false if
 * no further value is to be processed. */
static const char *run_one(struct libjq *jq,
			   bool (*on_output)(void *ctx, struct slice json),
			   void *ctx, bool *more)
{
	const char *why = enter_sandbox(jq, start_value);

	while (!why) {
		why = enter_sandbox(jq, next_output);
		if (why || !jq->has_text)
			break;
		why = read_text(jq);
		if (!why &&
		    !on_output(ctx, (struct slice){jq->out.data, jq->out.len}))
			*more = false;
		if (!*more)
			break;
	}
	if (!why && (jq->error.len || jq_halted(jq->state)))
		*more = false;
	return why;
}

static const char *run_all(struct libjq *jq,
			   bool (*on_output)(void *ctx, struct slice json),
			   void *ctx)
{
	const char *why = NULL;
	bool more = true;

	for (jq->at = 0; !why && more && jq->at < jq->input->count; jq->at++)
		why = run_one(jq, on_output, ctx, &more);
	return why;
}

/* --- Filters -------------------------------------------------------------- */

bool libjq_works(void)
{
	return jq_sandbox_works();
}

/* Makes libjq choose the random seed of its hash tables now, because a worker
 * process may not ask the kernel for random numbers later. */
static void choose_hash_seed(void)
{
	jv_free(jv_object_set(jv_object(), jv_string("name"), jv_true()));
}

static pthread_once_t seeded_once = PTHREAD_ONCE_INIT;

struct libjq *libjq_new(const char *filter, size_t len)
{
	struct libjq *jq = xcalloc(1, sizeof(*jq));

	pthread_once(&seeded_once, choose_hash_seed);
	jq->filter = xmemdup(filter, len);
	return jq;
}

bool libjq_is_compiled(const struct libjq *jq)
{
	return jq->state != NULL;
}

bool libjq_is_unused(const struct libjq *jq)
{
	return jq->state && !jq->has_run;
}

void libjq_settle(struct libjq *jq)
{
	jq_sandbox_settle(&jq->sandbox);
}

bool libjq_has_same_text(const struct libjq *a, const struct libjq *b)
{
	return !strcmp(a->filter, b->filter);
}

bool libjq_had_no_memory(const struct libjq *jq)
{
	return jq_sandbox_had_no_memory(&jq->sandbox);
}

void libjq_close(struct libjq *jq)
{
	if (!jq)
		return;
	jq_sandbox_clear(&jq->sandbox);
	buf_release(&jq->error);
	buf_release(&jq->out);
	free(jq->filter);
	free(jq);
}

const char *libjq_run(struct libjq *jq, const struct libjq_input *input,
		      bool (*on_output)(void *ctx, struct slice json),
		      void *ctx)
{
	const char *why;

	buf_clear(&jq->error);
	jq->has_run = true;
	jq->input = input;
	why = libjq_compile(jq);
	if (!why)
		why = run_all(jq, on_output, ctx);
	/* A failure of release_input() does not matter, because all wanted
	 * outputs have been delivered. (libjq 1.6 fails an assertion there
	 * after `paths`, if not all outputs were read.) */
	if (jq->state)
		(void)enter_sandbox(jq, release_input);
	if (jq->sandbox.bytes > jq->bytes + LEAK_MAX)
		drop_state(jq);
	jq_sandbox_settle(&jq->sandbox);
	jq_sandbox_reset_stop(&jq->sandbox);
	if (jq->out.cap > KEEP)
		buf_release(&jq->out);
	if (why)
		return why;
	return jq->error.len ? buf_cstr(&jq->error) : NULL;
}

void libjq_stop(struct libjq *jq)
{
	jq_sandbox_stop(&jq->sandbox);
}

bool libjq_is_stopped(const struct libjq *jq)
{
	return jq_sandbox_is_stopped(&jq->sandbox);
}

void libjq_reset_stop(struct libjq *jq)
{
	jq_sandbox_reset_stop(&jq->sandbox);
}
