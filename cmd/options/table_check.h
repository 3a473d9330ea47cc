/* Options of formats with columns: which formats they are for, and whether the
 * columns are possible. */
#ifndef CMD_OPTIONS_TABLE_CHECK_H
#define CMD_OPTIONS_TABLE_CHECK_H

#include "cmd/options/command_line.h"

/* Returns 0; or -1 after an error message. Called when all options have been
 * read. */
int table_check(const struct command_line *line);

#endif
