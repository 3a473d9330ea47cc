/*
 * Foreign text made safe to show. What a server or a file wrote may hold bytes
 * that a terminal takes for orders (control characters, also those of C1 in
 * UTF-8 or as single bytes) or that change the order in which a line reads
 * (Unicode's bidirectional controls). Every line on standard error passes
 * through here.
 */
#ifndef BASE_PRINTABLE_H
#define BASE_PRINTABLE_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Appends s with '?' for each of these: C0 and C1 control characters (line
 * ends and tabs among them), DEL, bidirectional controls, the separators
 * U+2028 and U+2029, invisible tag characters, and bytes that are not UTF-8.
 * The result is valid UTF-8.
 */
void printable_add(struct buf *out, const char *s, size_t len);

/* The same in place. The text does not get longer. */
void printable_make(struct buf *text);

#endif
