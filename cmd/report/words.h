/* Words and numbers, as a report has them. */
#ifndef CMD_REPORT_WORDS_H
#define CMD_REPORT_WORDS_H

#include <jansson.h>

#include "base/buf.h"

enum unit { UNIT_COUNT, UNIT_SECONDS, UNIT_BYTES, UNIT_RATE, UNIT_TIMES };

/* Appends text, escaped for HTML and XML, in quotes too. Control characters
 * become U+FFFD, and so do those that turn the direction of text. */
void report_text(struct buf *out, const char *text);

/* Appends a number with its unit: "1,234", "12.5 ms", "3.2 MB", "12/s",
 * "3.1\u00d7"; a dash when it is none. */
void report_value(struct buf *out, enum unit unit, double value);

/* A number of an object; NaN when there is none. NULL is fine. */
double report_number(const json_t *object, const char *key);

#endif
