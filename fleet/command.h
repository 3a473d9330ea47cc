/* A command for the server, in the protocol of Redis: a list of byte strings.
 * Zero is an empty list. */
#ifndef FLEET_COMMAND_H
#define FLEET_COMMAND_H

#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/slice.h"

struct command {
	struct buf arguments;
	unsigned count;
};

void command_add(struct command *c, struct slice argument);
void command_add_text(struct command *c, const char *argument);
void command_add_int(struct command *c, int64_t argument);

/* Adds a duration as whole milliseconds, rounded up. */
void command_add_time(struct command *c, msec duration);

/* Appends the bytes to be sent: the arguments of head, then those of tail. */
void command_write(struct buf *to, const struct command *head,
		   const struct command *tail);

void command_release(struct command *c);

#endif
