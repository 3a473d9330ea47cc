/* Writes the output line of a job: the documented fields, in their documented
 * order. With --items, one line for each item of the page. */
#ifndef PARSE_RECORD_H
#define PARSE_RECORD_H

#include "base/job/job.h"
#include "parse/config.h"
#include "parse/extract/extractor.h"

/* Results of reading a body. Zero is empty. Strings are clean UTF-8. */
struct page {
	bool is_html;
	bool has_title;
	struct buf title;
	size_t links_count;
	struct buf links;	/* a JSON array; only with --links */
	struct buf crawl;	/* crawl/link_list.h; only for a crawl */
	struct page_text text;	/* only for a crawl */
	bool is_json;
	bool is_stream;		/* the body was several values: json is an array
				 * of them */
	struct buf json;	/* JSON text without white space */
	bool has_meta;
	struct buf meta;	/* JSON */
	bool is_broken;		/* XML that is not well-formed */
	bool has_data;
	struct extracted extracted;
	bool is_text;		/* body is clean UTF-8 (else it is written as
				 * base64) */
	struct buf body;	/* decoded */
};

/* Usual bytes of a record besides its page's contents. */
enum { RECORD_USUAL_HEAD = 640 };

void page_release(struct page *page);

/* Writes job->record, and job->json, from the job and its page. */
void record_write(struct job *job, const struct page *page,
		  const struct parse_config *config);

/*
 * The same in two halves, for workers that are not trusted. The worker writes
 * the page's part to job->record: what follows the record's head (with items,
 * the head of each line), without the headers.
 *
 * record_join() writes both from the job and such a part, which may be
 * hostile: each member has to be present, in order, with a value of its type
 * that is JSON on one line. Returns -1 and leaves the record empty if
 * record_write_part() cannot have written the part.
 */
void record_write_part(struct job *job, const struct page *page,
		       const struct parse_config *config);
int record_join(struct job *job, const struct buf *part,
		const struct parse_config *config);

/* Parts of a record that do not come from the page; for record_join(). The
 * members of an item are in the order of the columns of a table of items
 * (cmd/output/shape.c). */
void record_add_head(struct buf *out, const struct job *job,
		     const struct parse_config *config);
void record_add_item_head(struct buf *out, const struct job *job, size_t item);
void record_add_headers(struct buf *out, const struct job *job);

/* Returns false for error pages: what looks like an item there is not one. */
bool record_may_have_items(const struct job *job,
			   const struct parse_config *config);

#endif
