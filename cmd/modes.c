#include "cmd/modes.h"

#include <stddef.h>
#include <string.h>

#include "cmd/options.h"
#include "fetch/blocking.h"
#include "fetch/fetch.h"
#include "parse/parse.h"

static struct stage *open_multi(struct loop *loop, const struct options *o)
{
	return multi_open(loop, &o->fetch);
}

static struct stage *open_blocking(struct loop *loop, const struct options *o)
{
	return blocking_open(loop, &o->fetch, &parse_work, &o->parse);
}

static struct stage *open_threads(struct loop *loop, const struct options *o)
{
	return threads_open(loop, &parse_work, &o->parse, o->workers);
}

static struct stage *open_inline(struct loop *loop, const struct options *o)
{
	return inline_open(loop, &parse_work, &o->parse);
}

const struct mode modes[] = {
	{"async", "an event loop fetches, a pool of threads parses",
	 0, MULTI_DESCRIPTORS, open_multi, open_threads},
	{"threads", "up to -P threads each fetch a page, wait, and parse it",
	 0, BLOCKING_DESCRIPTORS, open_blocking, open_inline},
	{"serial", "one request after the other, in one thread",
	 1, MULTI_DESCRIPTORS, open_multi, open_inline},
	{0},
};

const struct mode *mode_find(const char *name)
{
	for (const struct mode *m = modes; m->name; m++)
		if (!strcmp(m->name, name))
			return m;
	return NULL;
}
