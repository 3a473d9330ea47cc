#include "cmd/session/list_name.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/secret_rules.h"

/* Appends a source in a form that does not depend on the working directory. */
static void add_source(struct buf *all, const char *source)
{
	char *path = strstr(source, "://") ? NULL : realpath(source, NULL);

	buf_addstr(all, path ? path : source);
	buf_addch(all, '\n');
	free(path);
}

void list_name_add(struct buf *name, const struct options *o)
{
	enum { SHOWN = 200 };
	struct buf all = {0};

	for (size_t i = 0; i < o->sources.len; i++) {
		const char *source = o->sources.items[i];

		add_source(&all, source);
		if (!i)
			secret_url_show(name, source,
					strnlen(source, SHOWN));
	}
	if (o->sources.len > 1)
		buf_addf(name, " and %zu more", o->sources.len - 1);
	if (o->shard.count) {
		buf_addf(&all, "%u/%u\n", o->shard.number, o->shard.count);
		buf_addf(name, ", shard %u/%u", o->shard.number,
			 o->shard.count);
	}
	buf_addf(name, " (%016" PRIx64 ")", digest_of(all.data, all.len).a);
	buf_release(&all);
}
