/*
 * Loads the lines of a list into the hub, while the loop runs. The hub
 * recognises a line that it has by its index. So a list that was loaded in part
 * can be loaded again, by another run or after a restart of the hub's server.
 */
#ifndef CMD_FLEET_WORKER_LOADER_H
#define CMD_FLEET_WORKER_LOADER_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/input/input.h"
#include "fetch/config.h"
#include "fleet/hub.h"
#include "pool/loop.h"

struct loader;

/* Opens the list. All arguments are borrowed, but *list is copied. on_added()
 * is called when lines were added to the hub. */
struct loader *loader_open(struct loop *loop, struct hub *hub,
			   const struct input_config *list,
			   const struct fetch_config *fetch,
			   void (*on_added)(void *ctx), void *ctx);

/* Called when a reply of the hub says that the list is not loaded. If this
 * loader has loaded it before, the server has restarted and lost it: the list
 * is read and loaded again. */
void loader_note_unloaded(struct loader *l);

/* Closes the list. Lines that were not sent by then are not loaded. NULL is
 * fine. */
void loader_close(struct loader *l);

/* Returns true if the hub knows that the whole list is loaded, or if it cannot
 * be loaded because the hub has failed (which the worker reports). */
bool loader_is_done(const struct loader *l);

/* Return the number of lines read; and true if some lines could not be read or
 * loaded. */
uint64_t loader_lines(const struct loader *l);
bool loader_has_failed(const struct loader *l);

#endif
