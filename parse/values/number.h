/*
 * The number in a text such as "$ 1,234.50", whichever country wrote it.
 *
 * It is the first one: it begins with the first digit of the text, or with the
 * "." or "," in front of it ("$.50", ",89 EUR", but not "No.5").
 *
 *  - Sign: "-", "+" or U+2212 right before it, or before its currency sign
 *    ("-$5"); not after a letter or a digit, where it joins ("ISBN-13").
 *    Parentheses mean nothing: "(5)" is 5.
 *  - Thousands: a space (also the ones that do not break), an apostrophe, ","
 *    or ".", always the same, between one to three digits and groups of exactly
 *    three ("," also of two: 12,34,567). "." needs two such groups, or a ","
 *    behind them, which a dash may follow in place of the cents ("1.299,-"): a single "." is the decimal mark. A single "," with exactly
 *    three digits behind is not, unless the number begins with 0 or has more
 *    than three digits before it: 1,234 but 0,125.
 *  - Decimal mark: the "." or "," after that; not if the same comes again
 *    ("1,2,3" is 1, as is "1.2.3").
 *  - Exponent: 1e5, when nothing else is attached.
 *
 * Where the text no longer fits, the number ends; units and percent signs are
 * left alone. One that no double can hold (1e400) is none. Its digits are kept
 * as they are, however many. No locale has a say.
 */
#ifndef PARSE_VALUES_NUMBER_H
#define PARSE_VALUES_NUMBER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends the number in JSON; whole: only one without a fraction, which is
 * written without its ".00" and exponent then. False: there is none. */
bool number_read(struct buf *out, struct slice text, bool whole);

#endif
