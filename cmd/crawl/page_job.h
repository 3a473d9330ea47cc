/* The job of a page of a crawl: its request, and its record. */
#ifndef CMD_CRAWL_PAGE_JOB_H
#define CMD_CRAWL_PAGE_JOB_H

#include "base/buf.h"
#include "base/job/job.h"
#include "crawl/frontier.h"

/* Makes the job of a page. owner_data points to the page, which the caller
 * still owns. */
struct job *page_job_new(struct frontier_page *page);

/* Appends a comma and a member with a string or, if text is NULL, null. */
void page_job_add_text(struct buf *out, const char *name, const char *text);

/* Appends the members level, via, role (NULL if there is none), lastmod,
 * duplicate_of and the member of --recrawl to each line of a page's record.
 * duplicate_of is added only if the page was compared with other pages. */
void page_job_extend_record(struct buf *record,
			    const struct frontier_page *page,
			    const char *role);

#endif
