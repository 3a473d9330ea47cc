/* Text that a spreadsheet would take for a formula and calculate, which may send
 * what is in other cells away: "=HYPERLINK(...)". */
#ifndef CMD_OUTPUT_FORMULA_H
#define CMD_OUTPUT_FORMULA_H

#include <stdbool.h>

#include "base/slice.h"

/* Begins with = + - @, one of their full-width forms, a tab or a line end, also
 * behind spaces, and is no number. */
bool formula_is(struct slice text);

#endif
