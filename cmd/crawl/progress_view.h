/* What the progress line shows of a crawl. */
#ifndef CMD_CRAWL_PROGRESS_VIEW_H
#define CMD_CRAWL_PROGRESS_VIEW_H

#include "cmd/crawl/run.h"

/* Makes the progress line that of the crawl, if there is one. */
void progress_view_begin(struct crawl *c);

#endif
