/*
 * Helpers for --upsert, with which the record of a failed request does not
 * replace rows: the rows of its url stay.
 */
#ifndef CMD_OUTPUT_KEPT_ROWS_H
#define CMD_OUTPUT_KEPT_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* Returns true if a record line says that the request has failed. Items never
 * say so, because only successful pages have items. */
bool kept_rows_failed(struct slice line);

/* Logs how many rows were kept, if any. */
void kept_rows_log(uint64_t count);

#endif
