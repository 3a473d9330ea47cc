#include "cmd/engine/archive.h"

#include <errno.h>
#include <string.h>

#include "base/job/exchange.h"
#include "base/log.h"
#include "cmd/engine/modes.h"

static void *begin_storing(const void *config)
{
	return ((const struct engine_config *)config)->fetch.store;
}

static void store_exchange(void *own, struct job *job)
{
	struct exchange_store *store = own;

	store->put(store, job);
}

static void end_storing(void *own)
{
	(void)own;
}

static const struct work archive_work = {
	.begin = begin_storing,
	.run = store_exchange,
	.end = end_storing,
};

struct stage *archive_stage_open(struct loop *loop,
				 const struct engine_config *config)
{
	struct stage *stage;

	if (config->mode->parallel_max == 1)
		return inline_open(loop, &archive_work, config);
	stage = threads_open(loop, &archive_work, config, config->workers);
	if (!stage)
		log_fatal("the archive cannot be written: %s",
			  strerror(errno));
	return stage;
}
