/*
 * Loads the seeds of a crawl into the hub, while the loop runs. Every machine
 * has the seeds (cmd/fleet_worker/seeds.h), and the hub takes each once, so any
 * machine can load them, and load them again after a restart of the hub's
 * server.
 */
#ifndef CMD_FLEET_WORKER_SEED_LOADER_H
#define CMD_FLEET_WORKER_SEED_LOADER_H

#include <stdbool.h>

#include "cmd/fleet_worker/crawler.h"
#include "fleet/hub.h"
#include "pool/loop.h"

struct seed_loader;

/* All arguments are borrowed. is_loaded: the hub has all seeds. on_added() is
 * called when the hub has been told that all seeds are loaded. */
struct seed_loader *seed_loader_open(struct loop *loop, struct hub *hub,
				     struct crawler *crawler, bool is_loaded,
				     void (*on_added)(void *ctx), void *ctx);
void seed_loader_close(struct seed_loader *l);	/* NULL is fine */

/* Called when a reply of the hub says that the seeds are not loaded: loads
 * them, unless this is in progress. */
void seed_loader_note_unloaded(struct seed_loader *l);

#endif
