/*
 * The stage that stores the exchange of a hop in the archive, between the
 * transfer and the verdict on the hop. So an exchange is stored before the
 * record of its request is made, and a redirect before the next hop.
 */
#ifndef CMD_ENGINE_ARCHIVE_H
#define CMD_ENGINE_ARCHIVE_H

#include "cmd/engine/config.h"
#include "pool/loop.h"
#include "pool/stage.h"

/* Opens the stage: threads, or the loop itself in a mode that makes one request
 * at a time. config has an archive and is borrowed. Returns NULL, with a
 * message logged, on failure. */
struct stage *archive_stage_open(struct loop *loop,
				 const struct engine_config *config);

#endif
