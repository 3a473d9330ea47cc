#include "cmd/scrape/list_keys.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/engine/signals.h"
#include "cmd/input/input.h"
#include "cmd/scrape/list_shard.h"
#include "cmd/scrape/request_key.h"
#include "cmd/scrape/resume.h"

static int add_request(struct list_keys *list, const struct job *job)
{
	if (list->len == RESUME_INDEX_MAX) {
		log_fatal("--resume=url: the list has more than %d requests",
			  RESUME_INDEX_MAX);
		return EXIT_USAGE;
	}
	if (list->len == list->cap) {
		list->cap = list->cap * 2 + 1024;
		list->items = xrealloc(list->items,
				       list->cap * sizeof(*list->items));
	}
	list->items[list->len++] = (struct list_key){
		.key = request_key_of_job(job, true),
		.rest = request_rest_of_job(job),
		.index = (uint32_t)job->req.index,
	};
	return 0;
}

static int read_requests(struct list_keys *list, const struct options *o,
			 struct input *in)
{
	struct job *job;
	int code = 0;

	while (!code && (job = input_await(in))) {
		if (list_shard_has(o, job))
			code = add_request(list, job);
		job_free(job);
	}
	if (!code && input_error(in))
		code = EXIT_NOT_COMPLETED;
	return code;
}

static int by_key(const void *a, const void *b)
{
	const struct list_key *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static int check_requests(const struct list_keys *list)
{
	for (size_t i = 1; i < list->len; i++) {
		const struct list_key *a = &list->items[i - 1];
		const struct list_key *b = &list->items[i];

		if (a->key != b->key || a->rest == b->rest)
			continue;
		log_fatal("--resume=url: the requests with the indexes %" PRIu32
			  " and %" PRIu32 " have the same URL and id, but not "
			  "the same method, params, headers and body; their "
			  "records could be mixed up: give each an id of its "
			  "own", a->index, b->index);
		return EXIT_USAGE;
	}
	return 0;
}

int list_keys_read(struct list_keys *list, struct loop *loop,
		   const struct options *o)
{
	const struct input_config config = options_list(o);
	struct input *in = input_open(loop, &config, NULL, NULL);
	int code = read_requests(list, o, in);

	input_close(in);
	if (code)
		return code;
	qsort(list->items, list->len, sizeof(*list->items), by_key);
	return check_requests(list);
}

void list_keys_release(struct list_keys *list)
{
	free(list->items);
	*list = (struct list_keys){0};
}
