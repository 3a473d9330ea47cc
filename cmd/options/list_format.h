/* --input-format and --column: lists of requests that are tables. */
#ifndef CMD_OPTIONS_LIST_FORMAT_H
#define CMD_OPTIONS_LIST_FORMAT_H

#include "cmd/options/command_line.h"

/* Checks the options, and the first row of each table that is a file. Sets
 * o.input_columns if all are known. Returns 0; or -1 after logging the
 * reason. */
int list_format_check(struct command_line *line);

#endif
