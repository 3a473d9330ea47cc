/* Checks seeds: a crawl requests pages with GET. */
#include "cmd/crawl/seed.h"

#include "base/log.h"
#include "fetch/fetch.h"

/* Sets up the first hop of the seed; fails the job if it cannot be a seed. */
static void prepare(struct job *job, const struct fetch_config *config)
{
	struct fetch_config plain = *config;

	plain.body = NULL;
	plain.method = NULL;
	if (!job->err && (job->req.has_body || job->req.method ||
			  job->req.params))
		job_fail(job, ERR_INPUT, "a seed has only a URL, id and "
			 "headers");
	if (!job->err)
		fetch_prepare(job, &plain);
}

int seed_add(const struct follow *f, struct sitemaps *sitemaps,
	     struct job *job, const struct fetch_config *config)
{
	prepare(job, config);
	if (job->err) {
		log_warn("not a seed: %.200s (%s)", job->req.url,
			 job->err_message);
		return 0;
	}
	url_set_fragment(&job->hop.url, NULL, 0);
	scope_add_seed(f->scope, &job->hop.url);
	if (frontier_add_move(f->frontier, (struct slice){job->hop.url.href,
							  job->hop.url.len}))
		return -1;
	if (!shard_has(f->shard, &job->hop.url))
		return 1;
	if (sitemaps_add_seed(sitemaps, &job->hop.url, job->req.id))
		return -1;
	if (f->options->sitemaps == SITEMAPS_ONLY)
		return 1;
	return follow_add(f, &job->hop.url,
			    &(struct frontier_page){
		.id = job->req.id,
		.priority = job->req.priority,
		.headers = job->req.headers.len
			? (char *)buf_cstr(&job->req.headers) : NULL,
	}) < 0 ? -1 : 1;
}
