#include "cmd/scrape/record_list.h"

#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/engine/signals.h"
#include "cmd/scrape/request_key.h"

static void grow_list(struct record_list *list)
{
	list->cap = list->cap * 2 + 1024;
	list->pieces = xrealloc(list->pieces,
				list->cap * sizeof(*list->pieces));
	if (list->wants_keys)
		list->keys = xrealloc(list->keys,
				      list->cap * sizeof(*list->keys));
}

static void add_piece(struct record_list *list, const struct record *record,
		      uint32_t source)
{
	const uint64_t index = record->head.index;

	if (list->len == list->cap)
		grow_list(list);
	if (list->len && list->pieces[list->len - 1].index >= index)
		list->in_order = false;
	if (list->wants_keys)
		list->keys[list->len] = request_key_of_record(&record->head,
								 true);
	list->pieces[list->len++] = (struct record_piece){
		.index = index,
		.at = record->at,
		.records = 1,
		.source = source,
	};
	list->ends_in_items = record->head.is_item;
}

/* Returns true if the record is a further item of the last page. The items of a
 * page are written together, so these records have the same index. */
static bool is_next_item(const struct record_list *list,
			 const struct record *record, uint32_t source)
{
	const struct record_piece *last;

	if (!list->ends_in_items || !record->head.is_item)
		return false;
	last = &list->pieces[list->len - 1];
	return last->source == source && last->index == record->head.index;
}

int record_list_read(struct record_list *list, struct record_reader *r,
		     uint32_t source)
{
	struct record record;
	int result;

	if (!list->len)
		list->in_order = true;
	list->ends_in_items = false;
	while ((result = record_reader_next(r, &record)) > 0) {
		if (!r->goes_on && signals_caught())
			return EINTR;
		if (record.kind == KIND_FOREIGN ||
		    (record.head.is_item && !list->has_items))
			return EILSEQ;
		if (record.kind != KIND_RECORD)
			list->is_damaged = true;
		else if (is_next_item(list, &record, source))
			list->pieces[list->len - 1].records++;
		else
			add_piece(list, &record, source);
	}
	return result < 0 ? errno : 0;
}

static int by_index(const void *a, const void *b)
{
	const struct record_piece *x = a, *y = b;

	return (x->index > y->index) - (x->index < y->index);
}

void record_list_sort(struct record_list *list)
{
	qsort(list->pieces, list->len, sizeof(*list->pieces), by_index);
}

void record_list_release(struct record_list *list)
{
	free(list->pieces);
	free(list->keys);
	*list = (struct record_list){0};
}
