/* Writes texts and numbers for a report. */
#ifndef CMD_REPORT_WORDS_H
#define CMD_REPORT_WORDS_H

#include <jansson.h>

#include "base/buf.h"

enum unit { UNIT_COUNT, UNIT_SECONDS, UNIT_BYTES, UNIT_RATE, UNIT_TIMES };

/* Appends text, escaped for HTML and XML, also for attribute values in quotes.
 * Control characters and characters that change the direction of text become
 * U+FFFD. */
void report_text(struct buf *out, const char *text);

/* Appends a number with its unit: "1,234", "12.5 ms", "3.2 MB", "12/s",
 * "3.1\u00d7"; a dash if it is not finite or above 1e18. */
void report_value(struct buf *out, enum unit unit, double value);

/* Returns the member of an object as a number; NaN if there is none. object may
 * be NULL. */
double report_number(const json_t *object, const char *key);

#endif
