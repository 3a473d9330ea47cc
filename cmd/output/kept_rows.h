/*
 * With --upsert a record of a failed request replaces no row: its url keeps the
 * rows that it has.
 */
#ifndef CMD_OUTPUT_KEPT_ROWS_H
#define CMD_OUTPUT_KEPT_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* Returns true if a record line says that it is not ok. Items do not say so:
 * only good pages have them. */
bool kept_rows_failed(struct slice line);

/* Tells the user how many rows were kept, if any. */
void kept_rows_log(uint64_t count);

#endif
