/* Writes a comparison as a text table for a terminal of 80 columns. */
#ifndef CMD_COMPARE_TABLE_H
#define CMD_COMPARE_TABLE_H

#include <jansson.h>

#include "base/buf.h"

/* Appends the table of a comparison, given as the JSON that
 * cmd/compare/compare.h describes. */
void compare_table(struct buf *to, const json_t *comparison);

#endif
