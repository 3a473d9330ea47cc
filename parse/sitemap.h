/*
 * Reads the body of a response as a sitemap, whatever type it is declared as.
 *
 * The body is decoded and read as a stream (crawl/sitemap/sitemap.h): first the
 * content codings of the response, then gzip files, which are recognised by
 * their first bytes. So only the body as received and the entries are in
 * memory.
 */
#ifndef PARSE_SITEMAP_H
#define PARSE_SITEMAP_H

#include "base/job/job.h"

/* Maximum number of gzip files inside of each other that are unpacked. */
enum { SITEMAP_GZIP_MAX = 2 };

/*
 * Appends the entries, with URLs resolved against the final URL, to the list
 * (crawl/sitemap/sitemap_list.h). An entry whose URL cannot be resolved is left
 * out. If the document can be read only in part, fails the job, and keeps the
 * entries that were read. Sets job->bytes. Bodies of error responses and
 * redirects are not read.
 */
void sitemap_read(struct job *job, struct buf *list);

#endif
