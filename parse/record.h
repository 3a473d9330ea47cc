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
	struct buf links;	/* a JSON array; filled only with --links */
	struct buf crawl;	/* list of links (crawl/link_list.h); filled
				 * only for a crawl */
	struct page_text text;	/* filled only for a crawl */
	bool is_json;
	bool is_stream;		/* the body was a sequence of JSON values: json
				 * is an array of them */
	struct slice json;	/* JSON text without white space, borrowed from
				 * body or json_buf */
	struct buf json_buf;
	bool json_is_utf8;	/* the strings of `json` are valid UTF-8 */
	bool has_meta;
	struct buf meta;	/* JSON object of --meta */
	bool has_article;
	struct buf article;	/* JSON object of --article */
	bool has_markdown;
	struct buf markdown;	/* text of --markdown */
	bool is_broken;		/* XML that is not well-formed */
	bool has_data;
	struct extracted extracted;
	bool is_text;		/* the body is clean UTF-8 (otherwise it is
				 * written as base64) */
	struct buf body;	/* the body, decoded */
};

/* Usual number of bytes of a record without the contents of its page. */
enum { RECORD_USUAL_HEAD = 640 };

void page_release(struct page *page);

/* Writes job->record, and sets job->json, from the job and its page. */
void record_write(struct job *job, const struct page *page,
		  const struct parse_config *config);

/*
 * Two functions that write a record in two steps, for workers that are not
 * trusted. In the worker, record_write_part() writes the page's part to
 * job->record: the members that follow the record's head (with --items, the
 * head of each line), without the headers.
 *
 * In the main process, record_join() writes job->record and job->json from the
 * job and such a part, which may be hostile: each member has to be present, in
 * order, with a value of its type that is JSON on one line. Returns -1 and
 * leaves the record empty if record_write_part() cannot have written the part.
 */
void record_write_part(struct job *job, const struct page *page,
		       const struct parse_config *config);
int record_join(struct job *job, const struct buf *part,
		const struct parse_config *config);

/* Write the parts of a record that do not come from the page, for
 * record_join(). The members of an item are in the order in which a table of
 * items has its columns (cmd/output/shape.c). */
void record_add_head(struct buf *out, const struct job *job,
		     const struct parse_config *config);
void record_add_item_head(struct buf *out, const struct job *job, size_t item);
void record_add_headers(struct buf *out, const struct job *job);

/* Returns true if the job's page may have items. Error pages have none, even if
 * something in them looks like an item. */
bool record_may_have_items(const struct job *job,
			   const struct parse_config *config);

#endif
