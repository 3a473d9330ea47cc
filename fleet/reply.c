#include <stdlib.h>

#include "base/library/hiredis.h"
#include "base/mem.h"
#include "fleet/hub_parts.h"

/* Returns the next field; NULL if there is none. */
static const redisReply *next_field(struct reply_reader *from)
{
	const redisReply *r = from->reply;

	if (r->type == REDIS_REPLY_ARRAY && from->at < r->elements)
		return r->element[from->at++];
	from->is_broken = true;
	return NULL;
}

struct slice reply_text(struct reply_reader *from)
{
	const redisReply *field = next_field(from);

	if (field && (field->type == REDIS_REPLY_STRING ||
		      field->type == REDIS_REPLY_STATUS))
		return (struct slice){field->str, field->len};
	from->is_broken = true;
	return (struct slice){"", 0};
}

uint64_t reply_number(struct reply_reader *from)
{
	const redisReply *field = next_field(from);

	if (field && field->type == REDIS_REPLY_INTEGER)
		return field->integer < 0 ? 0 : (uint64_t)field->integer;
	/* hiredis puts a NUL after each string. */
	if (field && field->type == REDIS_REPLY_STRING) {
		const double number = strtod(field->str, NULL);

		return number > 0 ? (uint64_t)number : 0;
	}
	from->is_broken = true;
	return 0;
}

char *reply_copy(struct reply_reader *from)
{
	const struct slice text = reply_text(from);

	return xmemdup(text.p, text.len);
}

size_t reply_left(const struct reply_reader *from)
{
	return from->reply->elements - from->at;
}

static const struct {
	const char *name;
	enum hub_status status;
} statuses[] = {
	{"ok", HUB_OK}, {"refused", HUB_REFUSED}, {"full", HUB_FULL},
	{"gone", HUB_GONE},
};

static enum hub_job_state state_of(struct slice name)
{
	if (slice_is(name, "paused"))
		return HUB_PAUSED;
	return slice_is(name, "stopped") ? HUB_STOPPED : HUB_RUNNING;
}

static bool read_status(struct reply_reader *from, struct hub_reply *to,
			struct buf *why)
{
	const struct slice status = reply_text(from);

	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
		if (slice_is(status, statuses[i].name)) {
			to->status = statuses[i].status;
			return true;
		}
	if (slice_is(status, "version")) {
		const struct slice version = reply_text(from);

		if (slice_is(version, "deleted"))
			buf_addstr(why, "the job is being deleted");
		else
			buf_addf(why, "the job was begun by another version of "
				 "scrape (its format is %.*s, this one's is "
				 "%d): all machines need the same version",
				 (int)version.len, version.p, HUB_VERSION);
		return false;
	}
	buf_addstr(why, "the server's reply is not understood");
	return false;
}

bool reply_read_totals(struct reply_reader *from, struct hub_reply *to,
		       struct buf *why)
{
	struct hub_counts *n = &to->counts;

	if (!read_status(from, to, why))
		return false;
	if (to->status == HUB_GONE)
		return true;
	to->job = state_of(reply_text(from));
	n->known = reply_number(from);
	n->waiting = reply_number(from);
	n->in_work = reply_number(from);
	n->done = reply_number(from);
	n->rows = reply_number(from);
	n->row_bytes = reply_number(from);
	n->dropped = reply_number(from);
	to->is_loaded = reply_number(from) == 1;
	if (from->is_broken)
		buf_addstr(why, "the server's reply is not understood");
	return !from->is_broken;
}
