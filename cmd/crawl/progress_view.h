/* Fills the progress line of a crawl. */
#ifndef CMD_CRAWL_PROGRESS_VIEW_H
#define CMD_CRAWL_PROGRESS_VIEW_H

#include "cmd/crawl/run.h"

/* Makes the progress line, if it is shown, that of the crawl. */
void progress_view_begin(struct crawl *c);

#endif
