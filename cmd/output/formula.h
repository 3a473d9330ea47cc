/* Recognises text that a spreadsheet would run as a formula; a formula from a
 * hostile page can send the contents of other cells to a server:
 * "=HYPERLINK(...)". */
#ifndef CMD_OUTPUT_FORMULA_H
#define CMD_OUTPUT_FORMULA_H

#include <stdbool.h>

#include "base/slice.h"

/* Returns true if the text, after any spaces, begins with = + - @, one of their
 * full-width forms, a tab or a line end, and is not a number. */
bool formula_is(struct slice text);

#endif
