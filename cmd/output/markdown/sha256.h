/* SHA-256 as text. */
#ifndef CMD_OUTPUT_MARKDOWN_SHA256_H
#define CMD_OUTPUT_MARKDOWN_SHA256_H

#include "base/slice.h"

enum { SHA256_DIGITS = 64 };

/* Writes the digest in hexadecimal, with a NUL after it. */
void sha256_text(char digits[SHA256_DIGITS + 1], struct slice bytes);

#endif
