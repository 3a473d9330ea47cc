/* The table of modes, and the start of parser processes for the modes that need
 * them. */
#include "cmd/engine/modes.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "base/log.h"
#include "base/memory_budget.h"
#include "base/units.h"
#include "cmd/engine/config.h"
#include "cmd/engine/descriptors.h"
#include "fetch/curl/blocking_stage.h"
#include "fetch/fetch.h"
#include "parse/library.h"
#include "parse/worker.h"
#include "pool/process/sandbox.h"
#include "pool/process/stage.h"
#include "pool/process/zygote.h"

/* The only zygote of this process, forked before anything else is done. */
static struct zygote *zygote;

static struct stage *open_multi(struct loop *loop,
				 const struct engine_config *config)
{
	return multi_open(loop, &config->fetch);
}

static struct stage *open_blocking(struct loop *loop,
				 const struct engine_config *config)
{
	return blocking_open(loop, &config->fetch, &parse_work, &config->parse);
}

/* Logs errno if the stage is NULL: a descriptor could not be opened. */
static struct stage *log_if_null(struct stage *parse)
{
	if (!parse)
		log_fatal("no parser can be started: %s", strerror(errno));
	return parse;
}

static struct stage *open_threads(struct loop *loop,
				 const struct engine_config *config)
{
	return log_if_null(threads_open(loop, &parse_work, &config->parse,
					config->workers));
}

static struct stage *open_inline(struct loop *loop,
				 const struct engine_config *config)
{
	return inline_open(loop, &parse_work, &config->parse);
}

/* Address space that a worker needs beyond the memory charged for its page, in
 * bytes. With this reserve, a page that is too large exceeds the charge first,
 * as in the other modes. */
enum { UNCHARGED = 256 << 20 };

/* Checks, before anything is fetched, that the sandbox works. */
static int check_sandbox(void)
{
	const int error = procs_probe_sandbox(zygote);

	if (!error)
		return 0;
	log_fatal("--require-sandbox: a process that parses cannot enter its "
		  "sandbox, so nothing is fetched: %s",
		  error == SANDBOX_UNSUPPORTED
			  ? "sandboxes do not work under sanitizers or "
			    "valgrind"
			  : strerror(error));
	return -1;
}

/* Opens the pool of parser processes. They get their options here, not earlier,
 * because gather sets the last options after it has read its spec. */
static struct stage *open_procs(struct loop *loop,
				 const struct engine_config *config)
{
	struct zygote_task task = {
		.config = &config->parse,
		.memory = config->parse_memory + UNCHARGED,
		.needs_sandbox = config->require_sandbox,
	};

	parse_config_pack(&task.text, &config->parse);
	zygote_set_task(zygote, &task);
	if (config->require_sandbox && check_sandbox())
		return NULL;
	return log_if_null(procs_open(loop, zygote, config->workers,
				      config->parse_timeout));
}

/* Runs in the zygote, so that each worker inherits the result. */
static void prepare_parsing(void)
{
	parse_global_init();
	parse_global_load();
}

static const void *unpack_config(struct slice packed)
{
	/* The libraries that compile selectors need it. */
	parse_global_init();
	return parse_config_unpack(packed);
}

static const struct zygote_config parsers = {
	.work = &parse_work,
	.unpack = unpack_config,
	.prepare = prepare_parsing,
};

/* Least number of free descriptors, by mode. They are opened before the first
 * page is parsed: output, list, loop and its wake-ups, resolver, a connection;
 * and for a process its socket, standard error and shared memory. With fewer,
 * every request would fail. */
enum { ASYNC_LEAST = 8, THREADS_LEAST = 8, FORK_LEAST = 11, SERIAL_LEAST = 7 };

static int begin_procs(const struct engine_config *config)
{
	(void)config;
	/* The zygote loads the libraries, too, but would be started again and
	 * again if one is missing. */
	parse_libraries_load();
	if (!zygote)
		zygote = zygote_open(&parsers, NULL);
	if (zygote)
		return 0;
	/* A process that fails for lack of descriptors cannot report it. */
	log_fatal("no parser process can be started: %s",
		  strerror(descriptors_are_available(FORK_LEAST) ? errno
								 : EMFILE));
	return -1;
}

bool mode_is_light(const struct engine_config *config, const struct job *job)
{
	if (config->require_sandbox && !job->err && job->res.body.len)
		return false;
	return parse_is_light(job, &config->parse);
}

const struct mode modes[] = {
	{"async", "an event loop fetches, a pool of threads parses",
	 0, false, MULTI_DESCRIPTORS, ASYNC_LEAST, open_multi, open_threads,
	 open_threads, NULL},
	{"threads", "up to -P threads each fetch a page, wait, and parse it",
	 0, false, BLOCKING_DESCRIPTORS, THREADS_LEAST, open_blocking,
	 open_inline, open_threads, NULL},
	{"fork", "like async, but a pool of sandboxed processes parses",
	 0, true, MULTI_DESCRIPTORS, FORK_LEAST, open_multi, open_procs,
	 open_procs, begin_procs},
	{"serial", "one request after the other, in one thread",
	 1, false, MULTI_DESCRIPTORS, SERIAL_LEAST, open_multi, open_inline,
	 open_inline, NULL},
	{0},
};

/* Returns true if a word is "fork" or ends in "=fork". */
static bool mentions_fork(char **argv)
{
	static const char name[] = "fork";

	for (char **word = argv; *word; word++) {
		const char *equals = strrchr(*word, '=');

		if (!strcmp(equals ? equals + 1 : *word, name))
			return true;
	}
	return false;
}

void mode_prefork(char **argv)
{
	if (zygote_is_requested() || mentions_fork(argv))
		zygote = zygote_open(&parsers, argv);
}

/* Sets the memory budget before any worker starts, and so that the zygote
 * inherits it. With --mode threads each fetcher parses its own page. */
static void limit_memory(const struct engine_config *config)
{
	const uint64_t bytes = config->parse_memory;

	memory_budget_set(bytes < UNITS_SIZE_MAX ? bytes : 0,
			  config->mode->open_fetch == open_blocking
				  ? config->fetch.parallel_max
				  : config->workers);
}

int mode_begin(const struct engine_config *config)
{
	const unsigned least = config->mode->descriptors_least;

	descriptors_raise();
	limit_memory(config);
	if (!config->mode->begin)
		mode_end();
	else if (config->mode->begin(config))
		return -1;
	if (descriptors_are_available(least))
		return 0;
	log_fatal("--mode %s has to open %u more files than the limit allows "
		  "(ulimit -n)", config->mode->name, least);
	return -1;
}

void mode_end(void)
{
	zygote_close(zygote);
	zygote = NULL;
}

const struct mode *mode_find(const char *name)
{
	for (const struct mode *m = modes; m->name; m++)
		if (!strcmp(m->name, name))
			return m;
	return NULL;
}
