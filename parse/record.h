/* The output line of a job: the fields of the contract, in its order. With
 * --items, a line for each item of its page. */
#ifndef PARSE_RECORD_H
#define PARSE_RECORD_H

#include "base/job.h"
#include "parse/extractor.h"
#include "parse/parse.h"

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

void page_release(struct page *page);

/* Writes job->record from the job and its page. */
void record_write(struct job *job, const struct page *page,
		  const struct parse_config *config);

#endif
