/*
 * The part of a worker that only crawls need: sends the links of pages to the
 * hub.
 *
 * A page is identified by the key of its URL (crawl/url_key.h). Redirects are
 * not followed in place, because the hub may know the target already: the
 * redirect gets a record, and its target is added as another page.
 */
#ifndef CMD_FLEET_WORKER_CRAWLER_H
#define CMD_FLEET_WORKER_CRAWLER_H

#include <stdbool.h>

#include "base/job/job.h"
#include "cmd/fleet_worker/worker.h"
#include "cmd/options/options.h"

struct crawler;

/* Sets up the scope. o is borrowed. packed: the packed options of the job, with
 * its seeds; copied. */
struct crawler *crawler_open(const struct options *o, struct slice packed);
void crawler_close(struct crawler *c);	/* NULL is fine */

/* read_page(), write_page() and free_page() of struct worker_config. */
void *crawler_read_page(void *ctx, struct slice text, struct job *job);
void crawler_write_page(const void *page, struct buf *out);
void crawler_free_page(void *page);

/* Adds the seeds to the hub, each with a call of hub_load(), whose reply goes
 * to on_reply(). Returns the number of calls. */
size_t crawler_load(struct crawler *c, struct hub *hub, hub_fn *on_reply,
		    void *ctx);

/* Completes the record of a page and sends the page's links to the hub. Returns
 * false if the page gets no record, because robots.txt forbids it and it is not
 * a seed. */
bool crawler_take(struct crawler *c, struct worker *w, struct job *job);

/* Sends the target of a redirect to the hub, as another page. The job fails if
 * its redirects form a loop. */
void crawler_redirect(struct crawler *c, struct worker *w, struct job *job,
		      const struct url *to);

/* Forgets which links were sent, so that they are sent again: some of them may
 * not have reached the hub. */
void crawler_forget(struct crawler *c);

#endif
