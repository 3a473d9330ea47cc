/*
 * Finds the number in a text such as "$ 1,234.50", whichever country's format
 * it has.
 *
 * The first number counts: it begins with the first digit of the text, or with
 * a "." or "," before that digit ("$.50", ",89 EUR", but not "No.5").
 *
 *  - Sign: "-", "+" or U+2212 right before the number or before its currency
 *    sign ("-$5"); not after a letter or a digit, where it is a hyphen
 *    ("ISBN-13"). Parentheses have no meaning: "(5)" is 5.
 *  - Thousands separator: a space (also a non-breaking one), an apostrophe, ","
 *    or ".", always the same, between one to three digits and groups of exactly
 *    three (with "," also of two: 12,34,567). "." needs two such groups, or a
 *    "," after them, which a dash may follow in place of the cents ("1.299,-"):
 *    otherwise a single "." is the decimal mark. A single "," before exactly
 *    three digits is a thousands separator, unless the number begins with 0 or
 *    has more than three digits before it: 1,234 but 0,125.
 *  - Decimal mark: the "." or "," after that; not if the same character follows
 *    again ("1,2,3" is 1, as is "1.2.3").
 *  - Exponent: 1e5, if no letter follows.
 *
 * The number ends where the text no longer fits; units and percent signs are
 * ignored. A number too large for a double (1e400) is rejected. Digits are kept
 * as written, however many. The locale has no influence.
 */
#ifndef PARSE_VALUES_NUMBER_H
#define PARSE_VALUES_NUMBER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends the number in JSON. whole: accepts only numbers without a fraction
 * (".00" counts as none) and writes them without ".00" and exponent. Returns
 * false if the text contains no such number. */
bool number_read(struct buf *out, struct slice text, bool whole);

#endif
