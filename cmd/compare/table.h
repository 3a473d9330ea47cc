/* A comparison as text for a terminal of 100 columns. */
#ifndef CMD_COMPARE_TABLE_H
#define CMD_COMPARE_TABLE_H

#include <jansson.h>

#include "base/buf.h"

/* Of the JSON of cmd/compare/compare.h. */
void compare_table(struct buf *to, const json_t *comparison);

#endif
