/*
 * Makes untrusted text safe to display. Text from a server or a file may
 * contain bytes that a terminal interprets as commands (control characters,
 * including C1 in UTF-8 or as single bytes), or that change the reading order
 * of a line (Unicode's bidirectional controls). Every line on standard error
 * passes through here.
 */
#ifndef BASE_PRINTABLE_H
#define BASE_PRINTABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * Appends s with '?' in place of each of these: C0 and C1 control characters
 * (including line ends and tabs), DEL, bidirectional controls, the separators
 * U+2028 and U+2029, invisible tag characters, and invalid UTF-8. The result is
 * valid UTF-8.
 */
void printable_add(struct buf *out, const char *s, size_t len);

/* Makes the contents of a buffer printable in place, as printable_add() does.
 * The text does not get longer. */
void printable_make(struct buf *text);

/* Returns the number of bytes of valid UTF-8 before the first character that
 * printable_add() would replace. */
size_t printable_safe_length(const char *s, size_t len);

/* Reads the unsafe character at which printable_safe_length() has ended.
 * Returns its length; for invalid UTF-8, *c becomes U+FFFD. */
size_t printable_unsafe(const char *s, size_t len, uint32_t *c);

#endif
