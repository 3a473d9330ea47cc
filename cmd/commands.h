/* The commands of this program. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/options/command.h"

/* The table ends with a NULL name; its first row is the command that runs when
 * no command is named. */
extern const struct command commands[];

#endif
