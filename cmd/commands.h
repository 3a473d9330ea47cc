/* The commands of this program. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/options/command.h"

/* Ended by a NULL name; the first is the one without a name. */
extern const struct command commands[];

#endif
