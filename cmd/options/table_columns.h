/* Checks the columns of the output before anything is fetched. options_columns()
 * (cmd/options/options.h) makes them. */
#ifndef CMD_OPTIONS_TABLE_COLUMNS_H
#define CMD_OPTIONS_TABLE_COLUMNS_H

#include "cmd/options/command_line.h"

/* Fails if an option for tables has no effect on the format, or if there can be
 * no such table. Returns 0, or -1 after logging the reason. */
int table_columns_check(const struct command_line *line);

#endif
