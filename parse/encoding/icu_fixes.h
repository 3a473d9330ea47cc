/*
 * Corrections to ICU's converters, so that they read what browsers read.
 */
#ifndef PARSE_ENCODING_ICU_FIXES_H
#define PARSE_ENCODING_ICU_FIXES_H

#include <stddef.h>
#include <stdint.h>

/* U+FFFD, the replacement for bytes that encode no character. */
#define ICU_FIX_NONE 0xfffd

/* Corrects the code points to which ICU maps the bytes 0x80 to 0xff of a
 * single-byte encoding. */
void icu_fix_high_bytes(const char *encoding, uint16_t high[128]);

/* Writes the 1 or 2 code units that ICU's converter should have produced
 * instead of unit; returns their number. Called for U+001A, U+001C, U+007F to
 * U+009F and the private use area only. */
typedef size_t icu_fix_unit(uint16_t unit, uint16_t to[2]);

/* Returns the function that corrects the code units of an encoding; NULL if
 * none is needed. */
icu_fix_unit *icu_fix_for_units(const char *encoding);

/* Returns the character of a byte sequence that ICU's converter cannot decode;
 * 0 if the standard cannot decode it either. */
uint16_t icu_fix_bytes(const char *encoding, const char *bytes, size_t len);

#endif
