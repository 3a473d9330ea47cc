#include "cmd/scrape/list_shard.h"

#include "fetch/fetch.h"

bool list_shard_has(const struct options *o, struct job *job)
{
	if (!o->shard.count)
		return true;
	if (!job->err)
		fetch_prepare(job, &o->engine.fetch);
	return shard_has(&o->shard, &job->hop.url);
}
