#include "cmd/fleet_worker/seeds.h"

#include <sys/random.h>

#include "base/log.h"
#include "cmd/fleet_worker/item.h"
#include "cmd/fleet_worker/packing.h"
#include "cmd/input/input.h"
#include "fetch/fetch.h"

#define TAG_SEED 's'
#define TAG_SECRET 'k'

/* Maximum length of all seeds together, because each machine gets all of them
 * when it joins. */
enum { BYTES_MAX = 4 << 20 };

static bool is_seed(struct job *job, const struct fetch_config *fetch)
{
	if (!job->err && (job->req.has_body || job->req.method ||
			  job->req.params))
		job_fail(job, ERR_INPUT, "a seed has only a URL, id and "
			 "headers");
	if (!job->err)
		fetch_prepare(job, fetch);
	if (!job->err)
		return true;
	log_warn("not a seed: %.200s (%s)", job->req.url, job->err_message);
	return false;
}

static void add_seed(struct buf *out, struct job *job)
{
	struct buf text = {0};

	item_pack(&text, job, 0);
	packing_add(out, TAG_SEED, slice_of(&text));
	buf_release(&text);
}

int seeds_pack(struct buf *out, const struct options *o, struct loop *loop)
{
	const struct input_config config = options_list(o);
	struct input *input = input_open(loop, &config, NULL, NULL);
	const size_t before = out->len;
	struct job *job;
	int error;

	while (out->len <= before + BYTES_MAX && (job = input_await(input))) {
		if (is_seed(job, &o->engine.fetch))
			add_seed(out, job);
		job_free(job);
	}
	error = input_error(input);
	input_close(input);
	if (error)
		log_fatal("the crawl is not begun, because not all seeds could "
			  "be read");
	else if (out->len > before + BYTES_MAX)
		log_fatal("a crawl with --fleet has at most 4 MB of seeds");
	else if (out->len == before)
		log_fatal("there is no seed");
	else
		return 0;
	return -1;
}

void seeds_pack_secret(struct buf *out)
{
	uint64_t secret = 0;

	/* getrandom(2) does not fail for so few bytes. */
	(void)!getrandom(&secret, sizeof(secret), 0);
	packing_add(out, TAG_SECRET,
		    (struct slice){(const char *)&secret, sizeof(secret)});
}

static void read_seed(struct slice text, const struct fetch_config *fetch,
		      void (*each)(void *ctx, struct job *seed), void *ctx)
{
	struct job *job = item_unpack(text, fetch, 0);

	if (!job)
		return;
	fetch_prepare(job, fetch);
	url_set_fragment(&job->hop.url, NULL, 0);
	if (!job->err)
		each(ctx, job);
	job_free(job);
}

uint64_t seeds_each(struct slice options, const struct fetch_config *fetch,
		    void (*each)(void *ctx, struct job *seed), void *ctx)
{
	uint64_t secret = 0;
	struct slice value;
	char tag;

	while (packing_next(&options, &tag, &value) > 0) {
		if (tag == TAG_SECRET && value.len == sizeof(secret))
			memcpy(&secret, value.p, sizeof(secret));
		else if (tag == TAG_SEED)
			read_seed(value, fetch, each, ctx);
	}
	return secret;
}
