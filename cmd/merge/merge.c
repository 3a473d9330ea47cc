/*
 * The command merge: reads the places of all records, then writes the records
 * one by one in the order of their indexes.
 *
 * The index of a list's record is that of its line, so an index without a
 * record is a request that has none, and an index with two records is a
 * mistake. The machines of a crawl count their pages independently: these get
 * new indexes, and a page is known by its URL.
 *
 * Signals keep their default actions: the parts are not changed.
 */
#include "cmd/merge/merge.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/digest_set.h"
#include "base/exit_code.h"
#include "base/json/compact.h"
#include "base/log.h"
#include "cmd/merge/parts.h"
#include "cmd/options/options.h"
#include "cmd/output/output.h"

enum { MAX_NAMED = 100 };	/* maximum number of messages about missing
				 * indexes, and also about double indexes */

struct merge {
	struct parts parts;
	struct loop *loop;
	struct output *output;
	struct buf record;
	struct digest_set urls;	/* URLs of a crawl; number: index of the
				 * entry */
	uint64_t written;	/* number of lines written */
	uint64_t next;		/* lowest index that was not seen yet; in a
				 * crawl, the next one to be given */
	uint64_t missing;	/* number of indexes without a record */
	uint64_t gaps;		/* number of runs of such indexes */
	uint64_t doubles;	/* number of records that are left out */
};

/* Writes m->record with another index. */
static void put(struct merge *m, struct slice old_index, uint64_t index)
{
	const struct slice text = slice_of(&m->record);
	struct buf line = {0};

	buf_add(&line, text.p, (size_t)(old_index.p - text.p));
	json_add_int(&line, (int64_t)index);
	old_index.p += old_index.len;
	buf_add(&line, old_index.p, (size_t)(text.p + text.len - old_index.p));
	buf_addch(&line, '\n');
	while (output_full(m->output) && !output_error(m->output))
		loop_step(m->loop, MSEC_NEVER);
	output_put(m->output, m->written++, &line);
}

/* Names the indexes before `end` that no record has. */
static void note_missing(struct merge *m, uint64_t end)
{
	const uint64_t first = m->next, count = end - first;

	if (!count)
		return;
	m->missing += count;
	if (m->gaps++ >= MAX_NAMED)
		return;
	if (count == 1)
		log_warn("no record has the index %" PRIu64, first);
	else
		log_warn("no record has the indexes %" PRIu64 " to %" PRIu64,
			 first, end - 1);
}

/* Names a record that is left out. */
static void note_double(struct merge *m, const struct entry *kept,
			const struct entry *e)
{
	if (m->doubles++ < MAX_NAMED)
		log_warn("the record with index %" PRIu64 " in %.200s is left "
			 "out: %.200s has %s %s", e->index,
			 parts_name(&m->parts, e),
			 kept->part == e->part ? "the same file"
					       : parts_name(&m->parts, kept),
			 m->parts.are_of_crawl ? "a record of" : "a record with",
			 m->parts.are_of_crawl ? "the same URL"
					       : "that index");
}

/* Returns true if both are records of the items of one request. */
static bool is_next_item(const struct entry *before, const struct entry *e)
{
	return before->part == e->part && before->index == e->index &&
	       before->is_item && e->is_item;
}

/* --- Records of a list ---------------------------------------------------- */

/* Writes the records with the same index, from `first` on. Returns the end of
 * these entries; NULL after an error. */
static const struct entry *put_index(struct merge *m,
				     const struct entry *first,
				     const struct entry *end)
{
	const struct entry *e = first;

	note_missing(m, first->index);
	m->next = first->index + 1;
	for (; e < end && e->index == first->index; e++) {
		if (e != first && !is_next_item(first, e)) {
			note_double(m, first, e);
			continue;
		}
		if (parts_read_again(&m->parts, e, &m->record))
			return NULL;
		put(m, part_record_of(slice_of(&m->record)).index, e->index);
	}
	return e;
}

static int put_list(struct merge *m)
{
	const struct entry *e = m->parts.entries, *end = e + m->parts.len;

	while (e && e < end)
		e = put_index(m, e, end);
	return e ? 0 : -1;
}

/* --- Records of a crawl --------------------------------------------------- */

/* Writes the record of a page; or, if another page has the same URL, leaves it
 * out. */
static int put_page(struct merge *m, const struct entry *e, bool is_item)
{
	unsigned long number = (unsigned long)(e - m->parts.entries);
	struct part_record r;

	if (parts_read_again(&m->parts, e, &m->record))
		return -1;
	r = part_record_of(slice_of(&m->record));
	if (!is_item && digest_set_add(&m->urls, r.url, &number)) {
		note_double(m, &m->parts.entries[number], e);
		return 0;
	}
	if (!is_item)
		m->next++;
	put(m, r.index, m->next - 1);
	return 0;
}

static int put_crawl(struct merge *m)
{
	const struct entry *e = m->parts.entries;
	uint64_t doubles;
	bool leaves_out = false;

	for (size_t i = 0; i < m->parts.len; i++) {
		const bool is_item = i && is_next_item(&e[i - 1], &e[i]);

		/* The other items of a page share its fate. */
		if (is_item && leaves_out)
			continue;
		doubles = m->doubles;
		if (put_page(m, &e[i], is_item))
			return -1;
		leaves_out = m->doubles > doubles;
	}
	return 0;
}

/* --- The command ---------------------------------------------------------- */

static int open_output(struct merge *m, const struct options *o)
{
	m->loop = loop_open(LOOP_EPOLL);
	if (!m->loop) {
		log_fatal("the event loop cannot be created: %s",
			  strerror(errno));
		return -1;
	}
	m->output = output_open(m->loop, &(struct output_config){
		.path = o->output,
		.via_new_file = o->output != NULL,
	});
	return m->output ? 0 : -1;
}

static void report(const struct merge *m)
{
	if (m->gaps)
		log_warn("indexes without a record: %" PRIu64, m->missing);
	if (m->doubles)
		log_warn("records left out because of another one: %" PRIu64,
			 m->doubles);
	if (m->parts.others > 1)
		log_warn("lines that are no records: %" PRIu64,
			 m->parts.others);
}

static int run_merge(struct merge *m, const struct options *o)
{
	int result;

	if (parts_read(&m->parts, &o->sources) || open_output(m, o))
		return EXIT_NOT_COMPLETED;
	if (!m->parts.len)
		result = 0;
	else
		result = m->parts.are_of_crawl ? put_crawl(m) : put_list(m);
	if (!result)
		output_mark_good(m->output);
	if (output_close(m->output) || result)
		return EXIT_NOT_COMPLETED;
	report(m);
	if (m->parts.others)
		return EXIT_NOT_COMPLETED;
	return m->missing || m->doubles ? EXIT_SOME_FAILED : 0;
}

int merge_command(struct options *options)
{
	struct merge m = {.written = 0};
	const int code = run_merge(&m, options);

	if (m.loop)
		loop_close(m.loop);
	parts_release(&m.parts);
	digest_set_release(&m.urls);
	buf_release(&m.record);
	return code;
}
