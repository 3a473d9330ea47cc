/* The output line of a job: the fields of the contract, in its order. With
 * --items, a line for each item of its page. */
#ifndef PARSE_RECORD_H
#define PARSE_RECORD_H

#include "base/job/job.h"
#include "parse/config.h"
#include "parse/extract/extractor.h"

/* What was found in the body. Zero: nothing. Strings are clean UTF-8. */
struct page {
	bool is_html;
	bool has_title;
	struct buf title;
	size_t links_count;
	struct buf links;	/* a JSON array, when asked for */
	bool is_json;
	bool is_stream;		/* it was several values: an array of them */
	struct buf json;	/* JSON text without white space */
	bool has_meta;
	struct buf meta;	/* JSON */
	bool is_broken;		/* XML that is not well-formed */
	bool has_data;
	struct extracted extracted;
	bool is_text;		/* body is clean UTF-8 text (else base64) */
	struct buf body;	/* decoded */
};

/* What a record takes besides the page's own. */
enum { RECORD_USUAL_HEAD = 640 };

void page_release(struct page *page);

/* Writes job->record from the job and its page. */
void record_write(struct job *job, const struct page *page,
		  const struct parse_config *config);

/*
 * The same in two halves, for workers that are not trusted. The worker writes
 * the part that is of the page, in place of job->record: what stands behind the
 * record's head (for items, of each line), but for the headers.
 *
 * record_join() writes job->record from the job and such a part, which may be
 * anything: each member has to be there, in its order, with a value of its
 * type that is JSON on one line. Returns -1 and leaves the record empty if the
 * part is not what record_write_part() can have written.
 */
void record_write_part(struct job *job, const struct page *page,
		       const struct parse_config *config);
int record_join(struct job *job, const struct buf *part,
		const struct parse_config *config);

/* For record_join(): what is not the page's. The members of an item stand in
 * the order of the columns of a table of items (cmd/output/columns.c). */
void record_add_head(struct buf *out, const struct job *job);
void record_add_item_head(struct buf *out, const struct job *job, size_t item);
void record_add_headers(struct buf *out, const struct job *job);

/* What stands on an error page may look like an item, and is none. */
bool record_may_have_items(const struct job *job,
			   const struct parse_config *config);

#endif
