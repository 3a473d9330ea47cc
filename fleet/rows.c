#include <stdlib.h>

#include "base/library/hiredis.h"
#include "base/mem.h"
#include "fleet/hub_parts.h"

/* Reads an entry of the stream: its id, and its fields "r" and the row. The
 * text of an entry with other fields is empty. */
static bool read_row(struct hub_row *row, const redisReply *entry)
{
	const redisReply *fields;

	if (entry->type != REDIS_REPLY_ARRAY || entry->elements != 2 ||
	    entry->element[0]->type != REDIS_REPLY_STRING)
		return false;
	row->id = (struct slice){entry->element[0]->str,
				 entry->element[0]->len};
	fields = entry->element[1];
	row->text = (struct slice){"", 0};
	if (fields->type == REDIS_REPLY_ARRAY && fields->elements == 2 &&
	    fields->element[1]->type == REDIS_REPLY_STRING)
		row->text = (struct slice){fields->element[1]->str,
					   fields->element[1]->len};
	return true;
}

static void read_rows(struct call *call, const redisReply *reply,
		      struct hub_reply *to)
{
	struct hub_row *rows;
	const size_t n = reply->type == REDIS_REPLY_ARRAY ? reply->elements : 0;

	rows = xcalloc(n + 1, sizeof(*rows));
	while (to->n_rows < n && read_row(&rows[to->n_rows],
					  reply->element[to->n_rows]))
		to->n_rows++;
	call->scratch = rows;
	to->rows = rows;
}

void hub_read_rows(struct hub *hub, const char *after, unsigned most,
		   hub_fn *on_reply, void *ctx)
{
	struct call *call = call_new(hub, NULL, SCRIPTS, on_reply, ctx);
	struct command *c = call_arguments(call);
	char *key = xasprintf("%srows", hub->prefix);
	char *from = *after ? xasprintf("(%s", after) : xstrdup("-");

	call->survives = true;
	call->read_raw = read_rows;
	command_add_text(c, "XRANGE");
	command_add_text(c, key);
	command_add_text(c, from);
	command_add_text(c, "+");
	command_add_text(c, "COUNT");
	command_add_int(c, most);
	free(key);
	free(from);
	call_post(call);
}

void hub_trim_rows(struct hub *hub, const char *upto, uint64_t bytes,
		   hub_fn *on_reply, void *ctx)
{
	struct call *call = call_new(hub, NULL, SCRIPT_TRIM, on_reply, ctx);

	call->survives = !*upto;
	command_add_text(call_arguments(call), upto);
	command_add_int(call_arguments(call), (int64_t)bytes);
	call_post(call);
}
