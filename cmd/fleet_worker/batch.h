/* Results of one host that are submitted to the hub together. A zeroed batch is
 * empty. */
#ifndef CMD_FLEET_WORKER_BATCH_H
#define CMD_FLEET_WORKER_BATCH_H

#include <stdbool.h>

#include "base/clock.h"
#include "fleet/hub.h"

struct batch {
	uint64_t *done;		/* ids of finished URLs */
	size_t n_done, max_done;
	struct slice *rows;	/* one row for each page; texts owned */
	size_t n_rows, max_rows;
	struct hub_link *links, *others;	/* links to this host, and to
						 * other hosts; texts owned */
	size_t n_links, max_links, n_others, max_others;
	size_t bytes;
	msec since;		/* time of the first result; 0: the batch is
				 * empty */
};

bool batch_is_empty(const struct batch *b);

/* Add a finished URL; a row, whose bytes are moved out of the buffer; and a
 * link, to the host of the batch or to another one, whose texts are copied.
 * now: current time. */
void batch_add_done(struct batch *b, uint64_t id, msec now);
void batch_add_row(struct batch *b, struct buf *row, msec now);
void batch_add_link(struct batch *b, const struct hub_link *link, bool is_other,
		    msec now);

/* Frees the contents and leaves an empty batch. */
void batch_release(struct batch *b);

#endif
