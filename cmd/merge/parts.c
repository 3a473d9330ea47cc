#include "cmd/merge/parts.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/json/compact.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/table/record_line.h"

struct part_record part_record_of(struct slice text)
{
	struct part_record r = {.is_item = false};
	struct slice name, value;
	size_t at = 0;

	while (json_next(text, &at, &name, &value)) {
		if (slice_is(name, "index"))
			r.index = value;
		else if (slice_is(name, "url"))
			r.url = value;
		else if (slice_is(name, "item"))
			r.is_item = true;
		else if (slice_is(name, "level"))
			r.is_of_crawl = true;
	}
	return r;
}

/* Reads an index. Returns false if the text is not an integer of at most 18
 * digits. */
static bool read_index(struct slice text, uint64_t *index)
{
	*index = 0;
	if (!text.len || text.len > 18)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!ascii_is_digit(text.p[i]))
			return false;
		*index = *index * 10 + (uint64_t)(text.p[i] - '0');
	}
	return true;
}

static int fail(const struct source *s, const char *why)
{
	log_fatal("reading %.200s: %s", source_name(s), why);
	return -1;
}

/* Adds the record of a line. Returns 0; or -1 after an error. */
static int add_record(struct parts *p, const struct source *s,
		      struct slice text, struct slice line)
{
	const struct part_record r = part_record_of(text);
	struct entry e = {
		.at = source_place(s, line),
		.len = (uint32_t)line.len,
		.part = (uint32_t)(s - p->sources) & INT32_MAX,
		.is_item = r.is_item,
	};

	if (!read_index(r.index, &e.index)) {
		record_line_report(s, "it has no index", &p->others);
		return 0;
	}
	if (!p->len)
		p->are_of_crawl = r.is_of_crawl;
	if (p->are_of_crawl != r.is_of_crawl)
		return fail(s, "records of a list and of a crawl cannot be "
			    "merged");
	p->entries = xgrow(p->entries, p->len, 1, sizeof(e));
	p->entries[p->len++] = e;
	return 0;
}

/* Reads the lines that are in the buffer of the source. */
static int read_lines(struct parts *p, struct source *s, struct buf *record)
{
	struct slice line;
	int result = 0;

	while (!result && record_line_next(s, &line, record, &p->others))
		result = add_record(p, s, slice_of(record), line);
	return result;
}

static int read_part(struct parts *p, struct source *s)
{
	struct buf record = {0};
	int result = 0;

	if (source_open(s))
		return source_fail(s);
	if (s->is_pipe)
		return fail(s, "each part is read twice, so it must be a "
			    "regular file");
	while (!result && !s->ended)
		result = source_fill(s) ? source_fail(s)
					: read_lines(p, s, &record);
	buf_release(&record);
	buf_release(&s->bytes);
	return result;
}

static int by_index(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

int parts_read(struct parts *p, const struct strings *paths)
{
	int result = 0;

	p->sources = xcalloc(paths->len, sizeof(*p->sources));
	for (; p->sources_len < paths->len; p->sources_len++)
		p->sources[p->sources_len] = (struct source){
			.path = paths->items[p->sources_len], .fd = -1};
	for (size_t i = 0; !result && i < p->sources_len; i++)
		result = read_part(p, &p->sources[i]);
	if (p->len)
		qsort(p->entries, p->len, sizeof(*p->entries), by_index);
	return result;
}

int parts_read_again(struct parts *p, const struct entry *e, struct buf *text)
{
	struct source *s = &p->sources[e->part];
	uint64_t index;
	const char *why;

	if (source_read_again(s, e->at, e->len, &p->line) &&
	    record_line_read(s, slice_of(&p->line), text, &why) ==
		    LINE_RECORD &&
	    read_index(part_record_of(slice_of(text)).index, &index) &&
	    index == e->index)
		return 0;
	log_fatal("%.200s has changed while it was read", source_name(s));
	return -1;
}

const char *parts_name(const struct parts *p, const struct entry *e)
{
	return source_name(&p->sources[e->part]);
}

void parts_release(struct parts *p)
{
	for (size_t i = 0; i < p->sources_len; i++)
		source_close(&p->sources[i]);
	free(p->sources);
	free(p->entries);
	buf_release(&p->line);
	*p = (struct parts){0};
}
