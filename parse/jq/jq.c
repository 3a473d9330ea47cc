/* Decides for each filter whether libjq is needed. An input is parsed for libjq
 * only if a filter needs libjq. */
#include "parse/jq/jq.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "parse/jq/libjq.h"
#include "parse/jq/path_filter.h"
#include "parse/jq/spare.h"

/* Bytes of the output buffer that are kept for the next run. A larger buffer is
 * charged to the page and freed after the run. */
enum { KEEP = 32 << 10 };

/* Either path or libjq is NULL. */
struct jq {
	struct path_filter *path;
	struct libjq *libjq;
	atomic_bool stopped;	/* this member and those after it are only used
				 * with path */
	struct buf error, out;
};

struct jq_plan {
	struct path_plan *paths;
};

struct jq_input {
	struct slice json;		/* borrowed */
	const struct jq_plan *plan;	/* borrowed, or NULL */
	bool has_found;
	struct buf found;		/* values that the plan has found in
					 * json */
	struct libjq_input *parsed;	/* json as parsed by libjq; NULL: no
					 * filter has needed it yet */
};

/* --- Filters -------------------------------------------------------------- */

struct jq *jq_new(const char *filter, size_t len)
{
	struct jq *jq = xcalloc(1, sizeof(*jq));

	jq->path = path_filter_compile(filter, len);
	if (!jq->path)
		jq->libjq = libjq_new(filter, len);
	return jq;
}

/* Protects the member libjq of all filters from being replaced while jq_stop()
 * uses it. */
static pthread_mutex_t replacing = PTHREAD_MUTEX_INITIALIZER;

/* Replaces a filter for libjq that is not compiled by a spare, if there is one
 * with the same text. A request to stop stays. */
static void use_spare(struct jq *jq)
{
	struct libjq *const old = jq->libjq;
	struct libjq *spare = libjq_is_compiled(old) ? NULL : spare_take(old);

	if (!spare)
		return;
	pthread_mutex_lock(&replacing);
	if (libjq_is_stopped(old))
		libjq_stop(spare);
	jq->libjq = spare;
	pthread_mutex_unlock(&replacing);
	libjq_close(old);
}

static pthread_once_t tried_once = PTHREAD_ONCE_INIT;
static bool has_libjq;

static void try_libjq(void)
{
	has_libjq = libjq_works();
}

/* Compiles a filter for libjq. Returns 0; or -1, with the reason appended to
 * why. */
static int check_libjq(struct libjq *jq, struct buf *why)
{
	const char *error;

	pthread_once(&tried_once, try_libjq);
	if (!has_libjq) {
		buf_addstr(why, "the filter needs libjq, but this libjq does "
			   "not call scrape's allocator (it must be libjq 1.6, "
			   "linked dynamically)");
		return -1;
	}
	error = libjq_compile(jq);
	libjq_settle(jq);
	if (!error)
		return 0;
	if (libjq_had_no_memory(jq))
		mem_exhausted();
	buf_addstr(why, error);
	return -1;
}

struct jq *jq_open(const char *filter, size_t len, struct buf *why)
{
	struct jq *jq;

	if (!len)
		filter = "";	/* filter may be NULL */
	if (len > JQ_MAX_LENGTH) {
		buf_addf(why, "longer than %d bytes", JQ_MAX_LENGTH);
		return NULL;
	}
	if (memchr(filter, '\0', len)) {
		buf_addstr(why, "the filter contains a NUL");
		return NULL;
	}
	jq = jq_new(filter, len);
	if (jq->libjq)
		use_spare(jq);
	if (jq->path || !check_libjq(jq->libjq, why))
		return jq;
	jq_close(jq);
	return NULL;
}

void jq_prepare(const char *filter, size_t len)
{
	struct jq *jq = jq_new(filter, len);

	if (jq->libjq && spare_has_room()) {
		(void)libjq_compile(jq->libjq);
		libjq_settle(jq->libjq);
	}
	jq_close(jq);
}

void jq_close(struct jq *jq)
{
	if (!jq)
		return;
	path_filter_free(jq->path);
	if (jq->libjq && libjq_is_unused(jq->libjq))
		spare_put(jq->libjq);
	else
		libjq_close(jq->libjq);
	buf_release(&jq->error);
	buf_release(&jq->out);
	free(jq);
}

void jq_trace(const struct jq *jq, const char *text)
{
	log_debug("jq filter \"%.200s\": %s", text,
		  jq->path ? "a path, evaluated without libjq"
			   : "runs with libjq");
}

bool jq_is_bounded(const struct jq *jq)
{
	return jq->path && path_filter_is_bounded(jq->path);
}

void jq_stop(struct jq *jq)
{
	if (jq->path) {
		atomic_store(&jq->stopped, true);
		return;
	}
	pthread_mutex_lock(&replacing);
	libjq_stop(jq->libjq);
	pthread_mutex_unlock(&replacing);
}

/* --- Inputs --------------------------------------------------------------- */

struct jq_plan *jq_plan_new(struct jq *const *filters, size_t count)
{
	struct jq_plan *plan = xcalloc(1, sizeof(*plan));

	plan->paths = path_plan_new();
	for (size_t i = 0; i < count; i++)
		if (filters[i]->path)
			path_plan_add(plan->paths, filters[i]->path);
	return plan;
}

void jq_plan_free(struct jq_plan *plan)
{
	if (!plan)
		return;
	path_plan_free(plan->paths);
	free(plan);
}

struct jq_input *jq_input_new(struct slice json, const struct jq_plan *plan)
{
	struct jq_input *input = xcalloc(1, sizeof(*input));

	input->json = json;
	input->plan = plan;
	return input;
}

void jq_input_free(struct jq_input *input)
{
	if (!input)
		return;
	libjq_input_free(input->parsed);
	buf_release(&input->found);
	free(input);
}

/* Returns the values that the input's plan finds in the input; NULL if the
 * input has no plan. */
static const struct buf *find_values(struct jq_input *input)
{
	if (!input->plan)
		return NULL;
	if (!input->has_found)
		path_plan_find(input->plan->paths, input->json, &input->found);
	input->has_found = true;
	return &input->found;
}

/* --- Running -------------------------------------------------------------- */

static const char *run_path(struct jq *jq, struct jq_input *input,
			    bool (*on_output)(void *ctx, struct slice json),
			    void *ctx)
{
	const struct path_run run = {
		.on_output = on_output,
		.ctx = ctx,
		.stopped = &jq->stopped,
		.found = find_values(input),
		.out = &jq->out,
		.error = &jq->error,
	};
	const bool went_well = path_filter_run(jq->path, input->json, &run);

	atomic_store(&jq->stopped, false);
	if (jq->out.cap > KEEP)
		buf_release(&jq->out);
	return went_well ? NULL : buf_cstr(&jq->error);
}

const char *jq_run(struct jq *jq, struct jq_input *input,
		   bool (*on_output)(void *ctx, struct slice json), void *ctx)
{
	const char *why;

	if (jq->path)
		return run_path(jq, input, on_output, ctx);
	if (!input->parsed)
		input->parsed = libjq_input_new(input->json, &why);
	if (!input->parsed)
		return why;
	use_spare(jq);
	return libjq_run(jq->libjq, input->parsed, on_output, ctx);
}
