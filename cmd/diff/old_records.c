/* The records of a key are a list, linked by their indexes. */
#include "cmd/diff/old_records.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cmd/table/record_line.h"

static const size_t none = SIZE_MAX;

static struct slice key_text(const struct digest *key)
{
	return (struct slice){(const char *)key, sizeof(*key)};
}

void old_records_add(struct old_records *o, struct digest key,
		     struct digest fields, struct slice record, uint64_t at,
		     size_t len)
{
	unsigned long first = o->len;
	struct old_record *r;

	o->list = xgrow(o->list, o->len, 1, sizeof(*o->list));
	r = &o->list[o->len];
	*r = (struct old_record){
		.fields = fields,
		.at = at,
		.len = len,
		.next = none,
		.turn = o->len,
	};
	if (o->source->is_pipe) {
		r->at = o->texts.len;
		r->len = record.len;
		buf_add(&o->texts, record.p, record.len);
	}
	if (digest_set_add(&o->keys, key_text(&key), &first)) {
		o->list[o->list[first].turn].next = o->len;
		o->list[first].turn = o->len;
	}
	o->len++;
}

void old_records_end(struct old_records *o)
{
	for (size_t i = 0; i < o->len; i++)
		o->list[i].turn = i;
}

struct old_record *old_records_take(struct old_records *o, struct digest key)
{
	unsigned long first;
	struct old_record *r;

	if (!digest_set_has(&o->keys, key_text(&key)))
		return NULL;
	(void)digest_set_add(&o->keys, key_text(&key), &first);
	if (o->list[first].turn == none)
		return NULL;
	r = &o->list[o->list[first].turn];
	o->list[first].turn = r->next;
	r->is_taken = true;
	return r;
}

bool old_records_read(struct old_records *o, const struct old_record *r,
		      struct buf *text)
{
	const char *why;

	if (o->source->is_pipe) {
		buf_clear(text);
		buf_add(text, o->texts.data + r->at, r->len);
		return true;
	}
	return source_read_again(o->source, r->at, r->len, &o->line) &&
	       record_line_read(o->source, slice_of(&o->line), text, &why) ==
		       LINE_RECORD;
}

void old_records_release(struct old_records *o)
{
	free(o->list);
	digest_set_release(&o->keys);
	buf_release(&o->texts);
	buf_release(&o->line);
	*o = (struct old_records){0};
}
