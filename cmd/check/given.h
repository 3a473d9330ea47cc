/* The sources of a check: lists of requests, saved records, and sitemaps. */
#ifndef CMD_CHECK_GIVEN_H
#define CMD_CHECK_GIVEN_H

#include <stdbool.h>

#include "base/job/job.h"
#include "cmd/input/lines.h"

/* Makes a job from the next line, a callback for struct input_reader whose ctx
 * is the options. A line may be a request, as in a list, or a saved record,
 * which becomes the record of the job. */
struct job *given_next(void *ctx, struct lines *lines, const char *source);

/* Returns true if the source is the URL of a sitemap: all URLs are, or its name
 * says so. */
bool given_is_sitemap(const char *source, bool all);

#endif
